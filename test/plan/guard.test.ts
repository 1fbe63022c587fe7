import { describe, expect, it } from "vitest";
import type { Spec } from "../../src/model/json.ts";
import type { PlanInput } from "../../src/plan/plan.ts";
import { declare, kinds, lines, live, planOf } from "./toys.ts";

const team = (name: string, spec: Spec = {}, more = {}) => declare("Team", name, { mail: `${name}@x`, ...spec }, more);
const numbers = (count: number) => Array.from({ length: count }, (_, index) => String(index).padStart(3, "0"));
const teams = (count: number, changed: number) => numbers(count).map((name, index) => team(name, { size: index < changed ? 2 : 1 }));
const teamsLive = (count: number) => numbers(count).map((name) => live("Team", name, `${name}@x`, { mail: `${name}@x`, size: 1 }));
const gone = { state: "absent", reason: "over" } as const;

function tripped(count: number, changed: number, guards: PlanInput["guards"] = {}): readonly string[] {
  return planOf(teams(count, changed), teamsLive(count), { guards }).tripped.map(({ name }) => name);
}

describe("share", () => {
  it.each([
    [20, 5, {}, []],
    [20, 6, {}, ["share"]],
    [10, 3, {}, ["share"]],
    [9, 9, {}, []],
    [10, 1, { share: 10 }, []],
    [11, 1, { share: 9 }, ["share"]],
    [10, 10, { share: 100 }, []],
    [10, 1, { share: 0 }, ["share"]],
  ])("of %i objects %i changed under %o trips %o", (count, changed, guards, expected) => {
    expect(tripped(count, changed, guards)).toEqual(expected);
  });

  it("counts objects that are removed, and what nobody claims as part of the kind, but not what is created", () => {
    const resources = [...numbers(6).map((name) => team(name, {}, gone)), team("new"), team("newer")];
    expect(planOf(resources, teamsLive(24)).tripped).toEqual([]);
    const [one] = planOf(resources, teamsLive(23)).tripped;
    expect(one).toMatchObject({
      name: "share",
      message: "6 of 23 Team objects (26 %) would be removed or changed; the limit is 25 %",
    });
    expect(one?.changes).toHaveLength(6);
  });

  it("judges with the whole account in a narrowed plan", () => {
    const scope = teams(20, 0)
      .slice(0, 6)
      .map(({ address }) => address);
    expect(planOf(teams(20, 20), teamsLive(20), { scope }).tripped).toMatchObject([
      { message: "6 of 20 Team objects (30 %) would be removed or changed; the limit is 25 %" },
    ]);
  });
});

describe("limits", () => {
  it.each([
    ["count", { count: 2, share: 100 }, 2, 3],
    ["seats", { seats: 5 }, 5, 6],
    ["money", { moneyPerMonth: 50 }, 5, 6],
    ["money", { moneyPerMonth: 59.99 }, 5, 6],
  ])("%s trips exactly above %o", (name, guards, under, over) => {
    const made = (number: number) =>
      name === "count"
        ? planOf(teams(9, number), teamsLive(9), { guards })
        : planOf(
            [team("crew"), ...numbers(number).map((one) => declare("Seat", one, { team: "crew", product: one, quantity: 1 }))],
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
    expect(made.tripped).toEqual([{ name: "irreversible", message: "1 change cannot be undone", changes: ["Seat/crew/s#1"] }]);
  });
});

describe("protected", () => {
  const protect = { protect: true };

  it("stops a removal, and a change that cannot be undone or takes something away", () => {
    expect(planOf([team("a", {}, { ...protect, ...gone })], [live("Team", "1", "a@x", { mail: "a@x" })]).tripped).toEqual([
      {
        name: "protected",
        message: "1 object is protected and would be changed in a way that cannot be undone",
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
    const made = planOf([team("a", { size: 2 }, protect), team("b", {}, protect)], [live("Team", "1", "a@x", { mail: "a@x" })]);
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
              world: { readonly principal?: string; after(kind: string): readonly { readonly spec: Spec }[] },
            ) =>
              world.after("Team").some(({ spec }) => spec.admin === true)
                ? []
                : [
                    {
                      name: "last-admin",
                      message: `nobody is left of ${world.principal}`,
                      changes: changes.map(({ id }) => id),
                    },
                  ],
          },
    );
    const account = { id: "a", adapter: "toy", principal: "7" };
    const observed = [live("Team", "1", "a@x", { mail: "a@x", admin: true, size: 1 })];
    expect(planOf([team("a", { size: 2 })], observed, { kinds: guard, account }).tripped).toEqual([]);
    expect(planOf([team("a", { admin: false })], observed, { kinds: guard, account }).tripped).toEqual([
      { name: "last-admin", message: "nobody is left of 7", changes: ["Team/a#1"] },
    ]);
  });
});
