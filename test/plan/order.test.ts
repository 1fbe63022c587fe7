import { describe, expect, it } from "vitest";
import type { Spec } from "../../src/model/values/json.ts";
import type { Kind } from "../../src/model/kind.ts";
import type { Change, ChangeId } from "../../src/model/plan/plan.ts";
import { at, declare, kinds, ledger, lines, live, planOf, problems } from "./toys.ts";
import { madeUpCode } from "../made-up-code.ts";

const team = (name: string, spec: Spec = {}, more = {}) =>
  declare("Team", name, { mail: `${name}@x`, ...spec }, more);
const seat = (name: string, spec: Spec = {}, more = {}) =>
  declare("Seat", name, { team: "crew", product: name, ...spec }, more);
const teamLive = (id: string, name: string, spec: Spec = {}) =>
  live("Team", id, `${name}@x`, { mail: `${name}@x`, ...spec });
const gone = { state: "absent", reason: "over" } as const;

/** The toys, with another order or other checks for teams. */
const withTeam = (more: Partial<Kind>) =>
  kinds.map((kind) => (kind.name === "Team" ? { ...kind, ...more } : kind));

describe("the order of work", () => {
  it("makes what is referred to first, parents and siblings alike, whatever the order of kinds", () => {
    const made = planOf(
      [
        seat("add", { base: "base" }),
        seat("base"),
        team("crew", { lead: "boss" }),
        team("boss"),
        declare("House", "", { owner: "crew" }),
      ],
      [],
    );
    expect(lines(made)).toEqual([
      "update House#1 /owner after Team/crew#1",
      "create Team/boss#1",
      "create Team/crew#1 after Team/boss#1",
      "create Seat/crew/add#1 after Seat/crew/base#1, Team/crew#1",
      "create Seat/crew/base#1 after Team/crew#1",
    ]);
  });

  it("removes dependants first, and what is still referred to only when it is not any more", () => {
    const resources = [
      team("crew", {}, gone),
      seat("add", { base: "base" }, gone),
      seat("base", {}, gone),
      team("boss"),
      declare("House", "", { owner: "boss" }),
    ];
    const observed = [
      teamLive("9", "crew"),
      teamLive("1", "boss"),
      live("House", "h", "", { owner: "9" }),
      live("Seat", "5", "add", { team: "9", product: "add", base: "6" }),
      live("Seat", "6", "base", { team: "9", product: "base" }),
    ];
    expect(lines(planOf(resources, observed))).toEqual([
      "update House#1 /owner",
      "remove Team/crew#1 after House#1, Seat/crew/add#1, Seat/crew/base#1",
      "remove Seat/crew/add#1",
      "remove Seat/crew/base#1 after Seat/crew/add#1",
    ]);
  });

  it("waits for an upgrade, which gives what is referred to another id", () => {
    const observed = [
      teamLive("9", "crew"),
      live("Seat", "6", "base", { team: "9", product: "a" }),
    ];
    const made = planOf(
      [team("crew"), seat("base", { product: "b" }), seat("add", { base: "base" })],
      observed,
    );
    expect(lines(made)).toEqual([
      "create Seat/crew/add#1 after Seat/crew/base#1",
      "upgrade Seat/crew/base#1 /product",
    ]);
  });

  it("adds what the kind asks for, and ignores what is not in the plan", () => {
    const after = ({ id }: Change, all: readonly Change[]): readonly ChangeId[] =>
      id === "Team/a#1" ? [...all.map((one) => one.id), "Team/zed#1"] : [];
    expect(
      lines(planOf([team("a"), team("b"), team("c")], [], { kinds: withTeam({ after }) }))[0],
    ).toBe("create Team/a#1 after Team/b#1, Team/c#1");
  });
});

describe("a cycle", () => {
  it("is a problem of those in it, and keeps back those that wait for them; the rest goes on", () => {
    const made = planOf(
      [
        team("a", { lead: "b" }),
        team("b", { lead: "c" }),
        team("c", { lead: "a" }),
        team("d", { lead: "a" }),
        team("e"),
      ],
      [],
    );
    expect(problems(made)).toEqual([
      "plan/dependency-cycle Team/a",
      "plan/dependency-cycle Team/b",
      "plan/dependency-cycle Team/c",
      "plan/blocked Team/d",
    ]);
    expect(made.problems[0]?.message).toContain("Team/a#1 → Team/b#1 → Team/c#1 → Team/a#1");
    expect(lines(made)).toEqual(["create Team/e#1"]);
  });

  it("may be entered from anywhere, and there may be several", () => {
    const made = planOf(
      [
        team("a", { lead: "b" }),
        team("b", { lead: "c" }),
        team("c", { lead: "b" }),
        team("x", { lead: "y" }),
        team("y", { lead: "x" }),
      ],
      [],
    );
    expect(problems(made)).toEqual([
      "plan/blocked Team/a",
      "plan/dependency-cycle Team/b",
      "plan/dependency-cycle Team/c",
      "plan/dependency-cycle Team/x",
      "plan/dependency-cycle Team/y",
    ]);
  });
});

describe("what waits for something that cannot be planned", () => {
  it("is blocked, and so is what waits for that", () => {
    const made = planOf(
      [team("crew", {}, { pinnedId: "0" }), seat("base"), seat("add", { base: "base" })],
      [],
    );
    expect(problems(made)).toEqual([
      "plan/blocked Seat/crew/add",
      "plan/blocked Seat/crew/base",
      "identity/pin-gone Team/crew",
    ]);
    expect(made.problems.map(({ message }) => message)).toContain(
      "Seat/crew/base waits for Team/crew, which has a problem of its own.",
    );
    expect(lines(made)).toEqual([]);
  });

  it("is not blocked where the object is there all the same", () => {
    const made = planOf(
      [team("crew", { region: "cn" }), seat("base")],
      [teamLive("9", "crew", { region: "us" })],
    );
    expect([problems(made), lines(made)]).toEqual([
      ["plan/fixed-field Team/crew"],
      ["create Seat/crew/base#1"],
    ]);
  });

  it("is only warned of while a write is unsettled", () => {
    const made = planOf([team("crew"), seat("base")], [], {
      applied: ledger({}, {}, { open: (of) => (of === "Team/crew" ? "Team/crew#1" : undefined) }),
    });
    expect(made.problems.map(({ severity, code }) => `${severity} ${code}`)).toEqual([
      "warning plan/blocked",
      "warning ledger/unsettled",
    ]);
  });

  it("is blocked where the other one is absent, and is to be", () => {
    expect(problems(planOf([team("crew", {}, gone), seat("base")], []))).toEqual([
      "plan/blocked Seat/crew/base",
    ]);
  });

  it("is blocked where the other one is about to go", () => {
    const made = planOf([team("crew", {}, gone), seat("base")], [teamLive("9", "crew")]);
    expect([problems(made), lines(made)]).toEqual([
      ["plan/blocked Seat/crew/base"],
      ["remove Team/crew#1"],
    ]);
  });

  it("is a cycle where something is created with a reference to itself", () => {
    expect(problems(planOf([team("a", { lead: "a" })], []))).toEqual([
      "plan/dependency-cycle Team/a",
    ]);
    expect(lines(planOf([team("a", { lead: "a" })], [teamLive("1", "a")]))).toEqual([
      "update Team/a#1 /lead",
    ]);
  });
});

describe("checks", () => {
  const checks: Kind["checks"] = (change, world) =>
    change.address === "Team/bad"
      ? [
          {
            severity: "error",
            code: madeUpCode("team/bad"),
            message: `of ${world.before("Team").length} and then ${world.after("Team").length}`,
          },
        ]
      : [];

  it("keep a change and what waits for it out of the plan, and see the account before and after", () => {
    const made = planOf(
      [team("bad"), team("crew", { lead: "bad" }), seat("s"), team("ok")],
      [teamLive("1", "other")],
      {
        kinds: withTeam({ checks }),
      },
    );
    expect(problems(made)).toEqual([
      "plan/blocked Seat/crew/s",
      "team/bad Team/bad",
      "plan/blocked Team/crew",
    ]);
    expect(made.problems[1]).toMatchObject({
      message: "of 1 and then 4",
      at: { excerpt: "/spec" },
    });
    expect(lines(made)).toEqual(["create Team/ok#1"]);
  });

  it("may warn without stopping anything", () => {
    const warn: Kind["checks"] = () => [
      { severity: "warning", code: madeUpCode("team/hm"), message: "hm" },
    ];
    const made = planOf([team("a")], [], { kinds: withTeam({ checks: warn }) });
    expect([problems(made), lines(made)]).toEqual([["team/hm Team/a"], ["create Team/a#1"]]);
  });

  it("see what stays of a removed object, where the kind says that something does", () => {
    const seen: unknown[] = [];
    const look: Kind["checks"] = (_, world) => {
      seen.push(...world.after("Team").map(({ spec }) => spec));
      return [];
    };
    const observed = [teamLive("1", "out", { size: 3 })];
    planOf([team("out", {}, gone)], observed, {
      kinds: withTeam({ checks: look, remains: (spec) => ({ ...spec, size: 0 }) }),
    });
    expect(seen).toEqual([{ mail: "out@x", size: 0 }]);
  });

  it("see each object as the plan would leave it", () => {
    const seen: unknown[] = [];
    const look: Kind["checks"] = (_, world) => {
      seen.push(
        world.after("Team").map(({ address, id, spec }) => [address, id, spec.size]),
        world.find(at("Team/up")),
        world.after("Seat", "Team/up").length,
        world.before("Seat", "77").length,
      );
      return [];
    };
    const resources = [team("up", { size: 2 }), team("new"), team("out", {}, gone)];
    const observed = [
      teamLive("1", "up", { size: 1, tint: "red" }),
      teamLive("2", "out"),
      teamLive("3", "stray", { size: 7 }),
      live("Seat", "5", "s", { team: "1" }),
      live("Seat", "6", "t", { team: "77" }),
    ];
    planOf(resources, observed, { kinds: withTeam({ checks: look }) });
    expect(seen.slice(0, 4)).toEqual([
      [
        ["Team/up", "1", 2],
        [undefined, "3", 7],
        ["Team/new", undefined, 1],
      ],
      { kind: "Team", address: "Team/up", id: "1", spec: { mail: "up@x", size: 2, tint: "red" } },
      1,
      1,
    ]);
  });
});

describe("a narrowed plan", () => {
  const resources = [
    team("crew", { size: 2 }),
    seat("s", { quantity: 2 }),
    team("boss", { size: 2 }),
    team("lost", {}, { pinnedId: "0" }),
  ];
  const observed = [
    teamLive("9", "crew", { size: 1 }),
    live("Seat", "5", "s", { team: "9", product: "s", quantity: 1 }),
    teamLive("1", "boss", { size: 1 }),
    teamLive("3", "stray"),
  ];

  it("covers an address and nothing that lives in it, and claims nothing of the rest", () => {
    const made = planOf(resources, observed, { scope: [at("Team/crew"), at("Team/crew")] });
    expect(lines(made)).toEqual(["update Team/crew#1 /size"]);
    expect(made).toMatchObject({
      scope: ["Team/crew"],
      unmanaged: null,
      coverage: null,
      problems: [],
    });
    expect(lines(planOf(resources, observed, { scope: [at("Seat/crew/s")] }))).toEqual([
      "update Seat/crew/s#1 /quantity",
    ]);
  });

  it("does not make what needs something it leaves out", () => {
    const made = planOf([team("crew"), seat("s")], [], { scope: [at("Seat/crew/s")] });
    expect([problems(made), lines(made)]).toEqual([["plan/blocked Seat/crew/s"], []]);
    expect(made.problems[0]?.message).toContain("is left out of this narrowed plan");
  });
});
