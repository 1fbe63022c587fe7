import { describe, expect, it } from "vitest";
import type { Observed } from "../../src/model/observed.ts";
import type { Resource } from "../../src/model/resource.ts";
import type { Applied } from "../../src/model/ledger/ledger.ts";
import { match } from "../../src/plan/match/match.ts";
import { at, declare, inputOf, ledger, lines, live, planOf, problems, supports } from "./toys.ts";

interface Case {
  readonly it: string;
  readonly resources: readonly Resource[];
  readonly observed: readonly Observed[];
  readonly applied?: Applied;
  /** address → id (how it was told) */
  readonly bound?: Readonly<Record<string, string>>;
  readonly troubled?: Readonly<Record<string, string>>;
  readonly missing?: readonly string[];
  readonly unmanaged?: readonly string[];
}

const ann = declare("Team", "ann", { mail: "ann@x" });
const annLive = live("Team", "1", "ann@x", { mail: "ann@x" });
const bobLive = live("Team", "2", "bob@x", { mail: "bob@x" });
const crew = declare("Team", "crew", { mail: "crew@x" });
const crewLive = live("Team", "9", "crew@x", { mail: "crew@x" });
const e3 = (more: Partial<Resource> = {}) => declare("Seat", "e3", { team: "crew" }, more);
const seatLive = (id: string, key: string, team = "9") =>
  live("Seat", id, key, { team, product: "a" });

const cases: readonly Case[] = [
  { it: "finds by key", resources: [ann], observed: [annLive], bound: { "Team/ann": "1 key" } },
  {
    it: "prefers the pinned id to ledger and key",
    resources: [{ ...ann, pinnedId: "2" }],
    observed: [annLive, bobLive],
    applied: ledger({ "Team/ann": "1" }),
    bound: { "Team/ann": "2 pinned" },
    unmanaged: ["1"],
  },
  {
    it: "prefers the ledger's id to the key",
    resources: [ann],
    observed: [annLive, bobLive],
    applied: ledger({ "Team/ann": "2" }),
    bound: { "Team/ann": "2 ledger" },
    unmanaged: ["1"],
  },
  {
    it: "follows an upgrade from the pinned id to what it became, though the old one is still there",
    resources: [{ ...ann, pinnedId: "2" }],
    observed: [annLive, bobLive],
    applied: ledger({ "Team/ann": "1" }, {}, { successor: (id) => (id === "2" ? "1" : id) }),
    bound: { "Team/ann": "1 ledger" },
    unmanaged: ["2"],
  },
  ...[
    ["97B75A1F-70EA-542E-A916-A7AB718BD401", "97b75a1f-70ea-542e-a916-a7ab718bd401"],
    ["97b75a1f-70ea-542e-a916-a7ab718bd401", "97B75A1F-70EA-542E-A916-A7AB718BD401"],
  ].map(([pinnedId = "", id = ""]) => ({
    it: `knows a GUID in capitals or small letters: ${pinnedId}`,
    resources: [{ ...ann, pinnedId }],
    observed: [{ ...annLive, id }],
    bound: { "Team/ann": `${id} pinned` },
  })),
  {
    it: "follows an upgrade of a GUID, whichever way it is written",
    resources: [{ ...ann, pinnedId: "97B75A1F-70EA-542E-A916-A7AB718BD401" }],
    observed: [annLive, bobLive],
    applied: ledger(
      {},
      {},
      { successor: (id) => (id === "97b75a1f-70ea-542e-a916-a7ab718bd401" ? "1" : id) },
    ),
    bound: { "Team/ann": "1 ledger" },
    unmanaged: ["2"],
  },
  {
    it: "takes any other id only as it is written",
    resources: [{ ...ann, pinnedId: "AbC" }],
    observed: [{ ...annLive, id: "abc" }],
    troubled: { "Team/ann": "identity/pin-gone" },
    unmanaged: ["abc"],
  },
  {
    it: "never creates where the pinned id has gone",
    resources: [{ ...ann, pinnedId: "0" }],
    observed: [annLive],
    troubled: { "Team/ann": "identity/pin-gone" },
    unmanaged: ["1"],
  },
  {
    it: "never creates where the ledger's id has gone",
    resources: [ann],
    observed: [annLive],
    applied: ledger({ "Team/ann": "0" }),
    troubled: { "Team/ann": "identity/lost" },
    unmanaged: ["1"],
  },
  {
    it: "takes a tombstone whose object has gone for satisfied",
    resources: [
      { ...ann, state: "absent", pinnedId: "0" },
      declare("Team", "bob", { mail: "bob@x" }, { state: "absent" }),
    ],
    observed: [],
    applied: ledger({ "Team/bob": "2" }),
    missing: ["Team/ann", "Team/bob"],
  },
  {
    it: "finds by the ledger's id of an old name",
    resources: [{ ...ann, previously: ["anna"] }],
    observed: [bobLive],
    applied: ledger({ "Team/anna": "2" }),
    bound: { "Team/ann": "2 previously" },
  },
  {
    it: "finds by an old key, whatever its case",
    resources: [{ ...ann, previously: ["Bob@X"] }],
    observed: [bobLive],
    bound: { "Team/ann": "2 previously" },
  },
  {
    it: "finds by the key an old name gives",
    resources: [crew, e3({ previously: ["old-e3"] })],
    observed: [crewLive, seatLive("5", "old-e3")],
    bound: { "Team/crew": "9 key", "Seat/crew/e3": "5 previously" },
  },
  {
    it: "finds by an old key that is its name",
    resources: [
      crew,
      declare("Seat", "e3", { team: "crew", label: "another" }, { previously: ["e3"] }),
    ],
    observed: [crewLive, seatLive("5", "e3")],
    bound: { "Team/crew": "9 key", "Seat/crew/e3": "5 previously" },
  },
  {
    it: "does not choose between an old key and the new one",
    resources: [{ ...ann, previously: ["bob@x"] }],
    observed: [annLive, bobLive],
    troubled: { "Team/ann": "identity/ambiguous" },
    unmanaged: ["1", "2"],
  },
  {
    it: "does not choose between two old names",
    resources: [{ ...ann, previously: ["bob@x", "eve@x"] }],
    observed: [bobLive, live("Team", "3", "eve@x", {})],
    troubled: { "Team/ann": "identity/ambiguous" },
    unmanaged: ["2", "3"],
  },
  {
    it: "never creates where the object of an old name has gone",
    resources: [{ ...ann, previously: ["anna"] }],
    observed: [],
    applied: ledger({ "Team/anna": "7" }),
    troubled: { "Team/ann": "identity/lost" },
  },
  {
    it: "finds what lives in a renamed one by the ledger's id, whatever it is called there by now",
    resources: [
      { ...crew, previously: ["gang"] },
      e3(),
      declare("Seat", "d3", { team: "crew" }, { previously: ["c3"] }),
    ],
    observed: [crewLive, seatLive("5", "somebody renamed it"), seatLive("6", "this too")],
    applied: ledger({ "Team/gang": "9", "Seat/gang/e3": "5", "Seat/gang/c3": "6" }),
    bound: {
      "Team/crew": "9 previously",
      "Seat/crew/e3": "5 previously",
      "Seat/crew/d3": "6 previously",
    },
  },
  {
    it: "follows what lives in one that was renamed twice through the upgrade between",
    resources: [{ ...crew, previously: ["mob", "gang"] }, e3()],
    observed: [crewLive, seatLive("6", "e3 by now")],
    applied: ledger(
      { "Team/gang": "9", "Seat/mob/e3": "5", "Seat/gang/e3": "6" },
      {},
      { successor: (id) => (id === "5" ? "6" : id) },
    ),
    bound: { "Team/crew": "9 previously", "Seat/crew/e3": "6 previously" },
  },
  {
    it: "never creates where what lived in a renamed one has gone",
    resources: [{ ...crew, previously: ["gang"] }, e3()],
    observed: [crewLive],
    applied: ledger({ "Team/gang": "9", "Seat/gang/e3": "5" }),
    bound: { "Team/crew": "9 previously" },
    troubled: { "Seat/crew/e3": "identity/lost" },
  },
  {
    it: "refuses an old name that is still declared",
    resources: [{ ...ann, previously: ["bob"] }, declare("Team", "bob", { mail: "bob@x" })],
    observed: [bobLive],
    applied: ledger({ "Team/bob": "2" }),
    bound: { "Team/bob": "2 ledger" },
    troubled: { "Team/ann": "identity/ambiguous" },
  },
  {
    it: "does not choose between two of the same key",
    resources: [crew, e3()],
    observed: [crewLive, seatLive("5", "e3"), seatLive("6", "e3")],
    bound: { "Team/crew": "9 key" },
    troubled: { "Seat/crew/e3": "identity/ambiguous" },
    unmanaged: ["5", "6"],
  },
  {
    it: "lets a pin decide between two of the same key",
    resources: [
      crew,
      declare("Seat", "d3", { team: "crew", label: "e3" }, { pinnedId: "6" }),
      e3(),
    ],
    observed: [crewLive, seatLive("5", "e3"), seatLive("6", "e3")],
    bound: { "Team/crew": "9 key", "Seat/crew/d3": "6 pinned", "Seat/crew/e3": "5 key" },
  },
  {
    it: "refuses both where two resources pin the same",
    resources: [
      { ...ann, pinnedId: "1" },
      declare("Team", "bob", { mail: "bob@x" }, { pinnedId: "1" }),
    ],
    observed: [annLive],
    troubled: { "Team/ann": "identity/ambiguous", "Team/bob": "identity/ambiguous" },
  },
  {
    it: "refuses a ledger id that another one pins",
    resources: [ann, declare("Team", "bob", { mail: "bob@x" }, { pinnedId: "1" })],
    observed: [annLive],
    applied: ledger({ "Team/ann": "1" }),
    bound: { "Team/bob": "1 pinned" },
    troubled: { "Team/ann": "identity/ambiguous" },
  },
  {
    it: "compares keys within the parent",
    resources: [crew, e3()],
    observed: [crewLive, seatLive("5", "e3", "other")],
    bound: { "Team/crew": "9 key" },
    missing: ["Seat/crew/e3"],
    unmanaged: ["5"],
  },
  {
    it: "finds nothing below a parent that is to be created",
    resources: [crew, e3()],
    observed: [seatLive("5", "e3", "")],
    missing: ["Team/crew", "Seat/crew/e3"],
    unmanaged: ["5"],
  },
  {
    it: "takes the only one of a singleton, whatever the ledger says",
    resources: [declare("House", "", { color: "red" })],
    observed: [live("House", "h", "", {})],
    applied: ledger({ House: "gone" }),
    bound: { House: "h key" },
  },
  {
    it: "does not choose between two of a singleton",
    resources: [declare("House", "", { color: "red" })],
    observed: [live("House", "h", "", {}), live("House", "i", "", {})],
    troubled: { House: "identity/ambiguous" },
    unmanaged: ["h", "i"],
  },
  {
    it: "ignores what is observed of an undeclared kind",
    resources: [],
    observed: [live("Product", "p", "p", {})],
  },
];

describe("match", () => {
  it.each(cases)(
    "$it",
    ({
      resources,
      observed,
      applied = ledger(),
      bound = {},
      troubled = {},
      missing = [],
      unmanaged = [],
    }) => {
      for (const reverse of [false, true]) {
        const [some, others] = reverse
          ? [[...resources].reverse(), [...observed].reverse()]
          : [resources, observed];
        const found = match(inputOf(some, others, { applied }));
        expect(
          Object.fromEntries(
            [...found.pairs].map(([of, pair]) => [of, `${pair.observed.id} ${pair.bound}`]),
          ),
        ).toEqual(bound);
        expect(
          Object.fromEntries([...found.troubled].map(([of, why]) => [of, why().code])),
        ).toEqual(troubled);
        expect(found.missing.map(({ address }) => address).sort()).toEqual([...missing].sort());
        expect(found.unmanaged.map(({ id }) => id).sort()).toEqual(unmanaged);
      }
    },
  );

  it("turns ids into names and addresses", () => {
    const found = match(inputOf([ann], [annLive, bobLive]));
    expect([
      found.nameOf("1", "Team"),
      found.nameOf("2", "Team"),
      found.nameOf("1", "Seat"),
      found.addressOf("1", "Team"),
    ]).toEqual(["ann", undefined, undefined, "Team/ann"]);
  });

  it("says which candidates there are, and where the manifest is", () => {
    const [found] = planOf(
      [crew, e3()],
      [crewLive, seatLive("6", "e3"), seatLive("5", "e3")],
    ).problems;
    expect(found).toMatchObject({
      severity: "error",
      address: "Seat/crew/e3",
      message: "Seat/crew/e3 could be 2 live objects: 5, 6.",
      at: { file: "Seat.yaml" },
    });
    expect(found?.hint).toContain("metadata.id");
  });

  it("takes nothing for lost where the kind cannot be read", () => {
    const unreadable = {
      ...supports,
      Team: { verbs: [], readable: [], writable: [], repeatable: [] },
    };
    expect(
      match(
        inputOf([ann, { ...ann, address: at("Team/b"), name: "b", pinnedId: "7" }], [], {
          applied: ledger({ "Team/ann": "0" }),
          supports: unreadable,
        }),
      ).troubled.size,
    ).toBe(0);
  });
});

describe("possible duplicates", () => {
  const product = (more: Partial<Resource> = {}) =>
    declare("Seat", "new", { team: "crew", product: "a" }, more);

  it("never orders a second one beside a live one no manifest claims", () => {
    const made = planOf([crew, product()], [crewLive, seatLive("5", "by-portal")]);
    expect([problems(made), lines(made)]).toEqual([
      ["identity/possible-duplicate Seat/crew/new"],
      [],
    ]);
    expect(made.problems[0]?.message).toContain("by-portal (5)");
    expect(made.problems[0]?.hint).toContain("allowDuplicate: true");
  });

  it.each([
    [
      "it is said to be a wanted duplicate",
      [product({ allowDuplicate: true })],
      seatLive("5", "by-portal"),
    ],
    [
      "the live one is gone",
      [product()],
      live("Seat", "5", "by-portal", { team: "9", product: "a", status: "off" }),
    ],
    ["the live one belongs to another parent", [product()], seatLive("5", "by-portal", "8")],
    [
      "the live one is something else",
      [product()],
      live("Seat", "5", "by-portal", { team: "9", product: "z" }),
    ],
    [
      "a manifest claims the live one",
      [product(), declare("Seat", "old", { team: "crew" }, { pinnedId: "5" })],
      seatLive("5", "by-portal"),
    ],
  ])("creates where %s", (_, resources, observed) => {
    const made = planOf([crew, ...resources], [crewLive, observed]);
    expect([problems(made), lines(made)]).toEqual([[], ["create Seat/crew/new#1"]]);
  });
});
