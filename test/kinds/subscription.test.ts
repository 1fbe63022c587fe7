import { describe, expect, test } from "vitest";
import { catalogue } from "../../src/kinds/prices/catalogue.ts";
import { parsePriceList } from "../../src/kinds/prices/price-list.ts";
import { subscription } from "../../src/kinds/subscription.ts";
import type { Spec } from "../../src/model/values/json.ts";
import type { Change } from "../../src/model/plan/plan.ts";
import {
  codes,
  creates,
  finder,
  type Live,
  offer,
  removes,
  resource,
  updates,
  upgrades,
  worldOf,
} from "./account.ts";

const offers: Readonly<Record<string, Spec>> = {
  E1: offer("Office E1", { upgradesTo: ["E3"] }),
  E3: offer("Office E3", { quantity: { minimum: 5, maximum: 1000 } }),
  BUSINESS: offer("Office Business", {
    limit: { unit: "concurrent", count: 1 },
    upgradesTo: ["E3"],
  }),
  TWICE: offer("Twice", { limit: { unit: "lifetime", count: 2 } }),
  RETIRED: offer("Office K1", { purchasable: false }),
  ARCHIVE: offer("Archiving", { addOn: true, prerequisites: ["e3", "GONE"] }),
  TRIAL: offer("E3 Trial", {
    trial: true,
    billingCycles: ["none"],
    term: { unit: "month", count: 1 },
    quantity: { minimum: 25, maximum: 25 },
  }),
};
const prices = parsePriceList(
  "Offer ID,Price per month,Price per year,Currency\nE1,60,698.40,CNY\nE3,150,1746,CNY\nARCHIVE,10.50,,CNY\nBUSINESS,52,605.28,CNY\n",
  "prices.csv",
);
if (!prices.ok) throw new Error("the price list is broken");
const book = catalogue(
  Object.entries(offers).map(([id, spec]) => ({ kind: "Offer", id, key: id, spec })),
  prices.value,
);

const at = "Subscription/fabrikam/office";
const e3: Spec = {
  customer: "fabrikam",
  offer: "E3",
  quantity: 10,
  billingCycle: "monthly",
  status: "active",
  friendlyName: "office",
};
const e1: Spec = { ...e3, offer: "E1" };
const off = { status: "suspended" };
const addOn: Spec = {
  customer: "fabrikam",
  offer: "ARCHIVE",
  quantity: 10,
  addOnOf: "office",
  status: "active",
};
const addOnAt = "Subscription/fabrikam/archive";

function check(live: Live, change: Change, others: readonly Change[] = []): readonly string[] {
  return codes(
    subscription.checks(change, worldOf(live, [change, ...others], { catalogue: book })),
  );
}

describe("checks of orders, upgrades and new quantities", () => {
  test.each<readonly [string, Live, Change, readonly string[]]>([
    ["an order that is all right", {}, creates(at, e3), []],
    [
      "an offer the catalogue lacks",
      {},
      creates(at, { ...e3, offer: "GONE" }),
      ["subscription/offer-unknown"],
    ],
    ["an offer in other letters", {}, creates(at, { ...e3, offer: "e3" }), []],
    [
      "a retired offer",
      {},
      creates(at, { ...e3, offer: "RETIRED" }),
      ["subscription/offer-not-purchasable"],
    ],
    [
      "an offer of new commerce",
      {},
      creates(at, { ...e3, offer: "CFQ7TTC0LH18:0001" }),
      ["subscription/new-commerce"],
    ],
    [
      "no quantity",
      {},
      creates(at, { customer: "fabrikam", offer: "E3", billingCycle: "monthly" }),
      ["subscription/quantity-missing"],
    ],
    ["too few seats", {}, creates(at, { ...e3, quantity: 4 }), ["subscription/quantity-limit"]],
    ["the fewest seats", {}, creates(at, { ...e3, quantity: 5 }), []],
    ["the most seats", {}, creates(at, { ...e3, quantity: 1000 }), []],
    ["too many seats", {}, creates(at, { ...e3, quantity: 1001 }), ["subscription/quantity-limit"]],
    [
      "a trial billed by the month",
      {},
      creates(at, { ...e3, offer: "TRIAL", quantity: 25 }),
      ["subscription/billing-cycle"],
    ],
    [
      "a trial billed as trials are",
      {},
      creates(at, { ...e3, offer: "TRIAL", quantity: 25, billingCycle: "none" }),
      [],
    ],
    [
      "a second one beside the only one allowed",
      { "Subscription/fabrikam/first": { ...e3, offer: "BUSINESS" } },
      creates(at, { ...e3, offer: "BUSINESS" }),
      ["subscription/offer-limit"],
    ],
    [
      "a second one beside a suspended one",
      { "Subscription/fabrikam/first": { ...e3, offer: "BUSINESS", ...off } },
      creates(at, { ...e3, offer: "BUSINESS" }),
      ["subscription/offer-limit"],
    ],
    [
      "a second one beside one that no manifest claims",
      { "Subscription/fabrikam/?7": { ...e3, offer: "BUSINESS" } },
      creates(at, { ...e3, offer: "BUSINESS" }),
      ["subscription/offer-limit"],
    ],
    [
      "another customer's does not count",
      { "Subscription/litware/first": { ...e3, offer: "BUSINESS" } },
      creates(at, { ...e3, offer: "BUSINESS" }),
      [],
    ],
    [
      "two of two",
      { "Subscription/fabrikam/first": { ...e3, offer: "TWICE" } },
      creates(at, { ...e3, offer: "TWICE" }),
      [],
    ],
    ["an add-on on a base that fits", { [at]: e3 }, creates(addOnAt, addOn), []],
    [
      "an add-on without a base",
      {},
      creates(addOnAt, { ...addOn, addOnOf: undefined } as unknown as Spec),
      ["subscription/add-on-without-base"],
    ],
    [
      "a base offer as an add-on",
      { [at]: e3 },
      creates(addOnAt, { ...addOn, offer: "E1" }),
      ["subscription/not-an-add-on"],
    ],
    [
      "an add-on on a suspended base",
      { [at]: { ...e3, ...off } },
      creates(addOnAt, addOn),
      ["subscription/add-on-base-inactive"],
    ],
    [
      "a suspended add-on on a suspended base",
      { [at]: { ...e3, ...off } },
      creates(addOnAt, { ...addOn, ...off }),
      ["subscription/add-on-base-inactive"],
    ],
    [
      "an add-on on a base that does not fit",
      { [at]: e1 },
      creates(addOnAt, addOn),
      ["subscription/add-on-prerequisite"],
    ],
    [
      "an add-on billed another way",
      { [at]: e3 },
      creates(addOnAt, { ...addOn, billingCycle: "annual" }),
      ["subscription/add-on-billing-cycle"],
    ],
    [
      "an add-on billed as its base is",
      { [at]: e3 },
      creates(addOnAt, { ...addOn, billingCycle: "monthly" }),
      [],
    ],
    ["an upgrade", { [at]: e1 }, upgrades(at, e1, "E3"), []],
    [
      "an upgrade to a retired offer",
      { [at]: e1 },
      upgrades(at, e1, "RETIRED"),
      ["subscription/offer-not-purchasable"],
    ],
    [
      "an upgrade to an offer that takes more seats",
      { [at]: { ...e1, quantity: 2 } },
      upgrades(at, { ...e1, quantity: 2 }, "E3"),
      ["subscription/quantity-limit"],
    ],
    [
      "an upgrade of a suspended one",
      { [at]: { ...e1, ...off } },
      upgrades(at, { ...e1, ...off }, "E3"),
      ["subscription/upgrade-inactive"],
    ],
    [
      "an upgrade of one with an add-on",
      { [at]: e1, [addOnAt]: addOn },
      upgrades(at, e1, "E3"),
      ["subscription/upgrade-add-ons"],
    ],
    [
      "an upgrade of one with an add-on no manifest claims",
      { [at]: e1, "Subscription/fabrikam/?9": { ...addOn, addOnOf: `id of ${at}` } },
      upgrades(at, e1, "E3"),
      ["subscription/upgrade-add-ons"],
    ],
    [
      "a removal under an add-on that stays",
      { [at]: e3, [addOnAt]: addOn },
      removes(at, e3),
      ["subscription/add-on-left"],
    ],
    [
      "a removal under an add-on no manifest claims",
      { [at]: e3, "Subscription/fabrikam/?9": { ...addOn, addOnOf: `id of ${at}` } },
      removes(at, e3),
      ["subscription/add-on-left"],
    ],
    [
      "a removal under an add-on that is suspended",
      { [at]: e3, [addOnAt]: { ...addOn, ...off } },
      removes(at, e3),
      [],
    ],
    ["a removal of an add-on", { [at]: e3, [addOnAt]: addOn }, removes(addOnAt, addOn), []],
    [
      "a suspension under an add-on that stays",
      { [at]: e3, [addOnAt]: addOn },
      updates(at, e3, off),
      ["subscription/add-on-left"],
    ],
    [
      "a new name under an add-on of what is suspended already",
      { [at]: { ...e3, ...off }, [addOnAt]: addOn },
      updates(at, { ...e3, ...off }, { friendlyName: "suite" }),
      [],
    ],
    [
      "an upgrade beside one that is the only one allowed",
      { [at]: e1, "Subscription/fabrikam/?9": { ...e3, offer: "BUSINESS" } },
      upgrades(at, e1, "BUSINESS"),
      ["subscription/offer-limit"],
    ],
    ["more seats", { [at]: e3 }, updates(at, e3, { quantity: 20 }), []],
    [
      "more seats than the offer has",
      { [at]: e3 },
      updates(at, e3, { quantity: 2000 }),
      ["subscription/quantity-limit"],
    ],
    [
      "more seats of a retired offer",
      { [at]: { ...e3, offer: "RETIRED" } },
      updates(at, { ...e3, offer: "RETIRED" }, { quantity: 20 }),
      ["subscription/offer-not-purchasable"],
    ],
    [
      "more seats of an offer that is gone",
      { [at]: { ...e3, offer: "GONE" } },
      updates(at, { ...e3, offer: "GONE" }, { quantity: 20 }),
      ["subscription/offer-unknown"],
    ],
    [
      "fewer seats of a retired offer",
      { [at]: { ...e3, offer: "RETIRED" } },
      updates(at, { ...e3, offer: "RETIRED" }, { quantity: 2 }),
      [],
    ],
    [
      "fewer seats of an offer that is gone",
      { [at]: { ...e3, offer: "GONE" } },
      updates(at, { ...e3, offer: "GONE" }, { quantity: 2 }),
      [],
    ],
    [
      "fewer seats, still above the maximum",
      { [at]: { ...e3, quantity: 5000 } },
      updates(at, { ...e3, quantity: 5000 }, { quantity: 4000 }),
      [],
    ],
    [
      "fewer seats than the offer takes",
      { [at]: e3 },
      updates(at, e3, { quantity: 4 }),
      ["subscription/quantity-limit"],
    ],
    [
      "a new name of a retired offer",
      { [at]: { ...e3, offer: "RETIRED" } },
      updates(at, { ...e3, offer: "RETIRED" }, { friendlyName: "new" }),
      [],
    ],
    [
      "another quantity while suspended",
      { [at]: { ...e3, ...off } },
      updates(at, { ...e3, ...off }, { quantity: 20 }),
      ["subscription/quantity-frozen"],
    ],
    [
      "another quantity with the reactivation",
      { [at]: { ...e3, ...off } },
      updates(at, { ...e3, ...off }, { quantity: 20, status: "active" }),
      [],
    ],
    [
      "another quantity with the suspension",
      { [at]: e3 },
      updates(at, e3, { quantity: 9, status: "suspended" }),
      [],
    ],
    [
      "an add-on back on a suspended base",
      { [at]: { ...e3, ...off }, [addOnAt]: { ...addOn, ...off } },
      updates(addOnAt, { ...addOn, ...off }, { status: "active" }),
      ["subscription/add-on-base-inactive"],
    ],
    [
      "an add-on back on a base no manifest claims",
      { "Subscription/fabrikam/?7": { ...e3, ...off } },
      updates(addOnAt, { ...addOn, ...off, addOnOf: "7" }, { status: "active" }),
      ["subscription/add-on-base-inactive"],
    ],
    [
      "a removal is not judged",
      { [at]: { ...e3, offer: "RETIRED" } },
      removes(at, { ...e3, offer: "RETIRED" }),
      [],
    ],
  ])("%s", (_, live, change, expected) => {
    expect(check(live, change)).toEqual(expected);
  });

  test("two orders in one plan count against the limit together", () => {
    const [one, two] = ["one", "two"].map((name) =>
      creates(`Subscription/fabrikam/${name}`, { ...e3, offer: "BUSINESS" }),
    ) as [Change, Change];
    expect(check({}, one, [two])).toEqual(["subscription/offer-limit"]);
    expect(check({}, two, [one])).toEqual(["subscription/offer-limit"]);
  });

  test("a base that is ordered or reactivated in the same plan counts as active", () => {
    expect(check({}, creates(addOnAt, addOn), [creates(at, e3)])).toEqual([]);
    const back = updates(at, { ...e3, ...off }, { status: "active" });
    expect(check({ [at]: { ...e3, ...off } }, creates(addOnAt, addOn), [back])).toEqual([]);
  });

  test("a base that is suspended in the same plan does not", () => {
    expect(check({ [at]: e3 }, creates(addOnAt, addOn), [removes(at, e3)])).toEqual([
      "subscription/add-on-base-inactive",
    ]);
  });

  test("without a catalogue only what needs none is judged", () => {
    const change = creates(at, { customer: "fabrikam", offer: "GONE", quantity: 0 });
    expect(subscription.checks(change, worldOf({}, [change]))).toEqual([]);
  });

  test("every problem carries its address", () => {
    const change = creates(at, { ...e3, offer: "RETIRED", quantity: 1001 });
    expect(
      subscription
        .checks(change, worldOf({}, [change], { catalogue: book }))
        .map(({ address }) => address),
    ).toEqual([at, at]);
  });
});

describe("a changed offer", () => {
  const to = (spec: Spec) => subscription.replaces?.(e1 as never, spec as never, book);

  test("is an upgrade where the catalogue has a path", () => {
    expect(to({ offer: "E3" })).toBe("upgrade");
    expect(to({ offer: "e3", billingCycle: "monthly", customer: "fabrikam" })).toBe("upgrade");
  });

  test.each<readonly [string, Spec, object]>([
    [
      "no path: the targets are named",
      { offer: "BUSINESS" },
      {
        code: "subscription/no-upgrade",
        hint: "It can be upgraded to Office E3 (E3).",
        message: "There is no upgrade from Office E1 (E1) to Office Business (BUSINESS).",
      },
    ],
    [
      "a target that is gone",
      { offer: "GONE" },
      {
        code: "subscription/no-upgrade",
        message: expect.stringContaining("an offer the catalogue does not have (GONE)"),
      },
    ],
    [
      "another billing cycle besides",
      { offer: "E3", billingCycle: "annual" },
      {
        code: "subscription/fixed-field",
        message: "`spec.billingCycle` cannot change once it is ordered.",
        hint: expect.stringContaining("billingCycle: monthly"),
      },
    ],
    ["another customer", { customer: "litware" }, { code: "subscription/fixed-field" }],
    [
      "a base that was none",
      { addOnOf: "office" },
      { code: "subscription/fixed-field", hint: expect.stringContaining("It has no addOnOf") },
    ],
  ])("is refused: %s", (_, spec, expected) => {
    expect(to(spec)).toMatchObject({ severity: "error", ...expected });
  });

  test("is refused where the old offer goes nowhere", () => {
    expect(subscription.replaces?.(e3 as never, { offer: "E1" } as never, book)).toMatchObject({
      hint: expect.stringContaining("It can be upgraded to nothing"),
    });
  });

  test("is unknown without a catalogue", () => {
    expect(subscription.replaces?.(e1 as never, { offer: "E3" } as never, undefined)).toMatchObject(
      {
        code: "subscription/upgrade-unknown",
      },
    );
  });
});

describe("what a change means", () => {
  const money = (perMonth: string, committed: string) => ({
    money: { perMonth, committed, currency: "CNY" },
  });
  test.each<readonly [string, Change, object]>([
    [
      "an order by the month",
      creates(at, e3),
      { reversible: "no", seats: 10, ...money("1500.00", "18000.00") },
    ],
    [
      "an order by the year commits to the exact yearly price",
      creates(at, { ...e1, billingCycle: "annual", quantity: 7 }),
      { reversible: "no", seats: 7, ...money("407.40", "4888.80") },
    ],
    [
      "a month's share of a year is rounded once, on the whole",
      creates(at, { ...e1, offer: "BUSINESS", billingCycle: "annual", quantity: 1000 }),
      { reversible: "no", seats: 1000, ...money("50440.00", "605280.00") },
    ],
    [
      "an offer without a price",
      creates(at, { ...e3, offer: "TWICE" }),
      { reversible: "no", seats: 10 },
    ],
    [
      "an offer without a yearly price",
      creates(addOnAt, { ...addOn, billingCycle: "annual" }),
      { reversible: "no", seats: 10 },
    ],
    [
      "an add-on is priced by the month until its base says otherwise",
      creates(addOnAt, addOn),
      { reversible: "no", seats: 10, ...money("105.00", "1260.00") },
    ],
    [
      "more seats",
      updates(at, e3, { quantity: 25 }),
      { reversible: "yes", seats: 15, ...money("2250.00", "27000.00") },
    ],
    [
      "fewer seats",
      updates(at, e3, { quantity: 7 }),
      { reversible: "yes", seats: -3, ...money("-450.00", "-5400.00") },
    ],
    ["a name", updates(at, e3, { friendlyName: "new" }), { reversible: "yes" }],
    [
      "a suspension",
      updates(at, e3, off),
      {
        reversible: "until",
        until: "2027-01-21",
        destructive: true,
        seats: -10,
        ...money("-1500.00", "-18000.00"),
      },
    ],
    [
      "a removal",
      removes(at, e3),
      {
        reversible: "until",
        until: "2027-01-21",
        destructive: true,
        seats: -10,
        ...money("-1500.00", "-18000.00"),
      },
    ],
    [
      "a reactivation",
      updates(at, { ...e3, ...off }, { status: "active" }),
      { reversible: "yes", seats: 10, ...money("1500.00", "18000.00") },
    ],
    [
      "a suspended one's quantity",
      updates(at, { ...e3, ...off }, { quantity: 5 }),
      { reversible: "yes" },
    ],
    ["an upgrade", upgrades(at, e1, "E3"), { reversible: "no", ...money("900.00", "10800.00") }],
  ])("%s", (_, change, expected) => {
    const { item, ...impact } = subscription.impact(change, {
      catalogue: book,
      asOf: "2026-11-22",
    });
    expect(impact).toEqual(expected);
    expect(item).toBeDefined();
  });

  test("without a catalogue there is no money", () => {
    expect(subscription.impact(creates(at, e3), { asOf: "2026-11-22" })).toEqual({
      reversible: "no",
      seats: 10,
      item: { quantity: 10, offer: "E3" },
    });
  });

  test.each<readonly [string, Change, number, string]>([
    ["an order", creates(at, e3), 10, "E3"],
    ["more seats: those it has then", updates(at, e3, { quantity: 25 }), 25, "E3"],
    ["an upgrade: the offer it is then", upgrades(at, { ...e1, quantity: 10 }, "E3"), 10, "E3"],
    ["a removal: what is taken away", removes(at, e3), 10, "E3"],
  ])("it is about so many seats of an offer: %s", (_, change, quantity, offer) => {
    expect(subscription.impact(change, { asOf: "2026-11-22" }).item).toEqual({ quantity, offer });
  });
});

test("a base stops after its add-ons", () => {
  const live = { [at]: e3, [addOnAt]: addOn };
  for (const stop of [removes(addOnAt, addOn), updates(addOnAt, addOn, off)])
    expect(check(live, removes(at, e3), [stop])).toEqual([]);
});

describe("manifests alone", () => {
  test.each<readonly [string, Spec, Parameters<typeof resource>[2], readonly string[]]>([
    ["a base and its add-on", e3, {}, []],
    ["a base that is an add-on", { ...e3, addOnOf: "other" }, {}, ["subscription/add-on-nested"]],
    ["a base that is to be absent", e3, { state: "absent" }, ["subscription/add-on-left"]],
    ["a base that is to be suspended", { ...e3, ...off }, {}, ["subscription/add-on-left"]],
  ])("%s", (_, spec, rest, expected) => {
    const own = [resource(at, spec, rest), resource(addOnAt, addOn)];
    const found = subscription.rules(own as never, finder(own));
    expect(codes(found)).toEqual(expected);
    for (const one of found)
      expect(one).toMatchObject({ address: addOnAt, at: { file: "/spec/addOnOf" } });
  });

  test("an add-on that is suspended or absent itself may lose its base", () => {
    const gone = resource(at, e3, { state: "absent" });
    const own = [
      gone,
      resource(addOnAt, { ...addOn, ...off }),
      resource("Subscription/fabrikam/more", addOn, { state: "absent" }),
    ];
    expect(subscription.rules(own as never, finder(own))).toEqual([]);
  });

  test("a subscription is not its own add-on", () => {
    const own = [resource(at, { ...e3, addOnOf: "office" })];
    expect(subscription.rules(own as never, finder(own))).toMatchObject([
      {
        code: "subscription/add-on-nested",
        message: "A subscription cannot be an add-on of itself.",
      },
    ]);
  });
});

describe("order", () => {
  const base = removes(at, e3);
  const child = removes(addOnAt, addOn);

  test("add-ons go before their base", () => {
    const all = [child, base];
    expect(subscription.after?.(base, all)).toEqual([child.id]);
    expect(subscription.after?.(child, all)).toEqual([]);
  });

  test("whether by a tombstone or by status", () => {
    const suspended = updates(at, e3, off);
    const all = [
      updates(addOnAt, addOn, off),
      suspended,
      removes("Subscription/litware/archive", addOn),
    ];
    expect(subscription.after?.(suspended, all)).toEqual([`${addOnAt}#1`]);
  });

  test("what an add-on does besides is not waited for", () => {
    expect(subscription.after?.(base, [updates(addOnAt, addOn, { quantity: 3 }), base])).toEqual(
      [],
    );
  });

  test("a base that comes back waits for nothing, its add-ons wait for it", () => {
    const back = updates(at, { ...e3, ...off }, { status: "active" });
    const childBack = updates(addOnAt, { ...addOn, ...off }, { status: "active" });
    const all = [
      childBack,
      back,
      updates("Subscription/litware/office", { ...e3, ...off }, { status: "active" }),
    ];
    expect(all.map((change) => subscription.after?.(change, all))).toEqual([[back.id], [], []]);
  });

  test("a new add-on waits for its base's upgrade", () => {
    const all = [creates(addOnAt, addOn), upgrades(at, e1, "E3")];
    expect(all.map((change) => subscription.after?.(change, all))).toEqual([[`${at}#1`], []]);
  });
});

test("what is left out of an order is filled in", () => {
  expect(
    subscription.complete({ customer: "fabrikam", offer: "E3", quantity: 1 }, "office"),
  ).toEqual({
    customer: "fabrikam",
    offer: "E3",
    quantity: 1,
    friendlyName: "office",
    status: "active",
    billingCycle: "monthly",
  });
  expect(subscription.complete({ addOnOf: "office" }, "archive")).not.toHaveProperty(
    "billingCycle",
  );
  expect(
    subscription.complete({ friendlyName: "Mine", billingCycle: "annual" }, "office"),
  ).toMatchObject({
    friendlyName: "Mine",
    billingCycle: "annual",
  });
});

test("its key is its friendly name, else its name", () => {
  expect([
    subscription.key({ friendlyName: "Office" }, "office"),
    subscription.key({}, "office"),
  ]).toEqual(["Office", "office"]);
});

test("an offer's id is spelled in capitals, anything else stays", () => {
  const id = "5fa4f213-638c-5693-ade5-924129d90d90";
  expect(subscription.normalize({ offer: id })).toEqual({ offer: id.toUpperCase() });
  expect(subscription.normalize({ offer: "office-e3" })).toEqual({ offer: "office-e3" });
  expect(subscription.normalize({})).toEqual({});
});

test("a suspended one satisfies a tombstone", () => {
  expect([
    subscription.gone({ ...e3, ...off } as never),
    subscription.gone(e3 as never),
    subscription.gone({ customer: "fabrikam" }),
  ]).toEqual([true, false, false]);
});
