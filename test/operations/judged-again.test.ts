import { expect, onTestFinished, test } from "vitest";
import type { Query } from "../../src/model/adapter.ts";
import { type Plan, planDigest } from "../../src/model/plan/plan.ts";
import { type ApplyResult, apply } from "../../src/operations/apply/apply.ts";
import { dayIn } from "../../src/operations/plan/day.ts";
import { settingsWith } from "../settings.ts";
import { things } from "../crash/scene.ts";
import { type ProjectHarness, setUpProject } from "./project-harness.ts";

// A saved plan is planned again when it is applied: what got worse, or is not what was reviewed, is
// stale; the rest goes on.

const tailspin = "manifests/customers/tailspin.yaml";
const list = "prices/2026-11.csv";
const more = ["quantity: 5\n", "quantity: 7\n"] as const;

/** Everything is applied, and two more seats of one subscription are to be ordered. */
async function shopToGrow(): Promise<ProjectHarness> {
  const shop = await setUpProject();
  onTestFinished(() => shop.end());
  await shop.apply();
  shop.edit(tailspin, more);
  return shop;
}

const ends = ({ receipt }: ApplyResult) =>
  receipt?.results.map(({ change, status, code }) =>
    [change, status, ...(code ? [code] : [])].join(" "),
  );

test("a price that rose makes a change stale, however few the seats", async () => {
  const shop = await shopToGrow();
  const plan = await shop.plan();
  shop.edit(list, ["Power BI Pro,CNY,70.00", "Power BI Pro,CNY,70.01"]);
  const told = await shop.apply({ plan });
  expect([told.status, ends(told)]).toEqual([
    "stale",
    ["Subscription/tailspin/reports#1 stale stale/graver"],
  ]);
  expect(told.receipt?.results[0]?.because).toMatch(
    /It costs CNY \d+\.02 a month, and the reviewed plan says CNY \d+\.00/,
  );
});

test("a price that fell is noted, and so is what lies elsewhere; neither stops anything", async () => {
  const shop = await shopToGrow();
  const plan = await shop.plan();
  shop.edit(list, ["Power BI Pro,CNY,70.00", "Power BI Pro,CNY,69.00"]);
  const told = await shop.apply({ plan });
  expect([told.status, ends(told)]).toEqual(["applied", ["Subscription/tailspin/reports#1 done"]]);
  expect(told.receipt?.notes).toEqual([
    {
      change: "Subscription/tailspin/reports#1",
      message: "It costs CNY 138.00 a month now instead of CNY 140.00.",
      values: {
        message: {
          template: "It costs {0} a month now instead of {1}.",
          values: ["CNY 138.00", "CNY 140.00"],
        },
      },
    },
  ]);
});

test("a price that is not known any more may be any", async () => {
  const shop = await shopToGrow();
  const plan = await shop.plan();
  shop.edit(list, [
    "FF5E24CB-FD48-5444-B098-C83D936ED950,Power BI Pro",
    "00000000-FD48-5444-B098-C83D936ED950,Power BI Pro",
  ]);
  const told = await shop.apply({ plan });
  expect([told.status, told.receipt?.results[0]?.because]).toEqual([
    "stale",
    "Its price is not known any more.",
  ]);
});

test("nor is an upgrade sent at a price that nobody knows any more: it adds no seats, and buys all the same", async () => {
  const shop = await setUpProject();
  onTestFinished(() => shop.end());
  await shop.apply();
  shop.edit("manifests/customers/northwind.yaml", [
    "offer: business-premium",
    "offer: enterprise-e3",
  ]);
  const plan = await shop.plan();
  expect(
    plan.changes.map(({ action, impact }) => [action, impact.seats, impact.money !== undefined]),
  ).toEqual([["upgrade", undefined, true]]);
  shop.edit(list, [
    "5FA4F213-638C-5693-ADE5-924129D90D90,",
    "00000000-638C-5693-ADE5-924129D90D90,",
  ]);
  const told = await shop.apply({ plan, allow: ["irreversible", "price-unknown"] });
  expect([told.status, told.receipt?.results[0]?.because]).toEqual([
    "stale",
    "Its price is not known any more.",
  ]);
});

test("a forged plan is judged by the numbers of now", async () => {
  const shop = await shopToGrow();
  shop.edit("partnerctl.yaml", ["moneyPerMonth: 60000", "moneyPerMonth: 100"]);
  const plan = await shop.plan();
  expect(plan.tripped.map(({ name }) => name)).toEqual(["money"]);
  const forge = (changes: Plan["changes"]): Plan => {
    const forged = { ...plan, tripped: [], changes };
    return { ...forged, digest: planDigest(forged) };
  };
  const silent = forge(
    plan.changes.map(
      ({ impact: { money: _, seats: __, ...impact }, ...rest }) => ({ ...rest, impact }) as never,
    ),
  );
  expect(await shop.apply({ plan: silent })).toMatchObject({ status: "stale" });
  const open = forge(plan.changes);
  expect(await shop.apply({ plan: open })).toMatchObject({
    status: "guarded",
    diagnostics: [{ code: "guard/money" }],
  });
  const waiting = forge(
    plan.changes.map((change) => ({ ...change, requires: ["User/nobody#1"] as const })),
  );
  expect(await shop.apply({ plan: waiting })).toMatchObject({ status: "guarded" });
  expect(await shop.apply({ plan, allow: ["money"] })).toMatchObject({ status: "applied" });
});

test("what cannot be planned any more says why", async () => {
  const shop = await shopToGrow();
  shop.edit(tailspin, [
    "  quantity: 7\n",
    "  quantity: 8\n---\napiVersion: partnercenter/v1\nkind: Subscription\nmetadata:\n  name: drawings\nspec:\n  customer: tailspin\n  offer: visio-plan-2\n  quantity: 3\n",
  ]);
  const plan = await shop.plan();
  await shop.at(async ({ writers: { adapter }, view }) => {
    const order = plan.changes.find(({ action }) => action === "create");
    const [customer] = things(shop.kept.account).filter(
      ({ kind, key }) => kind === "Customer" && key.startsWith("tailspin"),
    );
    if (order?.action !== "create" || !customer) return expect.fail();
    const portal = {
      ...order,
      key: "by-hand",
      desired: { ...order.desired, friendlyName: "by-hand" },
    };
    const bound = () => ({ kind: "Customer", id: customer.id, key: customer.key, spec: {} });
    return adapter.write(portal, {
      requestId: "portal",
      bound,
      deliver: async () => {},
      permit: async () => 60_000,
      propose: async () => {},
      signal: view.signal,
    });
  });
  const told = await shop.apply({ plan });
  expect([told.status, ends(told)]).toEqual([
    "stale",
    [
      "Subscription/tailspin/drawings#1 stale stale/problem",
      "Subscription/tailspin/reports#1 done",
    ],
  ]);
});

test("a saved plan of one change reads what it is about, not the account", async () => {
  const shop = await shopToGrow();
  const plan = await shop.plan();
  const queries: Query[] = [];
  const told = await shop.at(({ project, view, writers }) => {
    const read: typeof view.reader.read = (query, signal) => {
      queries.push(query);
      return view.reader.read(query, signal);
    };
    const options = {
      plan,
      actor: "li.wei",
      allow: [],
      interactive: false,
      confirm: async () => true,
    };
    return apply(project, { ...view, reader: { ...view.reader, read } }, writers, options);
  });
  expect(told.status).toBe("applied");
  expect(told.receipt?.spent).toEqual(plan.forecast);
  expect(
    queries.map(({ kind, only, parentId }) => [
      kind,
      only?.ids.length ?? "all",
      parentId !== undefined,
    ]),
  ).toEqual([
    ["Customer", 1, false],
    ["Offer", "all", false],
    ["Subscription", "all", true],
  ]);
});

test("the day is the account's own, wherever the machine is", () => {
  const settings = settingsWith();
  const late = "2026-11-30T16:30:00Z";
  expect(dayIn(settings, late)).toBe("2026-12-01");
  expect(dayIn({ ...settings, timeZone: "UTC" }, late)).toBe("2026-11-30");
  expect(dayIn({ ...settings, timeZone: "America/Los_Angeles" }, "2027-01-01T07:59:59Z")).toBe(
    "2026-12-31",
  );
});

test("the day in China is the one that Intl tells, at each hour of a year", () => {
  const settings = settingsWith();
  const told = new Intl.DateTimeFormat("sv", { timeZone: "Asia/Shanghai", dateStyle: "short" });
  const hours = Array.from(
    { length: 366 * 24 },
    (_, hour) => new Date(Date.UTC(2027, 11, 31, hour)),
  );
  expect(hours.filter((hour) => dayIn(settings, hour.toISOString()) !== told.format(hour))).toEqual(
    [],
  );
});

test("a person who is asked holds no lease meanwhile, and what was done meanwhile is not done again", async () => {
  const shop = await shopToGrow();
  const confirm = async () => {
    expect((await shop.entries()).at(-1)?.type).not.toBe("leased");
    expect(await shop.apply()).toMatchObject({ status: "applied" });
    return true;
  };
  const told = await shop.apply({ interactive: true, confirm });
  expect([told.status, ends(told)]).toEqual([
    "applied",
    ["Subscription/tailspin/reports#1 done-earlier"],
  ]);
});

test("a change is based on what its meaning was computed from too", async () => {
  const shop = await shopToGrow();
  const [grown] = (await shop.plan()).changes;
  expect(grown?.basedOn).toEqual(["/quantity", "/billingCycle", "/status"]);
  expect(grown && "observed" in grown && grown.observed.spec).toMatchObject({
    quantity: 5,
    billingCycle: "monthly",
    status: "active",
  });
  shop.edit("manifests/customers/northwind.yaml", [
    "offer: business-premium\n  quantity: 40\n",
    "offer: enterprise-e3\n",
  ]);
  const plan = await shop.plan();
  const upgrade = plan.changes.find(({ action }) => action === "upgrade");
  expect(upgrade?.basedOn).toEqual(["/offer", "/quantity", "/billingCycle", "/status"]);
  const [office] = things(shop.kept.account).filter(({ key }) => key === "office");
  expect(office).toBeDefined();
  const told = await shop.at(({ project, view, writers }) => {
    const read: typeof writers.adapter.read = async function* (query, signal) {
      for await (const one of writers.adapter.read(query, signal))
        yield one.key === "office" ? { ...one, spec: { ...one.spec, quantity: 41 } } : one;
    };
    const options = {
      plan,
      actor: "li.wei",
      allow: ["irreversible"],
      interactive: false,
      confirm: async () => true,
    };
    return apply(project, view, { ...writers, adapter: { ...writers.adapter, read } }, options);
  });
  expect(ends(told)).toEqual([
    "Subscription/northwind/office#1 stale stale/field",
    "Subscription/tailspin/reports#1 done",
  ]);
});
