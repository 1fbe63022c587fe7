import { expect, test } from "vitest";
import { address } from "../../src/model/address.ts";
import type { Json } from "../../src/model/values/json.ts";
import type { AppliedFields, Entry, Event, Owner } from "../../src/model/ledger/ledger.ts";
import {
  appliedView,
  attemptAt,
  attestations,
  emptyState,
  foldEntry,
  foldAll,
  keyedDigest,
  objectOf,
  runs,
} from "../../src/model/ledger/ledger-state.ts";
import type { Action } from "../../src/model/plan/plan.ts";
import type { Status } from "../../src/model/plan/receipt.ts";
import { stepsOf } from "../steps.ts";

const office = address("Subscription", "office", "fabrikam");
const at = "2026-03-01T08:00:00Z";
const key = new Uint8Array(32).fill(7);
const keyed = (...args: [string, string, Json]) => keyedDigest(key, ...args);

function chained(events: readonly Event[]): readonly Entry[] {
  const marks = { appendLines: 2, appendSignature: "signed" };
  return events.map((event, index) => ({
    ...event,
    ...marks,
    seq: index + 1,
    prev: `${index}`,
    hash: `${index + 1}`,
  }));
}

function opened(run: string): Event {
  return {
    at,
    type: "run-opened",
    run,
    plan: `sha256:${run}`,
    account: "contoso",
    actor: "ada",
    allowed: ["irreversible"],
    changes: 1,
    commit: "c0ffee",
  };
}

function intent(
  run: string,
  action: Action,
  more: { readonly id?: string; readonly fields?: AppliedFields } = {},
): Event {
  return {
    at,
    type: "intent",
    run,
    change: `${office}#1`,
    address: office,
    kind: "Subscription",
    action,
    object: office,
    attempt: 1,
    digest: `sha256:${action}`,
    requestId: run,
    ...more,
  };
}

function outcome(
  run: string,
  status: Status,
  more: Partial<Extract<Event, { type: "outcome" }>> = {},
): Event {
  return {
    at,
    type: "outcome",
    run,
    change: `${office}#1`,
    address: office,
    status,
    by: "reply",
    ...more,
  };
}

function after(...events: readonly Event[]) {
  return foldAll(chained(events));
}

const created = [
  opened("r1"),
  intent("r1", "create", { fields: { "/quantity": { value: 5 }, "/status": { value: "active" } } }),
  outcome("r1", "done", { id: "s1" }),
];

const founded: Event = {
  at,
  type: "founded",
  id: "L",
  version: 1,
  key: "K",
  account: { id: "contoso", adapter: "local" },
  project: ".",
};

test("nothing comes of nothing, and a state is plain JSON", () => {
  expect(after()).toEqual(emptyState());
  const state = after(founded, ...created);
  expect(JSON.parse(JSON.stringify(state))).toEqual(state);
  expect(state).toMatchObject({
    id: "L",
    key: "K",
    foundedFor: { account: { id: "contoso", adapter: "local" }, project: "." },
    seq: 4,
    head: "4",
    spent: { "sha256:r1": "r1" },
    open: {},
  });
});

test("a write that is done binds the id and keeps the fields", () => {
  expect(after(...created)).toMatchObject({
    bindings: { [office]: { id: "s1", run: "r1" } },
    ids: { [office]: "s1" },
    applied: { [office]: { "/quantity": { value: 5 }, "/status": { value: "active" } } },
  });
});

test("an update merges; its id is the intent's where the outcome does not say", () => {
  const state = after(
    ...created,
    intent("r2", "update", { id: "s1", fields: { "/quantity": { value: 9 } } }),
    outcome("r2", "done"),
  );
  expect(state.applied[office]).toEqual({
    "/quantity": { value: 9 },
    "/status": { value: "active" },
  });
  expect(state.bindings[office]).toMatchObject({ id: "s1", run: "r2" });
});

test("an upgrade binds the new id, and remembers what became of the old one", () => {
  const twice = after(
    ...created,
    intent("r2", "upgrade", { id: "s1" }),
    outcome("r2", "done", { id: "s2" }),
    intent("r3", "upgrade", { id: "s2" }),
    outcome("r3", "done", { id: "s3" }),
  );
  expect(twice.bindings[office]?.id).toBe("s3");
  const { successor } = appliedView(twice, () => null, new Set());
  expect(["s1", "s2", "s3", "other"].map(successor)).toEqual(["s3", "s3", "s3", "other"]);
});

test.each<[string, Status]>([
  ["failed", "failed"],
  ["stale", "stale"],
  ["skipped", "skipped"],
])("one that %s changes nothing and is closed", (_, status) => {
  const state = after(
    ...created,
    intent("r2", "update", { id: "s1", fields: { "/quantity": { value: 9 } } }),
    outcome("r2", status),
  );
  expect(state).toMatchObject({
    open: {},
    applied: { [office]: { "/quantity": { value: 5 } } },
    bindings: { [office]: { id: "s1" } },
  });
});

test("one whose outcome is missing or unknown stays open until somebody tells", () => {
  const begun = [...created, intent("r2", "create", { fields: { "/quantity": { value: 9 } } })];
  expect(Object.values(after(...begun).open)).toMatchObject([{ run: "r2", action: "create", at }]);
  expect(Object.values(after(...begun, outcome("r2", "unknown")).open)).toMatchObject([
    { run: "r2", status: "unknown" },
  ]);
  const told = after(
    ...begun,
    outcome("r2", "unknown"),
    outcome("r2", "done", { id: "s9", by: "person", actor: "grace" }),
  );
  expect(told).toMatchObject({
    open: {},
    bindings: { [office]: { id: "s9" } },
    applied: { [office]: { "/quantity": { value: 9 } } },
  });
});

test("a removed object that is still there keeps its id, one that vanished or was released has none", () => {
  const suspended = after(
    ...created,
    intent("r2", "remove", { id: "s1", fields: { "/status": { value: "suspended" } } }),
    outcome("r2", "done", { id: "s1" }),
  );
  expect(suspended).toMatchObject({
    bindings: { [office]: { id: "s1" } },
    applied: { [office]: { "/status": { value: "suspended" } } },
  });
  const gone = [
    after(...created, intent("r2", "remove", { id: "s1" }), outcome("r2", "done")),
    after(...created, intent("r2", "forget", { id: "s1" }), outcome("r2", "done", { id: "s1" })),
    after(...created, outcome("r2", "done", { action: "forget" })),
  ];
  for (const state of gone)
    expect(state).toMatchObject({ bindings: {}, ids: {}, applied: {}, attested: {} });
});

test("a change of an object counts from its intent on, and a name that is free from what freed it", () => {
  const suspended = after(
    ...created,
    intent("r2", "update", { id: "s1" }),
    opened("r3"),
    outcome("r2", "done"),
  );
  expect([
    suspended.bindings[office]?.seq,
    suspended.bindings[office]?.began,
    suspended.freed,
  ]).toEqual([6, 4, {}]);
  const failed = after(...created, intent("r2", "update", { id: "s1" }), outcome("r2", "failed"));
  expect([failed.bindings[office]?.began, failed.freed]).toEqual([2, {}]);
  const removed = after(
    ...created,
    intent("r2", "remove", { id: "s1" }),
    opened("r3"),
    outcome("r2", "done"),
  );
  expect([removed.bindings, removed.freed]).toEqual([{}, { [office]: 4 }]);
  expect(after(...created, outcome("r2", "done", { action: "forget" })).freed).toEqual({
    [office]: 4,
  });
  expect(after(...created, ...renamedTo("r2", desk, office)).freed).toEqual({ [office]: 4 });
  expect(
    after(...created, intent("r2", "protect", { id: "s1" }), outcome("r2", "done")).bindings[
      office
    ],
  ).toMatchObject({
    seq: 3,
    began: 4,
  });
});

test("the lease is the last one taken and not given back; renewing keeps its beginning", () => {
  const [ada, grace]: readonly Owner[] = ["ada", "grace"].map((actor) => ({
    actor,
    host: "h",
    pid: 1,
    token: actor,
  }));
  if (!ada || !grace) throw new Error("two are needed");
  const leased = (owner: Owner, minute: number): Event => ({
    at: `2026-03-01T08:0${minute}:00Z`,
    type: "leased",
    owner,
    seconds: 300,
  });
  expect(after(leased(ada, 0), leased(ada, 2)).lease).toEqual({
    heldBy: ada,
    since: "2026-03-01T08:00:00Z",
    seconds: 300,
    entry: expect.stringMatching(/^[0-9a-f]+$/),
  });
  expect(after(leased(ada, 0), { at, type: "released", owner: ada }).lease).toBeUndefined();
  expect(
    after(leased(ada, 0), { at, type: "released", owner: ada, endedBy: grace }, leased(grace, 3), {
      at,
      type: "released",
      owner: ada,
    }).lease,
  ).toMatchObject({ heldBy: grace });
});

test("the planner is told what was applied, field by field", () => {
  const name = keyed(office, "/email", "li@contoso.example");
  const state = after(
    ...created,
    intent("r2", "update", {
      id: "s1",
      fields: {
        "/email": { keyed: name },
        "/phone": { keyed: null },
        "/roles": { value: ["a", { b: 1, c: 2 }] },
      },
    }),
    outcome("r2", "done"),
  );
  const told = appliedView(state, keyed, new Set());
  expect(told.id(office)).toBe("s1");
  expect(told.matches(office, "/quantity", 5)).toBe(true);
  expect(told.matches(office, "/quantity", 6)).toBe(false);
  expect(told.matches(office, "/quantity", undefined)).toBe(false);
  expect(told.matches(office, "/roles", ["a", { c: 2, b: 1 }])).toBe(true);
  expect(told.matches(office, "/never", 5)).toBeUndefined();
  expect(told.matches(office, "/email", "li@contoso.example")).toBe(true);
  expect(told.matches(office, "/email", "wang@contoso.example")).toBe(false);
  expect(told.matches(office, "/phone", "1")).toBeUndefined();
  expect(
    appliedView(state, () => null, new Set()).matches(office, "/email", "li@contoso.example"),
  ).toBeUndefined();
  expect(appliedView(emptyState(), keyed, new Set()).id(office)).toBeUndefined();
});

test("what a person vouched for counts until it is applied otherwise", () => {
  const vouched: Event = {
    at,
    type: "attested",
    plan: "sha256:p",
    change: `${office}#1`,
    address: office,
    actor: "grace",
    fields: { "/featured": { value: ["a"] } },
    note: "done in the portal",
  };
  const told = appliedView(after(...created, vouched), keyed, new Set());
  expect([
    told.attested(office, "/featured", ["a"]),
    told.attested(office, "/featured", ["b"]),
    told.attested(office, "/quantity", 5),
  ]).toEqual([true, false, false]);
  expect(told.matches(office, "/featured", ["a"])).toBe(true);
  const later = appliedView(
    after(
      ...created,
      vouched,
      intent("r2", "update", { id: "s1", fields: { "/featured": { value: ["b"] } } }),
      outcome("r2", "done"),
    ),
    keyed,
    new Set(),
  );
  expect([
    later.attested(office, "/featured", ["a"]),
    later.matches(office, "/featured", ["b"]),
  ]).toEqual([false, true]);
  expect(attestations(chained([vouched]))).toEqual([
    {
      at,
      actor: "grace",
      plan: "sha256:p",
      change: `${office}#1`,
      address: office,
      fields: ["/featured"],
      note: "done in the portal",
    },
  ]);
});

test("an unsettled write is told only where it is asked for", () => {
  const state = after(intent("r1", "create"));
  expect(appliedView(state, keyed, new Set([office])).open(office)).toBe(`${office}#1`);
  expect(appliedView(state, keyed, new Set()).open(office)).toBeUndefined();
});

test("a personal value is digested with its place and the ledger's key", () => {
  const digest = keyedDigest(key, office, "/email", "a");
  expect(digest).toMatch(/^[\w-]{43}$/);
  expect(
    new Set([
      digest,
      keyedDigest(key, office, "/mail", "a"),
      keyedDigest(key, address("User", "li"), "/email", "a"),
      keyedDigest(key, office, "/email", "b"),
      keyedDigest(new Uint8Array(32), office, "/email", "a"),
    ]).size,
  ).toBe(5);
});

test("runs are told from first to last, an outcome found out later in the run that intended it", () => {
  const told = runs(
    chained([
      ...created,
      { at: "2026-03-01T09:00:00Z", type: "run-closed", run: "r1", done: 1, failed: 0, unknown: 0 },
      opened("r2"),
      intent("r2", "update"),
      { at, type: "run-closed", run: "r2", done: 0, failed: 0, unknown: 1, interrupted: true },
      opened("r3"),
      outcome("r3", "skipped", { action: "remove", because: "it waited" }),
      outcome("r2", "done", { id: "s1", by: "reading", credential: "lost" }),
    ]),
  );
  expect(told).toMatchObject([
    {
      run: "r1",
      plan: "sha256:r1",
      openedAt: at,
      closedAt: "2026-03-01T09:00:00Z",
      planned: 1,
      commit: "c0ffee",
      allowed: ["irreversible"],
      changes: [{ action: "create", status: "done", id: "s1" }],
    },
    {
      run: "r2",
      interrupted: true,
      changes: [{ action: "update", status: "done", id: "s1", credential: "lost" }],
    },
    { run: "r3", changes: [{ action: "remove", status: "skipped", because: "it waited" }] },
  ]);
  expect(told[2]).not.toHaveProperty("closedAt");
  expect(told[0]).not.toHaveProperty("type");
});

test("folding takes as many steps for the last entry as for the first", async () => {
  const state = emptyState();
  const fold = (from: number) => {
    for (let index = from; index < from + 5_000; index += 1) {
      const one = address("User", `u${index}`);
      const change = `${one}#1` as const;
      foldEntry(state, {
        at,
        type: "intent",
        run: "r",
        change,
        address: one,
        kind: "User",
        action: "create",
        object: one,
        attempt: 1,
        digest: "sha256:d",
        requestId: "q",
        fields: { "/a": { value: 1 } },
        seq: index,
        prev: "p",
        hash: "h",
      });
      foldEntry(state, {
        at,
        type: "outcome",
        run: "r",
        change,
        address: one,
        status: "done",
        id: "i",
        by: "reply",
        seq: index,
        prev: "p",
        hash: "h",
      });
    }
  };
  const first = await stepsOf(() => fold(0));
  fold(5_000);
  const last = await stepsOf(() => fold(10_000));
  expect(Object.keys(state.bindings)).toHaveLength(15_000);
  expect(first).toBeGreaterThan(10_000);
  expect(last).toBeLessThan(1.01 * first);
});

const desk = address("Subscription", "desk", "fabrikam");
const renamedTo = (run: string, to: typeof office, from: typeof office): readonly Event[] => [
  { ...intent(run, "rename", { id: "s1" }), address: to, change: `${to}#1`, from } as Event,
  { ...outcome(run, "done", { id: "s1" }), address: to, change: `${to}#1` } as Event,
];

test("a rename takes along all that is known, what is open too, and frees the old name for another object", () => {
  const open = intent("r2", "update", { id: "s1", fields: { "/quantity": { value: 9 } } });
  const state = after(...created, open, ...renamedTo("r3", desk, office));
  expect(Object.keys(state.bindings)).toEqual([desk]);
  expect(state.bindings[desk]).toMatchObject({
    id: "s1",
    run: "r3",
    action: "create",
    digest: "sha256:create",
  });
  expect([state.ids, state.applied[desk]?.["/quantity"]]).toEqual([{ [desk]: "s1" }, { value: 5 }]);
  expect(Object.values(state.open).map((one) => one.address)).toEqual([desk]);
  expect([objectOf(state, desk), objectOf(state, office)]).toEqual([office, `${office}~2`]);
});

test("names that go back and forth stay the same object, and attempts go on counting", () => {
  const state = after(
    ...created,
    ...renamedTo("r2", desk, office),
    ...renamedTo("r3", office, desk),
  );
  expect([objectOf(state, office), objectOf(state, desk)]).toEqual([office, `${desk}~2`]);
  expect(attemptAt(state, office)).toBe(2);
});

test("a rename of what the ledger did not know binds it", () => {
  const unknown = address("Subscription", "s1", "fabrikam");
  const state = after(...renamedTo("r1", desk, unknown));
  expect([state.ids, state.generations]).toEqual([{ [desk]: "s1" }, {}]);
});

test("what vanished is forgotten under whatever name it was known, and its name is another object's then", () => {
  const removal = {
    ...intent("r2", "remove", { id: "s1" }),
    address: desk,
    change: `${desk}#1`,
  } as Event;
  const gone = { ...outcome("r2", "done"), address: desk, change: `${desk}#1` } as Event;
  const state = after(...created, removal, gone);
  expect([state.ids, objectOf(state, office), attemptAt(state, office)]).toEqual([
    {},
    `${office}~2`,
    1,
  ]);
});

test.each([
  ["reply", 2, false],
  ["person", 2, false],
  ["reading", 1, true],
] as const)(
  "a creation that did not happen, as a %s says: the next attempt is number %i",
  (by, next, isPending) => {
    const state = after(intent("r1", "create"), outcome("r1", "failed", { by }));
    expect([attemptAt(state, office), state.attempts[office]?.pending !== undefined]).toEqual([
      next,
      isPending,
    ]);
    const later = after(
      intent("r1", "create"),
      outcome("r1", "failed", { by }),
      outcome("r1", "done", { by: "person", id: "s1" }),
    );
    expect(later.attempts).toEqual({});
    expect(later.bindings[office]).toMatchObject({ id: "s1", attempt: isPending ? 1 : 0 });
  },
);
