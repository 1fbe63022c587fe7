import { describe, expect, test } from "vitest";
import { explain } from "../../src/kinds/explain.ts";
import type { FieldHelp } from "../../src/kinds/field-help.ts";
import { kinds } from "../../src/kinds/index.ts";

function explained(path?: string): FieldHelp {
  const found = explain(path);
  if (!found.ok) throw new Error(found.diagnostics.map(({ message }) => message).join("; "));
  return found.value;
}

test("without a path all kinds are listed", () => {
  expect(explained().children.map(({ path }) => path)).toEqual(kinds.map(({ name }) => name));
});

test("a kind has its document's description and its spec's fields", () => {
  const found = explained("subscription");
  expect(found).toMatchObject({
    path: "Subscription",
    type: "object",
    description: expect.stringContaining("A subscription of a customer"),
  });
  expect(found.children.map(({ path }) => path)).toContain("Subscription.quantity");
});

test.each(["User", "Customer", "Subscription"])(
  "%s lists what stands beside its spec: metadata, state and reason",
  (kind) => {
    const paths = explained(kind).children.map(({ path }) => path);
    expect(paths.slice(-3)).toEqual([`${kind}.metadata`, `${kind}.state`, `${kind}.reason`]);
    expect(new Set(paths).size).toBe(paths.length);
    expect(explained(`${kind}.metadata`).children.map(({ path }) => path)).toContain(
      `${kind}.metadata.name`,
    );
  },
);

test.each<readonly [string, object]>([
  [
    "Subscription.billingCycle",
    {
      type: "monthly | annual | none",
      default: "monthly",
      enum: ["monthly", "annual", "none"],
      fixed: true,
      personal: false,
      required: false,
    },
  ],
  [
    "Subscription.quantity",
    { type: "integer", fixed: false, limits: { minimum: 1, maximum: 10000000 } },
  ],
  ["User.userPrincipalName", { type: "string", personal: true, fixed: true }],
  [
    "User.recovery",
    {
      type: "object",
      personal: true,
      description: expect.stringContaining("Can't access your account?"),
    },
  ],
  ["User.recovery.mobilePhone", { type: "string", personal: true }],
  [
    "User.roles.agent",
    { type: "none | admin | sales | helpdesk | list of admin | sales | helpdesk", default: "none" },
  ],
  ["User.password", { type: "never", refused: expect.stringContaining("credential sink") }],
  [
    "CatalogCustomization.featuredOffers",
    { type: "list of string", required: true, limits: { maxItems: 5, uniqueItems: true } },
  ],
  [
    "PartnerProfile.billing.address",
    { type: "object", description: expect.stringContaining("address on invoices"), fixed: false },
  ],
  ["PartnerProfile.billing.address.country", { type: "string", fixed: true }],
  ["PartnerProfile.legalBusiness.primaryContact.email", { personal: true }],
  ["PartnerProfile.support.telephone", { personal: true }],
  ["Customer.billing.address.city", { personal: true }],
  ["Customer.billing.address.country", { personal: false }],
  ["User.metadata.previously", { personal: true }],
  ["Customer.metadata", { type: "object", required: true }],
  ["Customer.metadata.name", { type: "string", required: true, fixed: false }],
  ["Customer.state", { type: "present | absent", default: "present" }],
  ["Customer.spec.domain", { path: "Customer.domain", fixed: true }],
  ["Offer.quantity.maximum", { type: "integer", required: true }],
])("%s", (path, expected) => {
  expect(explained(path)).toMatchObject({ path, ...expected });
});

test("an option whose default another one decides has all of them, and one that only the adapter in use needs is required", () => {
  const schema = {
    properties: { country: { "x-default-by": { cloud: { china: "CN" } } } },
    $defs: { complete: { required: ["country"] } },
  };
  const found = explain("toy.country", [{ name: "toy", schema, fixed: [], personal: [] }]);
  expect(found).toMatchObject({
    ok: true,
    value: { defaultBy: { "cloud: china": "CN" }, required: true },
  });
});

describe("what there is not", () => {
  test.each<readonly [string, string, string]>([
    ["Subscriptions", "There is no kind Subscriptions.", "Did you mean `Subscription`?"],
    ["User.recovry", "User has no field recovry.", "Did you mean `recovery`?"],
    ["Machine", "There is no kind Machine.", "Kinds are PartnerProfile, User"],
    ["User.recovery.fax", "User.recovery has no field fax.", "It has alternateEmail, mobilePhone"],
    [
      "User.displayName.first",
      "User.displayName has no field first.",
      "User.displayName has no fields.",
    ],
    ["User.constructor", "User has no field constructor.", "It has userPrincipalName"],
  ])("%s", (path, message, hint) => {
    expect(explain(path)).toMatchObject({
      ok: false,
      diagnostics: [{ code: "explain/unknown", message, hint: expect.stringContaining(hint) }],
    });
  });
});

test("every field is explained, down to the last", () => {
  const walk = (field: FieldHelp): readonly FieldHelp[] => [field, ...field.children.flatMap(walk)];
  for (const kind of kinds)
    for (const field of walk(explained(kind.name)))
      expect([field.path, field.description !== "" && field.type !== "anything"]).toEqual([
        field.path,
        true,
      ]);
});
