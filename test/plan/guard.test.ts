import { describe, expect, it } from "vitest";
import type { Spec } from "../../src/model/values/json.ts";
import { kinds as allKinds } from "../../src/kinds/index.ts";
import { guardNames } from "../../src/plan/guard/guard.ts";
import type { PlanInput } from "../../src/plan/plan.ts";
import { declare, type GivenInput, kinds, lines, live, planOf } from "./toys.ts";
import { madeUpGuard } from "../made-up-code.ts";

const team = (name: string, spec: Spec = {}, more = {}) =>
  declare("Team", name, { mail: `${name}@x`, ...spec }, more);
const numbers = (count: number) =>
  Array.from({ length: count }, (_, index) => String(index).padStart(3, "0"));
const teams = (count: number, changed: number) =>
  numbers(count).map((name, index) => team(name, { size: index < changed ? 2 : 1 }));
const teamsLive = (count: number) =>
  numbers(count).map((name) => live("Team", name, `${name}@x`, { mail: `${name}@x`, size: 1 }));
const gone = { state: "absent", reason: "over" } as const;

/** Removes so many teams of so many. */
function removing(
  count: number,
  removed: number,
  guards: Partial<PlanInput["guards"]> = {},
): readonly string[] {
  const resources = numbers(count).map((name, index) =>
    team(name, {}, index < removed ? gone : {}),
  );
  return planOf(resources, teamsLive(count), { guards }).tripped.map(({ name }) => name);
}

describe("removals", () => {
  it.each([
    [20, 5, {}, []],
    [20, 6, {}, ["removals"]],
    [4, 1, {}, []],
    [4, 2, {}, ["removals"]],
    [3, 1, {}, []],
    [2, 1, {}, []],
    [1, 1, {}, ["removals"]],
    [10, 2, { share: 10 }, ["removals"]],
    [10, 1, { share: 0 }, []],
    [10, 9, { share: 100 }, []],
    [10, 10, { share: 100 }, ["removals"]],
  ])("of %i objects %i removed under %o trips %o", (count, removed, guards, expected) => {
    expect(removing(count, removed, guards)).toEqual(expected);
  });

  it("counts what nobody claims as part of the kind, and says how many objects it is", () => {
    const resources = [
      ...numbers(6).map((name) => team(name, {}, gone)),
      team("new"),
      team("newer"),
    ];
    expect(planOf(resources, teamsLive(24)).tripped).toEqual([]);
    const [one] = planOf(resources, teamsLive(23)).tripped;
    expect(one).toMatchObject({
      name: "removals",
      amount: "6",
      needsReason: true,
      message: "6 of 23 Team objects would be removed; the limit is 25 %, and never the last one.",
    });
    expect(one?.changes).toHaveLength(6);
  });

  it("judges with the whole account in a narrowed plan", () => {
    const resources = numbers(20).map((name) => team(name, {}, gone));
    const scope = resources.slice(0, 6).map(({ address }) => address);
    expect(planOf(resources, teamsLive(20), { scope }).tripped).toMatchObject([
      { name: "removals", amount: "6" },
    ]);
  });
});

describe("what is taken from what stays", () => {
  const impacts = (impact: object) =>
    kinds.map((kind) => ({ ...kind, impact: () => ({ reversible: "yes" as const, ...impact }) }));
  const money = (perMonth: string) => ({
    money: { perMonth, committed: perMonth, currency: "CNY" },
  });

  it.each<readonly [string, number, number, object, readonly string[]]>([
    ["service of more than a quarter", 4, 2, { destructive: true }, ["service"]],
    ["service of one of two", 2, 1, { destructive: true }, []],
    ["service of the only one", 1, 1, { destructive: true }, ["service"]],
    ["rights of more than a quarter", 4, 2, { access: { gains: [], loses: ["a"] } }, ["rights"]],
    ["rights of one", 1, 1, { access: { gains: [], loses: ["a"] } }, []],
    ["rights that are given", 4, 4, { access: { gains: ["a"], loses: [] } }, []],
    ["money of more than a quarter", 4, 2, money("-10.00"), ["money-taken"]],
    ["money of one", 1, 1, money("-10.00"), []],
    ["money that is added", 4, 4, money("10.00"), []],
  ])("%s", (_, count, changed, impact, expected) => {
    const made = planOf(teams(count, changed), teamsLive(count), { kinds: impacts(impact) });
    expect(made.tripped.map(({ name }) => name)).toEqual(expected);
    expect(made.tripped.every(({ needsReason }) => needsReason)).toBe(true);
  });

  it("tells money by what is given up", () => {
    const [one] = planOf(teams(4, 2), teamsLive(4), { kinds: impacts(money("-10.50")) }).tripped;
    expect(one).toMatchObject({
      amount: "21.00",
      message: "CNY 21.00 a month of 2 of 4 Team objects would be given up; the limit is 25 %.",
    });
  });

  it("lets a small account change all it has, and begin without prices", () => {
    const renamed = numbers(3).map((name) => team(name, { title: "new" }));
    expect(planOf(renamed, teamsLive(3)).tripped).toEqual([]);
    expect(
      planOf(
        numbers(30).map((name) => team(name)),
        [],
      ).tripped,
    ).toEqual([]);
  });
});

describe("a price that nobody knows", () => {
  const unknown = kinds.map((kind) =>
    kind.name === "Seat"
      ? { ...kind, impact: () => ({ reversible: "yes" as const, seats: 3 }) }
      : kind,
  );
  const made = (more: GivenInput) =>
    planOf([team("crew"), declare("Seat", "s", { team: "crew", product: "a" })], [], {
      kinds: unknown,
      ...more,
    });
  const told = [{ name: "price-unknown", amount: "1", changes: ["Seat/crew/s#1"] }];

  it("trips where money is limited, by a guard or by an approval", () => {
    expect(made({}).tripped).toEqual([]);
    expect(made({ guards: { seats: 3 } }).tripped).toEqual([]);
    expect(made({ guards: { moneyPerMonth: 1_000_000 } }).tripped).toMatchObject(told);
    expect(made({ guards: { committed: 1_000_000 } }).tripped).toMatchObject(told);
    expect(
      made({ approvals: [{ when: { moneyPerMonth: 1_000_000 }, approvals: 1 }] }).tripped,
    ).toMatchObject(told);
    expect(made({ approvals: [{ when: { always: true }, approvals: 1 }] }).tripped).toEqual([]);
  });

  it("is told in the totals, as is another currency", () => {
    expect(made({}).totals).toMatchObject({ seats: 3, unpriced: 1 });
    const currencies = ["CNY", "USD"];
    const foreign = kinds.map((kind) => ({
      ...kind,
      impact: () => ({
        reversible: "yes" as const,
        money: { perMonth: "1.00", committed: "2.00", currency: currencies.shift() ?? "CNY" },
      }),
    }));
    const { totals } = planOf([team("a"), team("b"), team("c")], [], { kinds: foreign });
    expect(totals).toMatchObject({
      money: { perMonth: "2.00", committed: "4.00", currency: "CNY" },
      unpriced: 1,
    });
  });
});

it("every guard has one name, and the list of names is whole", () => {
  const names = guardNames(allKinds);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toEqual(
    expect.arrayContaining([
      "protected",
      "removals",
      "price-unknown",
      "last-agent-admin",
      "seats-taken",
    ]),
  );
});

describe("limits", () => {
  it.each([
    ["count", { count: 2, share: 100 }, 2, 3],
    ["creates", { creates: 2 }, 2, 3],
    ["committed", { committed: 50 }, 5, 6],
    ["seats", { seats: 5 }, 5, 6],
    ["money", { moneyPerMonth: 50 }, 5, 6],
    ["money", { moneyPerMonth: 59.99 }, 5, 6],
  ])("%s trips exactly above %o", (name, guards, under, over) => {
    const made = (number: number) =>
      name === "count"
        ? planOf(teams(9, number), teamsLive(9), { guards })
        : planOf(
            [
              team("crew"),
              ...numbers(number).map((one) =>
                declare("Seat", one, { team: "crew", product: one, quantity: 1 }),
              ),
            ],
            [live("Team", "9", "crew@x", { mail: "crew@x" })],
            { guards },
          );
    expect(made(under).tripped.map((one) => one.name)).not.toContain(name);
    const found = made(over).tripped.find((one) => one.name === name);
    expect(found?.changes).toHaveLength(over);
    expect(found?.message).toContain(String(Object.values(guards)[0]));
  });
});

describe("irreversible", () => {
  it("trips on what cannot be undone, and says how much", () => {
    const made = planOf([team("crew"), declare("Seat", "s", { team: "crew", product: "a" })], []);
    expect(made.tripped).toEqual([
      {
        name: "irreversible",
        message: "1 change cannot be undone.",
        amount: "1",
        changes: ["Seat/crew/s#1"],
      },
    ]);
  });
});

describe("protected", () => {
  const protect = { protect: true };

  it("stops a removal, and a change that cannot be undone or takes something away", () => {
    const two = ["1", "2"].map((id) =>
      live("Team", id, id === "1" ? "a@x" : "b@x", { mail: id === "1" ? "a@x" : "b@x" }),
    );
    expect(planOf([team("a", {}, { ...protect, ...gone })], two).tripped).toEqual([
      {
        name: "protected",
        message: "1 object is protected and would be changed in a way that cannot be undone.",
        amount: "1",
        needsReason: true,
        changes: ["Team/a#1"],
      },
    ]);
    const final = kinds.map((kind) => ({ ...kind, impact: () => ({ reversible: "no" as const }) }));
    expect(
      planOf([team("a", { size: 2 }, protect)], [live("Team", "1", "a@x", { mail: "a@x" })], {
        kinds: final,
      }).tripped.map(({ name }) => name),
    ).toEqual(["protected", "irreversible"]);
  });

  it("lets a change pass that can be undone, and a create", () => {
    const made = planOf(
      [team("a", { size: 2 }, protect), team("b", {}, protect)],
      [live("Team", "1", "a@x", { mail: "a@x" })],
    );
    expect([lines(made).length, made.tripped]).toEqual([2, []]);
  });
});

describe("a kind's own guard", () => {
  it("judges the end state, with the principal and the whole of what is observed", () => {
    const guard = kinds.map((kind) =>
      kind.name !== "Team"
        ? kind
        : {
            ...kind,
            guard: (
              changes: readonly { readonly id: `${string}#${number}` }[],
              world: {
                readonly principal?: string;
                after(kind: string): readonly { readonly spec: Spec }[];
              },
            ) =>
              world.after("Team").some(({ spec }) => spec.admin === true)
                ? []
                : [
                    {
                      name: madeUpGuard("last-admin"),
                      message: `nobody is left of ${world.principal}`,
                      amount: "1",
                      changes: changes.map(({ id }) => id),
                    },
                  ],
          },
    );
    const account = { id: "a", adapter: "toy", principal: "7" };
    const observed = [live("Team", "1", "a@x", { mail: "a@x", admin: true, size: 1 })];
    expect(planOf([team("a", { size: 2 })], observed, { kinds: guard, account }).tripped).toEqual(
      [],
    );
    expect(
      planOf([team("a", { admin: false })], observed, { kinds: guard, account }).tripped,
    ).toEqual([
      { name: "last-admin", message: "nobody is left of 7", amount: "1", changes: ["Team/a#1"] },
    ]);
  });
});
