import { describe, expect, test } from "vitest";
import { kinds } from "../../src/kinds/index.ts";
import type { Address } from "../../src/model/address.ts";
import type { Spec } from "../../src/model/values/json.ts";
import type { Verb } from "../../src/model/kind.ts";
import {
  emptyState,
  type LedgerState,
  type OpenIntent,
} from "../../src/model/ledger/ledger-state.ts";
import type { Observed } from "../../src/model/observed.ts";
import { appliedFields, appliedKey, keyedBy } from "../../src/model/ledger/applied-fields.ts";
import { type Evidence, verdict } from "../../src/operations/settle/infer-outcome.ts";
import { presume } from "../../src/operations/settle/presume.ts";
import type { Waited } from "../../src/operations/settle/waited.ts";

const keyed = keyedBy(Buffer.alloc(32, 1));
const at = (seconds: number) => new Date(Date.UTC(2026, 10, 22) + seconds * 1000).toISOString();
const parent = { parentId: "customer-1" };
const offer = "5FA4F213-638C-5693-ADE5-924129D90D90";
const subscription = (id: string, spec: Spec = {}): Observed => ({
  kind: "Subscription",
  id,
  key: "office",
  ...parent,
  spec: { customer: "customer-1", offer, quantity: 5, status: "active", ...spec },
});
const address = "Subscription/fabrikam/office" as Address;
const kind = (name: string) => kinds.find((one) => one.name === name) ?? expect.fail(name);

function intent(more: Partial<OpenIntent>): OpenIntent {
  return {
    at: at(0),
    seq: 1,
    over: true,
    countedFrom: at(1),
    run: "run",
    change: `${address}#1`,
    address,
    kind: "Subscription",
    action: "create",
    object: address,
    attempt: 1,
    digest: "sha256:d",
    requestId: "request",
    key: "office",
    ...parent,
    ...more,
  };
}

/** Its holder may still send it. */
function withoutEnd({ over: _, ...rest }: OpenIntent): OpenIntent {
  return rest;
}

/** No reading was made yet. */
function withoutCount({ countedFrom: _, ...rest }: OpenIntent): OpenIntent {
  return rest;
}

function evidence({
  now = 100,
  lag,
  state = emptyState(),
  readable = [""],
  repeatable = ["create", "upgrade"],
  proposals = new Map(),
}: {
  readonly now?: number;
  readonly lag?: number;
  readonly state?: LedgerState;
  readonly readable?: readonly string[];
  readonly repeatable?: readonly Verb[];
  readonly proposals?: Evidence["proposals"];
} = {}): Evidence {
  const support = {
    verbs: [],
    readable,
    writable: [""],
    repeatable,
    ...(lag !== undefined && { lag }),
  };
  return {
    state,
    kinds,
    supports: { Subscription: support, User: support },
    waited: waitedAt(now),
    keyed,
    proposals,
  };
}

/** By one clock that tells everything. */
const waitedAt =
  (now: number): Waited =>
  ({ since }) =>
    since === undefined ? 0 : now - (Date.parse(since) - Date.parse(at(0))) / 1000;

const bound = (id: string): LedgerState => ({
  ...emptyState(),
  ids: { ["Subscription/fabrikam/other" as Address]: id },
});
const fields = appliedFields(
  kind("Subscription"),
  address,
  { customer: "fabrikam", quantity: 7 },
  keyed,
);
const asOrdered = { quantity: 7, billingCycle: "monthly" };
const ordered = appliedFields(
  kind("Subscription"),
  address,
  { customer: "fabrikam", offer, status: "active", ...asOrdered },
  keyed,
);
const unread: Observed = { ...subscription("s-1"), spec: { customer: "customer-1" } };
const happened = (id: string) => ({ happened: true, id });
const not = { happened: false };

describe("what a reading says of a write", () => {
  test.each([
    [
      "a create: the one that was not there before",
      intent({}),
      [subscription("s-1")],
      evidence(),
      happened("s-1"),
    ],
    [
      "a create: nothing has its key",
      intent({}),
      [{ ...subscription("s-1"), key: "visio" }],
      evidence(),
      not,
    ],
    [
      "a create: nothing under that parent has",
      intent({}),
      [{ ...subscription("s-1"), parentId: "customer-2" }],
      evidence(),
      not,
    ],
    [
      "a create: only what was there before",
      intent({ existing: ["s-1"] }),
      [subscription("s-1")],
      evidence(),
      not,
    ],
    [
      "a create: only what belongs to another address",
      intent({}),
      [subscription("s-1")],
      evidence({ state: bound("s-1") }),
      not,
    ],
    [
      "a create: one of two, nobody can say which",
      intent({}),
      [subscription("s-1"), subscription("s-2")],
      evidence(),
      "unknown",
    ],
    [
      "a create: what was ordered",
      intent({ fields: ordered }),
      [subscription("s-1", asOrdered)],
      evidence(),
      happened("s-1"),
    ],
    [
      "a create: what nobody reads counts for nothing",
      intent({ fields: ordered }),
      [unread],
      evidence(),
      happened("s-1"),
    ],
    [
      "a create: its key with another offer",
      intent({ fields: ordered }),
      [subscription("s-1", { ...asOrdered, offer: "A" })],
      evidence(),
      "unknown",
    ],
    [
      "a create: with other seats",
      intent({ fields: ordered }),
      [subscription("s-1", { ...asOrdered, quantity: 6 })],
      evidence(),
      "unknown",
    ],
    [
      "a create: billed in another way",
      intent({ fields: ordered }),
      [subscription("s-1", { ...asOrdered, billingCycle: "annual" })],
      evidence(),
      "unknown",
    ],
    [
      "a create: what can be set after the order may differ",
      intent({ fields: ordered }),
      [subscription("s-1", { ...asOrdered, status: "suspended" })],
      evidence(),
      happened("s-1"),
    ],
    [
      "an upgrade: its name with another offer",
      intent({ action: "upgrade", id: "s-1", existing: ["s-1"], fields: ordered }),
      [subscription("s-1"), subscription("s-2", { ...asOrdered, offer: "A" })],
      evidence(),
      "unknown",
    ],
    [
      "an upgrade: seats may have moved",
      intent({ action: "upgrade", id: "s-1", existing: ["s-1"], fields: ordered }),
      [subscription("s-1"), subscription("s-2", { ...asOrdered, quantity: 6 })],
      evidence(),
      happened("s-2"),
    ],
    [
      "a create in a backend that lags: too early",
      intent({ countedFrom: at(95) }),
      [],
      evidence({ lag: 10 }),
      "unknown",
    ],
    [
      "a create in a backend that lags: late enough",
      intent({ countedFrom: at(85) }),
      [],
      evidence({ lag: 10 }),
      not,
    ],
    [
      "a create that shows early",
      intent({ countedFrom: at(95) }),
      [subscription("s-1")],
      evidence({ lag: 10 }),
      happened("s-1"),
    ],
    ["a create whose run may still be at it", withoutEnd(intent({})), [], evidence(), "unknown"],
    [
      "an upgrade: the new one beside the old",
      intent({ action: "upgrade", id: "s-1", existing: ["s-1"] }),
      [subscription("s-1"), subscription("s-2")],
      evidence(),
      happened("s-2"),
    ],
    [
      "an upgrade: only the old one",
      intent({ action: "upgrade", id: "s-1", existing: ["s-1"] }),
      [subscription("s-1")],
      evidence(),
      not,
    ],
    [
      "an update: every value is there; names are not compared with ids",
      intent({ action: "update", id: "s-1", fields }),
      [subscription("s-1", { quantity: 7 })],
      evidence(),
      happened("s-1"),
    ],
    [
      "an update: a value is not there",
      intent({ action: "update", id: "s-1", fields }),
      [subscription("s-1")],
      evidence(),
      not,
    ],
    [
      "an update: the object has gone",
      intent({ action: "update", id: "s-1", fields }),
      [],
      evidence(),
      not,
    ],
    [
      "an update of what cannot be read",
      intent({ action: "update", id: "s-1", fields }),
      [subscription("s-1")],
      evidence({ readable: ["/status"] }),
      "unknown",
    ],
    [
      "a removal: it has gone",
      intent({ action: "remove", id: "s-1" }),
      [],
      evidence(),
      { happened: true },
    ],
    [
      "a removal: it is as good as gone",
      intent({ action: "remove", id: "s-1" }),
      [subscription("s-1", { status: "suspended" })],
      evidence(),
      happened("s-1"),
    ],
    [
      "a removal: it is still there",
      intent({ action: "remove", id: "s-1" }),
      [subscription("s-1")],
      evidence(),
      not,
    ],
    [
      "a removal in a backend that lags: too early",
      intent({ action: "remove", id: "s-1", countedFrom: at(95) }),
      [subscription("s-1")],
      evidence({ lag: 10 }),
      "unknown",
    ],
    [
      "a purchase: a list's silence proves nothing",
      intent({}),
      [],
      evidence({ repeatable: [] }),
      "unknown",
    ],
    [
      "a purchase, long after the lag",
      intent({}),
      [],
      evidence({ repeatable: [], lag: 10, now: 1e6 }),
      "unknown",
    ],
    [
      "a purchase that shows, beyond the lag",
      intent({}),
      [subscription("s-1")],
      evidence({ repeatable: [], lag: 10, now: 1e6 }),
      happened("s-1"),
    ],
    [
      "an upgrade that buys: only the old one",
      intent({ action: "upgrade", id: "s-1", existing: ["s-1"] }),
      [subscription("s-1")],
      evidence({ repeatable: [] }),
      "unknown",
    ],
    [
      "a lag that nobody has begun to count",
      withoutCount(intent({})),
      [],
      evidence({ lag: 10 }),
      "unknown",
    ],
    [
      "a holder whose lease was ended by force: it may still send",
      intent({ grace: 300 }),
      [],
      evidence({ now: 301 }),
      "unknown",
    ],
    [
      "a holder whose lease was ended by force: it can send no more",
      intent({ grace: 300 }),
      [],
      evidence({ now: 302 }),
      not,
    ],
    [
      "and what it sent may take its time to show",
      intent({ grace: 300 }),
      [],
      evidence({ now: 311, lag: 10 }),
      "unknown",
    ],
    ["until that is over too", intent({ grace: 300 }), [], evidence({ now: 312, lag: 10 }), not],
  ])("%s", (_, one, observed, means, expected) => {
    expect(verdict(one, observed, means)).toEqual(expected);
  });

  test("a key that is somebody's data is told from its digest, and so are the values", () => {
    const user = "User/li-wei" as Address;
    const spec = { userPrincipalName: "li.wei@contoso.example", displayName: "Li Wei" };
    const key = appliedKey(kind("User"), user, { spec, key: "li.wei@contoso.example" }, keyed);
    expect(key).not.toContain("li.wei");
    const one: Observed = { kind: "User", id: "u-1", key: "li.wei@contoso.example", spec };
    const made: OpenIntent = {
      at: at(0),
      seq: 1,
      over: true,
      run: "run",
      change: `${user}#1`,
      address: user,
      kind: "User",
      action: "create",
      object: user,
      attempt: 1,
      digest: "sha256:d",
      requestId: "r",
      ...(key !== undefined && { key }),
    };
    expect(verdict(made, [one], evidence())).toEqual(happened("u-1"));
    expect(verdict(made, [{ ...one, key: "other@contoso.example" }], evidence())).toEqual(not);
    const changed: OpenIntent = {
      ...made,
      action: "update",
      id: "u-1",
      fields: appliedFields(kind("User"), user, spec, keyed),
    };
    expect(verdict(changed, [one], evidence())).toEqual(happened("u-1"));
    expect(
      verdict(changed, [{ ...one, spec: { ...spec, displayName: "Li" } }], evidence()),
    ).toEqual(not);
  });
});

describe("what planning presumes", () => {
  const open = (one: OpenIntent): LedgerState => ({
    ...emptyState(),
    open: { key: one, [`${one.run} ${one.change}`]: one },
  });

  test("what a reading settles counts as recorded, and the ledger's state stays as it is", () => {
    const state = open(intent({ fields, protect: true }));
    const before = structuredClone(state);
    const presumed = presume([subscription("s-1", { quantity: 7 })], evidence({ state }), at(100));
    expect([...presumed.open]).toEqual([]);
    expect(presumed.state.bindings[address]).toMatchObject({ id: "s-1", run: "run" });
    expect(presumed.state.head).toBe(state.head);
    expect(state).toEqual(before);
  });

  test("what it cannot settle is left alone", () => {
    expect([
      ...presume([], evidence({ state: open(intent({ countedFrom: at(95) })), lag: 10 }), at(100))
        .open,
    ]).toEqual([address]);
  });

  test.each([
    ["not there yet", [], 95, [address]],
    ["there with other values", [subscription("s-1", { quantity: 5 })], 95, [address]],
    ["there as applied", [subscription("s-1", { quantity: 7 })], 95, []],
    ["not there, and late enough: planning has to say so", [], 85, []],
  ])("the last write in a backend that lags: %s", (_, observed, since, expected) => {
    const write = { seq: 1, began: 1, action: "create", attempt: 1 } as const;
    const state: LedgerState = {
      ...emptyState(),
      bindings: {
        [address]: {
          id: "s-1",
          run: "run",
          change: "x#1",
          at: at(since),
          backendTime: at(since),
          ...write,
        },
      },
      applied: { [address]: fields },
    };
    expect([...presume(observed, evidence({ state, lag: 10 }), at(100)).open]).toEqual(expected);
  });
});
