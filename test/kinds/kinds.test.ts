import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { catalogCustomization } from "../../src/kinds/catalog-customization.ts";
import { catalogue } from "../../src/kinds/prices/catalogue.ts";
import { customer } from "../../src/kinds/customer.ts";
import { kinds } from "../../src/kinds/index.ts";
import { offer } from "../../src/kinds/offer.ts";
import { partnerProfile } from "../../src/kinds/partner-profile.ts";
import { equal, isSpec, type Json, type Spec } from "../../src/model/values/json.ts";
import type { Change } from "../../src/model/plan/plan.ts";
import { leaves, valueAt, withValue } from "../../src/model/values/pointer.ts";
import { codes, creates, type Live, offer as made, resource, updates, worldOf } from "./account.ts";

const upn = "li@contoso.partner.onmschina.cn";
const none = () => undefined;
const admin: Spec = { userPrincipalName: upn, roles: { administrator: "global" } };
const contact = (email: string): Spec => ({ legalBusiness: { primaryContact: { email } } });

describe("the partner's profile", () => {
  const moved = updates("PartnerProfile", contact("old@contoso.cn"), contact(upn));
  const grant = updates(
    "User/li",
    { userPrincipalName: upn },
    { roles: { administrator: "global" } },
  );
  test.each<readonly [string, Live, readonly Change[], readonly string[]]>([
    ["the new contact is a global admin", { "User/li": admin }, [moved], []],
    [
      "the new contact becomes one in the plan",
      { "User/li": { userPrincipalName: upn } },
      [moved, grant],
      [],
    ],
    [
      "the new contact is a user without the role",
      { "User/li": { userPrincipalName: upn } },
      [moved],
      ["profile/primary-contact"],
    ],
    [
      "the new contact is nobody",
      { "User/x": { ...admin, userPrincipalName: "x@contoso.cn" } },
      [moved],
      ["profile/primary-contact"],
    ],
    [
      "the new contact's account is disabled",
      { "User/li": { ...admin, accountEnabled: false } },
      [moved],
      ["profile/primary-contact"],
    ],
    ["no user can be read", {}, [moved], []],
    [
      "another field changes",
      { "User/x": { userPrincipalName: "x@contoso.cn" } },
      [updates("PartnerProfile", contact("old@contoso.cn"), { support: { email: "a@b.cn" } })],
      [],
    ],
    [
      "only the contact's telephone changes",
      { "User/x": { userPrincipalName: "x@contoso.cn" } },
      [
        updates("PartnerProfile", contact("old@contoso.cn"), {
          legalBusiness: { primaryContact: { phoneNumber: "1" } },
        }),
      ],
      [],
    ],
  ])("%s", (_, live, changes, expected) => {
    expect(codes(partnerProfile.checks(changes[0] as Change, worldOf(live, changes)))).toEqual(
      expected,
    );
  });
});

test.each<readonly [string, Spec, readonly string[]]>([
  ["a province", { billing: { address: { country: "CN", state: "SH" }, culture: "zh-CN" } }, []],
  ["no such province", { billing: { address: { country: "CN", state: "XX" } } }, ["address/state"]],
  ["an empty province", { billing: { address: { country: "CN", state: "" } } }, ["address/state"]],
  [
    "no such culture",
    { billing: { address: { country: "CN" }, culture: "de-DE" } },
    ["address/culture"],
  ],
  [
    "another country's state is its own affair",
    { billing: { address: { country: "US", state: "XX" }, culture: "de-DE" } },
    [],
  ],
  ["nothing written", {}, []],
])("a customer's address: %s", (_, spec, expected) => {
  const own = resource("Customer/fabrikam", spec);
  expect(codes(customer.rules([own] as never, none))).toEqual(expected);
  for (const one of customer.rules([own] as never, none))
    expect(one).toMatchObject({
      severity: "warning",
      address: "Customer/fabrikam",
      at: { file: expect.stringContaining("/spec/billing/") },
    });
});

test("a profile's addresses are judged in every section", () => {
  const bad = { country: "CN", state: "XX" };
  const spec = {
    legalBusiness: { address: bad, companyApproverAddress: bad },
    billing: { address: bad },
    organization: { address: bad, culture: "fr-FR" },
  };
  expect(codes(partnerProfile.rules([resource("PartnerProfile", spec)] as never, none))).toEqual([
    "address/state",
    "address/state",
    "address/state",
    "address/state",
    "address/culture",
  ]);
});

const billing = {
  companyName: "Fabrikam",
  email: "a@b.cn",
  culture: "zh-CN",
  language: "zh-CHS",
  address: { country: "CN", state: "BJ", city: "Beijing", addressLine1: "1", postalCode: "100080" },
};

test.each<readonly [string, Change, readonly string[]]>([
  ["a new customer with all it needs", creates("Customer/a", { domain: "a.cn", billing }), []],
  [
    "a new customer with a domain alone",
    creates("Customer/a", { domain: "a.cn" }),
    ["customer/incomplete"],
  ],
  [
    "a new customer without a city",
    creates("Customer/a", {
      domain: "a.cn",
      billing: { ...billing, address: { ...billing.address, city: "" } },
    }),
    ["customer/incomplete"],
  ],
  [
    "an existing customer may be declared in part",
    updates("Customer/a", { domain: "a.cn" }, { billing: { email: "b@b.cn" } }),
    [],
  ],
])("%s", (_, change, expected) => {
  expect(codes(customer.checks(change, worldOf({}, [change])))).toEqual(expected);
});

test("an incomplete customer is told everything it lacks at once", () => {
  const change = creates("Customer/a", {
    domain: "a.cn",
    billing: { ...billing, email: "", culture: undefined } as unknown as Spec,
  });
  expect(customer.checks(change, worldOf({}, [change]))).toMatchObject([
    {
      message: "A new customer needs spec.billing.email, spec.billing.culture as well.",
      address: "Customer/a",
    },
  ]);
});

test("creating a customer cannot be undone", () => {
  expect(customer.impact(creates("Customer/a", {}), { asOf: "" })).toEqual({ reversible: "no" });
  expect(customer.impact(updates("Customer/a", {}, {}), { asOf: "" })).toEqual({
    reversible: "yes",
  });
});

describe("featured offers", () => {
  const offers = {
    A: made("A"),
    B: made("B"),
    OLD: made("Old", { purchasable: false }),
    ADD: made("Add", { addOn: true }),
  };
  const book = catalogue(
    Object.entries(offers).map(([id, spec]) => ({ kind: "Offer", id, key: id, spec })),
  );
  const feature = (from: readonly string[], to: readonly string[]) =>
    updates("CatalogCustomization", { featuredOffers: from }, { featuredOffers: to });
  test.each<readonly [string, Change, readonly string[]]>([
    ["offers that can be bought", feature([], ["A", "B"]), []],
    ["an offer the catalogue lacks", feature([], ["A", "GONE"]), ["catalog/offer-unknown"]],
    ["a retired offer", feature([], ["OLD"]), ["catalog/offer-not-purchasable"]],
    ["an add-on", feature([], ["ADD"]), ["catalog/add-on"]],
    [
      "what is featured already is left alone",
      feature(["OLD", "GONE", "ADD"], ["A", "GONE", "ADD", "OLD"]),
      [],
    ],
    [
      "each is judged",
      feature([], ["GONE", "OLD", "ADD"]),
      ["catalog/offer-unknown", "catalog/offer-not-purchasable", "catalog/add-on"],
    ],
  ])("%s", (_, change, expected) => {
    expect(
      codes(catalogCustomization.checks(change, worldOf({}, [change], { catalogue: book }))),
    ).toEqual(expected);
  });

  test("are not judged without a catalogue", () => {
    const change = feature([], ["GONE"]);
    expect(catalogCustomization.checks(change, worldOf({}, [change]))).toEqual([]);
  });

  test("are put in place manually, in order", () => {
    const steps = (catalogCustomization.steps?.(feature(["OLD"], ["B", "A"])) ?? []).map(String);
    expect(steps.filter((step) => step.startsWith("Put"))).toEqual([
      "Put the offer B in place 1.",
      "Put the offer A in place 2.",
    ]);
    expect(steps[1]).toContain("Account settings > Catalog");
    expect(steps.at(-1)).toContain("it then has 2 of at most 5");
  });

  test("keep their order, and are spelled in capitals", () => {
    const [one, two] = [
      "b8d08acd-ed44-5010-a6b7-da497673b432",
      "263b49d6-dfe8-5ad6-9209-437024d393ed",
    ];
    expect(catalogCustomization.normalize({ featuredOffers: [one ?? "", two ?? ""] })).toEqual({
      featuredOffers: [one?.toUpperCase(), two?.toUpperCase()],
    });
  });
});

test.each<readonly [string, (typeof kinds)[number], Spec, Spec]>([
  [
    "a customer's domain",
    customer as never,
    { domain: "Fabrikam.Partner.onmschina.CN" },
    { domain: "fabrikam.partner.onmschina.cn" },
  ],
  [
    "a culture",
    customer as never,
    { billing: { culture: "ZH-cn" } },
    { billing: { culture: "zh-CN" } },
  ],
  [
    "a culture with a script",
    customer as never,
    { billing: { culture: "zh-Hans-cn" } },
    { billing: { culture: "zh-Hans-CN" } },
  ],
  [
    "country and province",
    partnerProfile as never,
    { legalBusiness: { address: { country: "cn", state: "sh" } } },
    { legalBusiness: { address: { country: "CN", state: "SH" } } },
  ],
  [
    "the organization's culture",
    partnerProfile as never,
    { organization: { culture: "en-us" } },
    { organization: { culture: "en-US" } },
  ],
])("one spelling: %s", (_, kind, spec, expected) => {
  expect(kind.normalize(spec)).toEqual(expected);
});

test("kinds come in the order people are shown them", () => {
  expect(kinds.map(({ name }) => name)).toEqual([
    "PartnerProfile",
    "User",
    "CatalogCustomization",
    "Customer",
    "Subscription",
    "Offer",
  ]);
  expect(kinds.filter(({ singleton }) => singleton).map(({ name }) => name)).toEqual([
    "PartnerProfile",
    "CatalogCustomization",
  ]);
  expect(kinds.filter(({ declared }) => !declared)).toEqual([offer]);
});

test("an offer is only looked at", () => {
  const change = updates("Offer/A", {}, {});
  expect([
    offer.verbs,
    offer.rules([], none),
    offer.checks(change, worldOf({}, [])),
    offer.key({}, "5fa4f213"),
  ]).toEqual([[], [], [], "5FA4F213"]);
});

/**
 * A spec for a kind: its schema's examples, each field kept or not, its letters' case changed at
 * will.
 */
function specs(kind: (typeof kinds)[number]): fc.Arbitrary<Spec> {
  const examples = (kind.schema.examples as Spec[])
    .map((one) => (kind.declared ? one.spec : one))
    .filter(isSpec);
  const fields = examples.flatMap((one) => [...leaves(one)]);
  const letters: fc.Arbitrary<(text: string) => string> = fc.constantFrom(
    (text) => text,
    (text) => text.toLowerCase(),
    (text) => text.toUpperCase(),
  );
  const spelled = (value: Json, spell: (text: string) => string): Json =>
    typeof value === "string" ? spell(value) : value;
  return fc
    .array(fc.tuple(fc.constantFrom(...fields), letters))
    .map((chosen) =>
      chosen.reduce(
        (spec: Spec, [[pointer, value], spell]) => withValue(spec, pointer, spelled(value, spell)),
        {},
      ),
    );
}

describe.each(kinds.map((kind) => [kind.name, kind] as const))(
  "%s, whatever is written",
  (_, kind) => {
    test("normalizing twice is normalizing once, and adds no field", () => {
      fc.assert(
        fc.property(specs(kind), (spec) => {
          const once = kind.normalize(spec) as Spec;
          expect(kind.normalize(once)).toEqual(once);
          for (const [pointer] of leaves(once)) expect(valueAt(spec, pointer)).toBeDefined();
          expect([...leaves(once)]).toHaveLength([...leaves(spec)].length);
        }),
      );
    });

    test("the key does not depend on the spelling", () => {
      fc.assert(
        fc.property(specs(kind), fc.string(), (spec, name) => {
          expect(kind.key(kind.normalize(spec), name)).toBe(kind.key(spec, name));
        }),
      );
    });

    test("completing keeps what was written", () => {
      fc.assert(
        fc.property(specs(kind), (spec) => {
          const normal = kind.normalize(spec) as Spec;
          const complete = kind.complete(normal, "name") as Spec;
          for (const [pointer, value] of leaves(normal))
            expect(equal(valueAt(complete, pointer), value) || isSpec(value)).toBe(true);
          expect(kind.normalize(complete)).toEqual(complete);
        }),
      );
    });
  },
);
