import { describe, expect, it, test } from "vitest";
import type { Impact } from "../../src/model/plan/plan.ts";
import type { Observed } from "../../src/model/observed.ts";
import type { Resource } from "../../src/model/resource.ts";
import { declaredBy } from "../../src/plan/declared-by.ts";
import { graver, milder } from "../../src/plan/guard/graver.ts";
import { plan, planAgain } from "../../src/plan/plan.ts";
import { declare, inputOf, kinds, ledger, live, planOf } from "./toys.ts";

const team = (name: string, spec = {}, more = {}) =>
  declare("Team", name, { mail: `${name}@x`, ...spec }, more);
const alive = (id: string, name: string, spec = {}) =>
  live("Team", id, `${name}@x`, { mail: `${name}@x`, size: 1, ...spec });
const gone = { state: "absent", reason: "over" } as const;

/** What becomes of a plan of these when the account has become that. */
function again(
  resources: readonly Resource[],
  before: readonly Observed[],
  now: readonly Observed[],
  more = {},
) {
  const {
    plan: made,
    dropped,
    notes,
  } = planAgain(inputOf(resources, now, more), planOf(resources, before, more));
  const kept = made.changes.map(({ id }) => id).filter((id) => !dropped.has(id));
  return { made, kept, notes, dropped: [...dropped].map(([id, { code }]) => `${id} ${code}`) };
}

describe("what is planned again", () => {
  const asked = [team("a", { size: 2 }), team("b", { size: 2 }), team("c", {}, gone)];
  const before = [alive("1", "a"), alive("2", "b"), alive("3", "c")];

  it.each<readonly [string, readonly Observed[], readonly string[]]>([
    ["the account as it was", before, []],
    [
      "a field that moved",
      [alive("1", "a", { size: 3 }), ...before.slice(1)],
      ["Team/a#1 stale/field"],
    ],
    [
      "a field that is as declared by now",
      [alive("1", "a", { size: 2 }), ...before.slice(1)],
      ["Team/a#1 stale/field"],
    ],
    ["an object that is gone", before.slice(1), ["Team/a#1 stale/gone"]],
    ["an object that somebody removed already", before.slice(0, 2), ["Team/c#1 stale/gone"]],
    [
      "another object under the same key",
      [alive("9", "a"), ...before.slice(1)],
      ["Team/a#1 stale/changed"],
    ],
    ["two objects with the same key", [...before, alive("4", "a")], ["Team/a#1 stale/problem"]],
  ])("%s", (_, now, expected) => {
    const told = again(asked, before, now);
    expect(told.dropped).toEqual(expected);
    expect(told.kept).toHaveLength(3 - expected.length);
  });

  it("notes what lies elsewhere, by name or by number", () => {
    const reviewed = planOf([...asked], before);
    const later = (...others: readonly Resource[]) =>
      planAgain(inputOf([...asked, ...others], before), reviewed).notes.map(
        ({ values: _, ...note }) => note,
      );
    expect(later()).toEqual([]);
    expect(later(team("d"))).toEqual([
      { message: "Planning now also gives Team/d#1, which this plan does not hold." },
    ]);
    expect(later(team("d"), team("e"))).toEqual([
      {
        message:
          "Planning now also gives Team/d#1 and 1 more changes, which this plan does not hold.",
      },
    ]);
  });

  it("keeps nothing that waits for what is stale, and judges what is left", () => {
    const seat = declare("Seat", "s", { team: "new", product: "a", quantity: 3 });
    const resources = [team("new"), seat, team("a", { size: 2 })];
    const told = again(resources, before.slice(0, 1), [alive("1", "a"), alive("7", "new")]);
    expect([told.dropped, told.kept]).toEqual([
      ["Team/new#1 stale/exists", "Seat/new/s#1 stale/changed"],
      ["Team/a#1"],
    ]);
    expect(told.made.tripped).toEqual([]);
    expect(told.made.totals).toMatchObject({ create: 0, update: 1, seats: 0 });
  });

  it("keeps nothing that has to wait by now for what nobody reviewed", () => {
    const seat = declare("Seat", "s", { team: "c", product: "a", quantity: 3 }, gone);
    const there = live("Seat", "8", "s", { team: "3", product: "a", quantity: 3 });
    const told = again([...asked, seat], before, [...before, there]);
    expect([told.dropped, told.kept]).toEqual([
      ["Team/c#1 stale/changed"],
      ["Team/a#1", "Team/b#1"],
    ]);
  });

  it("leaves alone what an earlier run left open", () => {
    const reviewed = planOf(asked, before);
    const open = ledger(
      {},
      {},
      { open: (address) => (address === "Team/a" ? "Team/a#1" : undefined) },
    );
    const { dropped } = planAgain(inputOf(asked, before, { applied: open }), reviewed);
    expect([...dropped].map(([id, { status, code }]) => [id, status, code])).toEqual([
      ["Team/a#1", "skipped", "skipped/unsettled"],
    ]);
  });
});

describe("a plan that stands for its manifests", () => {
  it("gives the same changes again, of whatever sort", () => {
    const resources = [
      declare("House", "", { owner: "crew", street: "new" }),
      team("crew", { size: 2, lead: "old" }, { protect: true }),
      team("old"),
      team("left", {}, gone),
      declare("Seat", "s", { team: "crew", product: "b", label: "seat", quantity: 4 }),
      declare("Seat", "t", { team: "crew", base: "s", product: "c", quantity: 4 }),
      declare("Client", "c", { domain: "c.example" }, gone),
    ];
    const observed = [
      live("House", "house", "", { owner: "2", street: "old" }),
      alive("1", "crew"),
      alive("2", "old"),
      alive("3", "left"),
      live("Seat", "s1", "seat", { team: "1", product: "a", label: "seat", quantity: 3 }),
      live("Client", "c1", "c.example", { domain: "c.example" }),
    ];
    const input = inputOf(resources, observed, {
      applied: ledger({ "Client/c": "c1", "Team/crew": "1" }),
    });
    const made = plan(input);
    expect(made.changes.map(({ action }) => action)).toEqual(
      expect.arrayContaining(["create", "update", "upgrade", "remove", "forget"]),
    );
    const desired = declaredBy(made, kinds, input.applied.id);
    const scope = made.changes.map(({ address }) => address);
    const { plan: stood, dropped } = planAgain({ ...input, desired, scope }, made);
    expect([...dropped]).toEqual([]);
    expect(stood.changes.map(({ id, fields }) => [id, fields])).toEqual(
      made.changes.map(({ id, fields }) => [id, fields]),
    );
  });
});

describe("graver", () => {
  const money = (perMonth: string, committed = "0.00", currency = "CNY") => ({
    money: { perMonth, committed, currency },
  });
  const access = (gains: readonly string[], loses: readonly string[] = []) => ({
    access: { gains, loses },
  });

  test.each<readonly [string, Partial<Impact>, Partial<Impact>, string | undefined]>([
    ["the same", money("1.00"), money("1.00"), undefined],
    [
      "a cent more",
      money("1.00"),
      money("1.01"),
      "It costs CNY 1.01 a month, and the reviewed plan says CNY 1.00.",
    ],
    [
      "money that nobody was told of",
      {},
      money("1.01"),
      "It costs CNY 1.01 a month, and the reviewed plan says CNY 0.00.",
    ],
    [
      "a dearer term",
      money("1.00", "12.00"),
      money("1.00", "13.00"),
      "It commits CNY 13.00, and the reviewed plan says CNY 12.00.",
    ],
    [
      "another currency",
      money("1.00"),
      money("1.00", "0.00", "USD"),
      "It is paid in USD now instead of CNY.",
    ],
    ["less", money("1.00"), money("0.50"), undefined],
    ["less saved", money("-2.00"), money("-1.00"), undefined],
    [
      "no price any more",
      { ...money("1.00"), seats: 1 },
      { seats: 1 },
      "Its price is not known any more.",
    ],
    [
      "no price any more of what is given back",
      { ...money("-1.00"), seats: -1 },
      { seats: -1 },
      undefined,
    ],
    ["more seats", { seats: 1 }, { seats: 2 }, "It adds 2 seats, and the reviewed plan says 1."],
    [
      "seats taken",
      { seats: 1 },
      { seats: -1 },
      "It takes 1 seats away, and the reviewed plan says -1.",
    ],
    ["fewer seats taken", { seats: -3 }, { seats: -1 }, undefined],
    [
      "a right more",
      access(["a"]),
      access(["a", "b"]),
      "It gives the right to b, of which the reviewed plan says nothing.",
    ],
    [
      "a right taken",
      {},
      access([], ["a"]),
      "It takes the right to a, of which the reviewed plan says nothing.",
    ],
    ["fewer rights", access(["a"], ["b"]), access([], []), undefined],
    [
      "no way back",
      { reversible: "until" },
      { reversible: "no" },
      "It is harder to undo than the reviewed plan says.",
    ],
    ["an easier way back", { reversible: "no" }, { reversible: "yes" }, undefined],
    [
      "data taken",
      {},
      { destructive: true },
      "It takes service or data away, of which the reviewed plan says nothing.",
    ],
  ])("%s", (_, was, now, expected) => {
    const found = graver(
      { reversible: "yes", ...was },
      { action: "update", impact: { reversible: "yes", ...now } },
    );
    expect(found === undefined ? found : String(found)).toBe(expected);
  });

  test("what only moved is told", () => {
    const until = (date: string): Impact => ({ reversible: "until", until: date });
    expect(String(milder(until("2026-12-01"), until("2026-12-05")))).toBe(
      "It can be undone until 2026-12-05 now.",
    );
    expect(
      String(
        milder({ reversible: "yes", ...money("2.00") }, { reversible: "yes", ...money("1.00") }),
      ),
    ).toBe("It costs CNY 1.00 a month now instead of CNY 2.00.");
    expect(milder(until("P30D"), until("P30D"))).toBeUndefined();
  });
});
