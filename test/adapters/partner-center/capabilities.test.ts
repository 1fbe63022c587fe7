import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { partnerCenter } from "../../../src/adapters/partner-center/partner-center.ts";
import type { Json, Spec } from "../../../src/model/values/json.ts";
import { kebabCase } from "../../../src/model/values/kebab-case.ts";
import { covers } from "../../../src/model/values/pointer.ts";
import { context, create, folder } from "../changes.ts";

const supports = (capabilities: Spec = {}) =>
  partnerCenter(
    { tenant: "t", clientId: "c", secrets: { clientSecret: "s" }, capabilities },
    { root: folder() },
  ).supports;

test("worldwide, subscriptions are read, and no setting lets them be written", async () => {
  const all = { verbs: ["create", "update", "upgrade", "remove"], writable: ["/quantity"] };
  const given = {
    cloud: "global",
    tenant: "t",
    clientId: "c",
    secrets: { clientSecret: "s" },
    capabilities: { Subscription: all },
  };
  const adapter = partnerCenter(given, { root: folder() });
  expect(adapter.supports.Subscription).toMatchObject({
    verbs: [],
    writable: [],
    repeatable: [],
    readable: [""],
  });
  const order = create(
    "Subscription/fabrikam/office",
    { offer: "E3", quantity: 1 },
    "Customer/fabrikam",
  );
  await expect(adapter.write(order, context("r"))).rejects.toMatchObject({ problem: "rejected" });
  expect(adapter.spent?.()).toEqual({ reads: 0, writes: 0 });
  await adapter.close();
});

/**
 * What the documentation of Partner Center operated by 21Vianet lets a program do. Lag is in
 * seconds.
 */
const documented = [
  // No id, no create, no delete; all four are replaced by PUT, each time.
  { kind: "PartnerProfile", verbs: ["update"], repeatable: [], lag: undefined },
  // Graph: made, changed, deleted softly. A second deletion finds nobody, which is what was wanted.
  { kind: "User", verbs: ["create", "update", "remove"], repeatable: ["remove"], lag: 10 },
  // Created once, never deleted in production; POST /customers alone is documented to happen once
  // per request id.
  { kind: "Customer", verbs: ["create", "update"], repeatable: ["create"], lag: undefined },
  // Ordered, never deleted but suspended; an order is in the list after up to 15 minutes.
  {
    kind: "Subscription",
    verbs: ["create", "update", "upgrade", "remove"],
    repeatable: ["remove"],
    lag: 900,
  },
  { kind: "Offer", verbs: [], repeatable: [], lag: undefined },
] as const;

const rw = { read: true, write: true };
const ro = { read: true, write: false };
const address = [
  "region",
  "city",
  "state",
  "addressLine1",
  "addressLine2",
  "postalCode",
  "firstName",
  "middleName",
  "lastName",
  "phoneNumber",
];
const contact = ["firstName", "lastName", "email", "phoneNumber"];
const under = (place: string, fields: readonly string[]) =>
  fields.map((field) => `${place}/${field}`);

/** Field by field, whether it can be read and whether it can be written. */
const fields: readonly (readonly [string, typeof rw, readonly string[]])[] = [
  // Microsoft's own module has no parameter for the company's name, nor for the country of the
  // billing profile.
  [
    "PartnerProfile",
    ro,
    ["/legalBusiness/companyName", "/billing/companyName", "/billing/address/country"],
  ],
  ["PartnerProfile", rw, under("/legalBusiness/address", ["country", ...address])],
  ["PartnerProfile", rw, under("/legalBusiness/companyApproverAddress", ["country", ...address])],
  ["PartnerProfile", rw, under("/legalBusiness/primaryContact", contact)],
  ["PartnerProfile", rw, ["/legalBusiness/companyApproverEmail"]],
  ["PartnerProfile", rw, under("/billing/address", address)],
  ["PartnerProfile", rw, under("/billing/primaryContact", contact)],
  ["PartnerProfile", rw, ["/billing/purchaseOrderNumber", "/billing/taxId"]],
  ["PartnerProfile", rw, under("/organization", ["companyName", "email", "language", "culture"])],
  ["PartnerProfile", rw, under("/organization/address", ["country", ...address])],
  ["PartnerProfile", rw, under("/support", ["email", "telephone", "website"])],
  [
    "User",
    rw,
    under("", [
      "userPrincipalName",
      "displayName",
      "givenName",
      "surname",
      "accountEnabled",
      "usageLocation",
    ]),
  ],
  ["User", rw, under("/recovery", ["alternateEmail", "mobilePhone"])],
  ["User", rw, under("/roles", ["agent", "administrator"])],
  [
    "Customer",
    rw,
    [
      "/domain",
      ...under("/billing", [
        "companyName",
        "culture",
        "language",
        "email",
        "firstName",
        "lastName",
      ]),
    ],
  ],
  ["Customer", rw, under("/billing/address", ["country", ...address])],
  [
    "Subscription",
    rw,
    under("", ["customer", "offer", "quantity", "billingCycle", "friendlyName", "status"]),
  ],
  ["Subscription", rw, under("", ["partnerIdOnRecord", "addOnOf"])],
  // The adapter is never asked for these: the plan makes a change of status or quantity of them.
  [
    "Subscription",
    rw,
    under("/renewal", ["mode", "quantity", "term", "billingCycle", "product", "promotion"]),
  ],
  [
    "Offer",
    ro,
    under("", ["name", "quantity", "billingCycles", "prerequisites", "upgradeTargets"]),
  ],
];

test.each(documented)(
  "$kind can do what is documented, and nothing else",
  ({ kind, verbs, repeatable, lag }) => {
    expect(supports()[kind]).toMatchObject({
      verbs,
      repeatable,
      ...(lag !== undefined && { lag }),
    });
    expect(supports()[kind]?.lag).toBe(lag);
  },
);

test("there is no API for featured offers, nor any other kind", () => {
  expect(Object.keys(supports()).sort()).toEqual(documented.map(({ kind }) => kind).sort());
});

test.each(
  fields.flatMap(([kind, can, pointers]) =>
    pointers.map((pointer) => [kind, pointer, can] as const),
  ),
)("%s %s: %o", (kind, pointer, { read, write }) => {
  const { readable = [], writable = [] } = supports()[kind] ?? {};
  expect({ read: covers(readable, pointer), write: covers(writable, pointer) }).toEqual({
    read,
    write,
  });
});

test.each(documented.filter(({ verbs }) => verbs.length > 0))(
  "every field there is of a $kind has its row",
  ({ kind }) => {
    const rows = fields.flatMap(([name, , pointers]) => (name === kind ? pointers : []));
    const schema = JSON.parse(
      readFileSync(
        join(import.meta.dirname, `../../../schemas/${kebabCase(kind)}.schema.json`),
        "utf8",
      ),
    );
    // These two are no fields of the account: one is refused with an explanation, the other is for
    // the planner.
    const declared = leaves(schema, schema.properties.spec, "").filter(
      (one) => !["/password", "/allowDuplicate"].includes(one),
    );
    expect([...rows].sort()).toEqual([...new Set(declared)].sort());
  },
);

test.each(["PartnerProfile", "User", "Customer", "Subscription", "Offer"])(
  "each capability of %s is a flag of its own in the settings",
  (kind) => {
    const before = supports()[kind];
    expect(supports({ [kind]: false })[kind]).toBeUndefined();
    for (const [flag, value] of Object.entries({
      verbs: ["update"],
      readable: ["/a"],
      writable: ["/b"],
      repeatable: ["create"],
      lag: 7,
    }))
      expect(supports({ [kind]: { [flag]: value } })).toEqual({
        ...supports(),
        [kind]: { ...before, [flag]: value },
      });
  },
);

/** The fields of a schema that hold no others. */
function leaves(schema: Spec, at: Json | undefined, pointer: string): readonly string[] {
  const { $ref, properties } = Object(at) as { readonly $ref?: string; readonly properties?: Spec };
  if ($ref !== undefined) return leaves(schema, resolved(schema, $ref), pointer);
  if (properties === undefined) return [pointer];
  return Object.entries(properties).flatMap(([name, inner]) =>
    leaves(schema, inner, `${pointer}/${name}`),
  );
}

function resolved(schema: Spec, ref: string): Json | undefined {
  return ref
    .slice(2)
    .split("/")
    .reduce((found: Json | undefined, name) => (found as Spec)[name], schema);
}
