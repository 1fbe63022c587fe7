import { describe, expect, it } from "vitest";
import { digest } from "../../src/model/values/digest.ts";
import type { Spec } from "../../src/model/values/json.ts";
import type { Support } from "../../src/model/adapter.ts";
import {
  able,
  at,
  declare,
  kinds,
  ledger,
  lines,
  live,
  only,
  planOf,
  problems,
  supports,
} from "./toys.ts";

const crew = (spec: Spec = {}, more = {}) =>
  declare("Team", "crew", { mail: "crew@x", ...spec }, more);
const crewLive = (spec: Spec = {}) => live("Team", "9", "crew@x", { mail: "crew@x", ...spec });
const known = ledger({ "Team/crew": "9" });
const team = (support: Partial<Support>) => ({ ...supports, Team: { ...able, ...support } });

describe("what is equal", () => {
  it.each([
    ["nothing is mentioned of it", crew(), crewLive({ size: 3 })],
    [
      "a set is spelled in another order",
      crew({ tags: ["a", "b"] }),
      crewLive({ tags: ["b", "a", "a"] }),
    ],
    [
      "letters differ where they do not matter",
      crew(),
      live("Team", "9", "crew@x", { mail: "CREW@X" }),
    ],
    ["an empty object mentions nothing", crew({ place: {} }), crewLive({ place: { city: "x" } })],
    ["a reference is the name of the observed id", crew({ lead: "crew" }), crewLive({ lead: "9" })],
    [
      "references in a list are names",
      crew({ friends: ["crew", "77"] }),
      crewLive({ friends: ["9", "77"] }),
    ],
  ])("plans nothing where %s", (_, resource, observed) => {
    const made = planOf([resource], [observed]);
    expect([made.changes, made.problems, made.unchanged]).toEqual([[], [], 1]);
  });
});

describe("an update", () => {
  it("says the fields, before and after, the patch and what it is based on, and nothing that was not mentioned", () => {
    const change = only(
      planOf(
        [crew({ size: 2, tags: ["a"], place: { city: "x" } })],
        [crewLive({ size: 1, tags: ["a", "b"], secret: 1, place: { street: "s" } })],
        { applied: known },
      ),
    );
    expect(change).toEqual({
      id: "Team/crew#1",
      address: "Team/crew",
      kind: "Team",
      by: "adapter",
      reason: "differs",
      cause: "manifest",
      basedOn: ["/place/city", "/size", "/tags"],
      requires: [],
      impact: { reversible: "yes" },
      action: "update",
      fields: [
        { pointer: "/place/city", after: "x", cause: "manifest" },
        { pointer: "/size", before: 1, after: 2, cause: "manifest" },
        { pointer: "/tags", before: ["a", "b"], after: ["a"], cause: "manifest" },
      ],
      desired: { mail: "crew@x", place: { city: "x" }, size: 2, tags: ["a"] },
      observed: {
        id: "9",
        key: "crew@x",
        spec: { mail: "crew@x", place: {}, size: 1, tags: ["a", "b"] },
      },
      patch: [
        { op: "add", path: "/place/city", value: "x" },
        { op: "replace", path: "/size", value: 2 },
        { op: "replace", path: "/tags", value: ["a"] },
      ],
    });
  });

  it.each([
    ["manifest", { size: 1 }, "the manifest moved"],
    ["drift", { size: 2 }, "the account moved"],
    ["both", { size: 3 }, "both moved"],
  ])("knows the cause %s from what was applied", (cause, applied, _) => {
    const fields = {
      "Team/crew": Object.fromEntries(
        Object.entries(applied).map(([name, value]) => [`/${name}`, value]),
      ),
    } as unknown as Record<string, Spec>;
    const change = only(
      planOf([crew({ size: 2 })], [crewLive({ size: 1 })], {
        applied: ledger({ "Team/crew": "9" }, fields),
      }),
    );
    expect([change.cause, change.fields[0]?.cause]).toEqual([cause, cause]);
  });

  it("is new where the ledger never heard of the object, and both where one field moved here and one there", () => {
    expect(only(planOf([crew({ size: 2 })], [crewLive({ size: 1 })])).cause).toBe("new");
    const applied = ledger({ "Team/crew": "9" }, { "Team/crew": { "/size": 2, "/tint": "red" } });
    expect(
      only(
        planOf([crew({ size: 2, tint: "blue" })], [crewLive({ size: 1, tint: "red" })], {
          applied,
        }),
      ).cause,
    ).toBe("both");
  });

  it("makes a singleton that was not observed from nothing", () => {
    const change = only(
      planOf([declare("House", "", { color: { wall: "red", roof: "blue" } })], []),
    );
    expect(change).toMatchObject({
      action: "update",
      observed: { id: "", spec: {} },
      patch: [{ op: "add", path: "/color", value: { roof: "blue", wall: "red" } }],
    });
  });

  it("keeps both ends of a changed reference in refers, and names what the catalogue knows", () => {
    const resources = [
      crew(),
      declare("Team", "bob", { mail: "bob@x" }),
      declare("House", "", { owner: "bob" }),
    ];
    const made = planOf(resources, [
      crewLive(),
      live("Team", "2", "bob@x", { mail: "bob@x" }),
      live("House", "h", "", { owner: "9" }),
    ]);
    expect(only(made)).toMatchObject({
      fields: [{ pointer: "/owner", before: "crew", after: "bob" }],
    });
    expect(made.refers).toEqual({ "Team/bob": "2", "Team/crew": "9" });
    const seats = planOf(
      [crew(), declare("Seat", "s", { team: "crew", product: "a" })],
      [crewLive()],
      {
        catalogue: { find: (id) => ({ name: `Product ${id}` }), ids: [], price: () => undefined },
      },
    );
    expect([seats.names, seats.refers]).toEqual([{ a: "Product a" }, { "Team/crew": "9" }]);
  });
});

describe("a fixed field", () => {
  it("is a problem of its address alone, which names the field and says where", () => {
    const made = planOf(
      [crew({ region: "cn", size: 2 }), declare("Team", "bob", { mail: "bob@x", size: 2 })],
      [crewLive({ region: "us", size: 1 }), live("Team", "2", "bob@x", { mail: "bob@x", size: 1 })],
    );
    expect([problems(made), lines(made)]).toEqual([
      ["plan/fixed-field Team/crew"],
      ["update Team/bob#1 /size"],
    ]);
    expect(made.problems[0]?.message).toBe(
      '/region of Team/crew cannot change once it is created. The account has "us", the manifest says "cn".',
    );
    expect(made.problems[0]?.at?.excerpt).toBe("/spec/region");
  });

  it("keeps somebody's data out of the message, and hints at a rename", () => {
    const [found] = planOf([declare("Team", "crew", { mail: "new@x" })], [crewLive()], {
      applied: known,
    }).problems;
    expect(found?.message).not.toContain("@x");
    expect(found?.hint).toContain("previously");
  });

  it.each([
    ["an old key", ["CREW@x"], ledger({ "Team/crew": "9" }), ["update Team/crew#1 /mail"]],
    [
      "an old name",
      ["gang"],
      ledger({ "Team/gang": "9" }),
      ["rename Team/crew#1", "update Team/crew#2 /mail after Team/crew#1"],
    ],
    [
      "an old key, without a ledger",
      ["crew@x"],
      ledger(),
      ["rename Team/crew#1", "update Team/crew#2 /mail after Team/crew#1"],
    ],
  ])("may change where it is the key and previously has %s", (_, previously, applied, expected) => {
    expect(
      lines(
        planOf([declare("Team", "crew", { mail: "new@x" }, { previously })], [crewLive()], {
          applied,
        }),
      ),
    ).toEqual(expected);
  });

  it("stays fixed beside a rename when it is no key", () => {
    const made = planOf(
      [declare("Team", "crew", { mail: "new@x", region: "cn" }, { previously: ["crew@x"] })],
      [crewLive({ region: "us" })],
      { applied: known },
    );
    expect([problems(made), lines(made)]).toEqual([["plan/fixed-field Team/crew"], []]);
  });

  const s = (spec: Spec) => declare("Seat", "s", { team: "crew", ...spec });
  const sLive = (spec: Spec) => live("Seat", "5", "s", { team: "9", ...spec });

  it("is upgraded where the kind says so, and the rest follows", () => {
    const made = planOf(
      [crew(), s({ product: "b", quantity: 2 })],
      [crewLive(), sLive({ product: "a", quantity: 1 })],
    );
    expect(lines(made)).toEqual([
      "upgrade Seat/crew/s#1 /product",
      "update Seat/crew/s#2 /quantity after Seat/crew/s#1",
    ]);
    expect(made.changes.map(({ reason }) => reason)).toEqual(["upgraded", "differs"]);
  });

  it("counts nothing twice: each change starts from what the one before it leaves", () => {
    const made = planOf(
      [crew(), s({ product: "b", quantity: 2 })],
      [crewLive(), sLive({ product: "a", quantity: 1 })],
    );
    expect(made.changes).toMatchObject([
      {
        desired: { team: "crew", product: "b" },
        observed: { spec: { product: "a", quantity: 1 } },
      },
      {
        desired: { team: "crew", product: "b", quantity: 2 },
        observed: { spec: { product: "b", quantity: 1 } },
      },
    ]);
  });

  it("is the kind's own problem where it cannot be upgraded", () => {
    expect(
      problems(planOf([crew(), s({ product: "a" })], [crewLive(), sLive({ product: "b" })])),
    ).toEqual(["seat/no-upgrade Seat/crew/s"]);
  });
});

describe("a fixed field nobody has seen", () => {
  it("is no change: it is planned like any other", () => {
    const blind = team({ readable: ["/mail"], writable: ["/mail"] });
    expect(
      lines(planOf([crew({ region: "cn" })], [crewLive()], { supports: blind, applied: known })),
    ).toEqual(["manually: update Team/crew#1 /region"]);
  });
});

describe("what the backend cannot do", () => {
  it("is manually, with steps, where the kind is not supported at all", () => {
    const { House: _, ...others } = supports;
    const change = only(planOf([declare("House", "", { color: "red" })], [], { supports: others }));
    expect(change).toMatchObject({ by: "manual", action: "update", steps: ["set /color"] });
  });

  it("is split off as a manual change", () => {
    const made = planOf([crew({ size: 2, tint: "red" })], [crewLive({ size: 1 })], {
      supports: team({ writable: ["/size"] }),
    });
    expect(lines(made)).toEqual(["update Team/crew#1 /size", "manually: update Team/crew#2 /tint"]);
    expect(made.changes[0]).toMatchObject({ desired: { mail: "crew@x", size: 2 } });
    expect(made.totals).toMatchObject({ update: 1, manual: 1 });
    expect(made.forecast).toEqual({ reads: 1, writes: 1 });
  });

  it("follows a create manually, and never goes with it", () => {
    const made = planOf([crew({ tint: "red" })], [], {
      supports: team({ writable: ["/mail", "/size"] }),
    });
    expect(lines(made)).toEqual([
      "create Team/crew#1",
      "manually: update Team/crew#2 /tint after Team/crew#1",
    ]);
    expect(made.changes[0]).toMatchObject({ desired: { mail: "crew@x", size: 1 } });
    expect(made.changes[1]).toMatchObject({ patch: [{ op: "add", path: "/tint", value: "red" }] });
  });

  it("makes a whole create or removal a manual step where the verb is missing", () => {
    expect(lines(planOf([crew()], [], { supports: team({ verbs: ["update"] }) }))).toEqual([
      "manually: create Team/crew#1",
    ]);
    expect(
      lines(
        planOf([crew({}, { state: "absent" })], [crewLive()], {
          supports: team({ verbs: ["update"] }),
        }),
      ),
    ).toEqual(["manually: remove Team/crew#1"]);
  });

  it.each([
    [
      "manually, where it cannot be written",
      { readable: ["/mail"], writable: ["/mail"] },
      {},
      ["manually: update Team/crew#1 /tint"],
    ],
    [
      "nothing, where somebody vouched for it",
      { readable: ["/mail"], writable: ["/mail"] },
      { attested: () => true },
      [],
    ],
    [
      "by the adapter, where it was never applied",
      { readable: ["/mail"] },
      {},
      ["update Team/crew#1 /tint"],
    ],
    [
      "nothing, where it was applied",
      { readable: ["/mail"] },
      { matches: (): boolean => true },
      [],
    ],
    [
      "manually again, where only the ledger applied it and nobody can write it now",
      { readable: ["/mail"], writable: [] },
      { matches: (): boolean => true },
      ["manually: update Team/crew#1 /tint"],
    ],
  ])("takes what cannot be read for unknown: %s", (_, support, more, expected) => {
    const made = planOf([crew({ tint: "red" })], [crewLive()], {
      supports: team(support),
      applied: ledger({ "Team/crew": "9" }, {}, more),
    });
    expect(lines(made)).toEqual(expected);
  });

  it("never creates again what nobody can see and the ledger knows or a person vouched for", () => {
    const blind = team({ readable: [] });
    expect(lines(planOf([crew({ tint: "red" })], [], { supports: blind }))).toEqual([
      "create Team/crew#1",
    ]);
    expect(
      lines(
        planOf([crew({ tint: "red" })], [], {
          supports: blind,
          applied: ledger(
            { "Team/crew": "9" },
            { "Team/crew": { "/mail": "crew@x", "/tint": "red" } },
          ),
        }),
      ),
    ).toEqual([]);
    expect(
      lines(
        planOf([crew({ tint: "red" })], [], {
          supports: blind,
          applied: ledger(
            { "Team/crew": "9" },
            { "Team/crew": { "/mail": "crew@x", "/tint": "blue" } },
          ),
        }),
      ),
    ).toEqual(["update Team/crew#1 /tint"]);
    expect(
      lines(
        planOf([crew({ tint: "red" })], [], {
          supports: blind,
          applied: ledger({}, {}, { attested: () => true }),
        }),
      ),
    ).toEqual([]);
  });

  it("is a problem where not even the service can", () => {
    const readOnly = kinds.map((kind) => (kind.name === "Team" ? { ...kind, verbs: [] } : kind));
    expect(problems(planOf([crew()], [], { kinds: readOnly }))).toEqual([
      "plan/impossible Team/crew",
    ]);
    expect(problems(planOf([crew({ size: 2 })], [crewLive()], { kinds: readOnly }))).toEqual([
      "plan/impossible Team/crew",
    ]);
  });
});

describe("a create", () => {
  it("fills in defaults and shows every field as new", () => {
    expect(only(planOf([crew({ place: { city: "x" } }, { protect: true })], []))).toEqual({
      id: "Team/crew#1",
      address: "Team/crew",
      kind: "Team",
      by: "adapter",
      action: "create",
      reason: "declared",
      cause: "new",
      key: "crew@x",
      basedOn: ["/mail", "/place/city", "/size"],
      requires: [],
      impact: { reversible: "yes" },
      protect: true,
      fields: [
        { pointer: "/mail", after: "crew@x", cause: "new", personal: true },
        { pointer: "/place/city", after: "x", cause: "new" },
        { pointer: "/size", after: 1, cause: "new" },
      ],
      desired: { mail: "crew@x", place: { city: "x" }, size: 1 },
    });
  });
});

describe("a tombstone", () => {
  const gone = { state: "absent", reason: "left" } as const;

  it("removes what is there, with the reason", () => {
    expect(
      only(planOf([crew({}, gone)], [crewLive({ size: 3 })], { applied: known })),
    ).toMatchObject({
      action: "remove",
      reason: "tombstone",
      cause: "manifest",
      note: "left",
      basedOn: ["/mail"],
      fields: [],
      observed: { id: "9", spec: { mail: "crew@x" } },
      impact: { reversible: "until", destructive: true },
    });
  });

  it("is satisfied by what is not there, and by what the kind calls gone", () => {
    const made = planOf(
      [
        crew(),
        declare("Team", "bob", { mail: "bob@x" }, gone),
        declare("Seat", "s", { team: "crew" }, gone),
      ],
      [crewLive(), live("Seat", "5", "s", { team: "9", status: "off" })],
    );
    expect([lines(made), made.problems, made.unchanged, made.unmanaged]).toEqual([[], [], 3, []]);
  });

  it("is not based on references, which are names here and ids there", () => {
    const s = declare("Seat", "s", { team: "crew", label: "s" }, gone);
    const made = planOf(
      [crew(), s],
      [crewLive(), live("Seat", "5", "s", { team: "9", label: "s", product: "a" })],
    );
    expect(only(made).basedOn).toEqual(["/label"]);
  });

  it("forgets what the service cannot remove, once", () => {
    const resource = declare("Client", "fab", { domain: "fab" }, gone);
    const observed = [live("Client", "c", "fab", { domain: "fab" })];
    const first = planOf([resource], observed, { applied: ledger({ "Client/fab": "c" }) });
    expect([lines(first), first.forecast]).toEqual([
      ["forget Client/fab#1"],
      { reads: 0, writes: 0 },
    ]);
    expect(lines(planOf([resource], observed))).toEqual([]);
  });
});

describe("an exclusive kind", () => {
  const observed = [
    crewLive(),
    live("Team", "2", "bob@x", { mail: "bob@x" }),
    live("Team", "3", "guest@x", {}, { exempt: "guest" }),
    live("Team", "4", "me@x", {}),
    live("Team", "5", "sync@x", {}, { exempt: "synced" }),
  ];
  const more = { exclusive: ["Team"], account: { id: "a", adapter: "toy", principal: "4" } };

  it("loses what no manifest claims, but never a guest, a synced user or whoever runs the tool", () => {
    const made = planOf([crew()], observed, more);
    expect(lines(made)).toEqual(["remove Team/2#1"]);
    expect(only(made)).toMatchObject({
      reason: "exclusive",
      cause: "new",
      basedOn: ["/mail"],
      observed: { id: "2", key: "bob@x" },
    });
  });

  it("loses nothing in a narrowed plan, nor while a declared one cannot be told", () => {
    expect(lines(planOf([crew()], observed, { ...more, scope: [at("Team/crew")] }))).toEqual([]);
    expect(
      lines(
        planOf([crew(), declare("Team", "b", { mail: "b@x" }, { pinnedId: "0" })], observed, more),
      ),
    ).toEqual([]);
    expect(
      lines(
        planOf([crew()], observed, {
          ...more,
          applied: ledger({}, {}, { open: () => "Team/crew#1" }),
        }),
      ),
    ).toEqual([]);
  });

  it("still loses it beside a satisfied tombstone", () => {
    expect(
      lines(
        planOf(
          [crew(), declare("Team", "b", { mail: "b@x" }, { state: "absent" })],
          observed,
          more,
        ),
      ),
    ).toEqual(["remove Team/2#1"]);
  });

  it("must be of a kind that allows it", () => {
    const made = planOf([], [live("Client", "c", "fab", {})], { exclusive: ["Client"] });
    expect([problems(made), lines(made)]).toEqual([["plan/not-exclusive"], []]);
  });
});

describe("a write whose outcome is not known", () => {
  it("leaves the address alone and says what to do, even where its object cannot be found", () => {
    const made = planOf([crew({ size: 2 })], [], {
      applied: ledger({ "Team/crew": "9" }, {}, { open: () => "Team/crew#1" }),
    });
    expect([lines(made), made.problems]).toMatchObject([
      [],
      [{ severity: "warning", code: "ledger/unsettled", address: "Team/crew" }],
    ]);
    expect(made.problems[0]?.hint).toContain("settle Team/crew#1");
  });

  const gang = crew({}, { previously: ["gang"] });
  const seat = declare("Seat", "e3", { team: "crew" });
  it.each([
    ["its own", [gang], [], "Team/gang", []],
    [
      "that of what it lives in",
      [gang, seat],
      [crewLive()],
      "Seat/gang/e3",
      ["rename Team/crew#1"],
    ],
  ])(
    "leaves it alone under its new name too, where %s was changed meanwhile",
    (_, resources, observed, opened, renames) => {
      const applied = ledger(
        observed.length > 0 ? { "Team/gang": "9" } : {},
        {},
        { open: (of) => (of === opened ? "x#1" : undefined) },
      );
      expect([
        lines(planOf(resources, observed, { applied })),
        problems(planOf(resources, observed, { applied })),
      ]).toEqual([renames, [expect.stringContaining("ledger/unsettled")]]);
    },
  );
});

describe("the whole", () => {
  it("counts, lists what is unmanaged and is sealed by a digest that positions do not change", () => {
    const s = declare("Seat", "s", { team: "crew", product: "a", quantity: 3 });
    const observed = [
      crewLive(),
      live("Seat", "7", "x", { team: "9" }),
      live("Seat", "8", "y", { team: "77" }),
      live("Client", "c", "fab", {}),
    ];
    const made = planOf(
      [crew(), s, declare("Team", "bob", { mail: "bob@x" }, { pinnedId: "0" })],
      observed,
    );
    expect(made).toMatchObject({
      version: 1,
      unchanged: 1,
      coverage: { managed: 1, unmanaged: 3, toCreate: 1 },
      unmanaged: [
        { kind: "Client", id: "c", key: "fab" },
        { kind: "Seat", id: "8", key: "y", parent: "77" },
        { kind: "Seat", id: "7", key: "x", parent: "Team/crew" },
      ],
      totals: {
        create: 1,
        update: 0,
        upgrade: 0,
        remove: 0,
        forget: 0,
        manual: 0,
        seats: 3,
        money: { perMonth: "30.00", committed: "30.00", currency: "CNY" },
      },
      forecast: { reads: 1, writes: 1 },
    });
    const { digest: sealed, ...body } = made;
    expect(made.problems).toHaveLength(1);
    expect(sealed).toBe(
      digest({ ...body, problems: body.problems.map(({ at: _, ...rest }) => rest) }),
    );
  });

  it("is cheap where nothing changes: no guard and no check is asked", () => {
    const refuse = (): never => {
      throw new Error("asked");
    };
    expect(
      planOf([crew()], [crewLive()], {
        kinds: kinds.map((kind) => ({ ...kind, guard: refuse, checks: refuse, impact: refuse })),
      }).unchanged,
    ).toBe(1);
  });
});
