import { describe, expect, test } from "vitest";
import { subscription } from "../../src/kinds/subscription.ts";
import type { Address } from "../../src/model/address.ts";
import type { Event } from "../../src/model/ledger/ledger.ts";
import { noHash } from "../../src/model/ledger/ledger.ts";
import { appliedView, emptyState, foldEntry } from "../../src/model/ledger/ledger-state.ts";
import { isEnded } from "../../src/plan/propose/leaning.ts";

const address = "Subscription/fabrikam/archive" as Address;
const at = "2026-11-05T09:00:00Z";
const fields = {
  "/addOnOf": { value: "mail" },
  "/status": { value: "active" },
  "/partnerIdOnRecord": { keyed: "x" },
} as const;

function intent(action: "create" | "update" | "remove", more: object = {}): Event {
  const subject = {
    run: action,
    change: `${address}#1`,
    address,
    kind: "Subscription",
    action,
    object: address,
    attempt: 1,
  };
  return { at, type: "intent", ...subject, requestId: "r", digest: "sha256:0", ...more } as Event;
}

function done(action: string): Event {
  return {
    at,
    type: "outcome",
    run: action,
    change: `${address}#1`,
    address,
    by: "reply",
    status: "done",
    id: "9",
  } as Event;
}

/** What the ledger says of the add-on while its last write is not over or does not show. */
function told(...events: readonly Event[]) {
  const state = emptyState();
  for (const [seq, event] of events.entries())
    foldEntry(state, { ...event, seq, prev: noHash, hash: noHash });
  return appliedView(state, () => null, new Set([address])).unsettled("Subscription");
}

const ordered = [intent("create", { fields }), done("create")];
const stopped = intent("update", { id: "9", fields: { "/status": { value: "suspended" } } });

describe("what is not over or does not show yet", () => {
  test.each<readonly [string, readonly Event[], boolean]>([
    ["an order that is open", ordered.slice(0, 1), false],
    ["an order that was done", ordered, false],
    ["a suspension that is open", [...ordered, stopped], false],
    ["a suspension that was done", [...ordered, stopped, done("update")], true],
    ["a removal that is open", [...ordered, intent("remove", { id: "9" })], false],
    ["a removal that was done", [...ordered, intent("remove", { id: "9" }), done("remove")], true],
  ])("%s", (_, events, ended) => {
    const all = told(...events);
    expect(all.map((one) => isEnded(one, subscription))).toEqual([ended]);
    expect(all).toMatchObject([{ address, spec: { addOnOf: "mail" } }]);
    expect(all[0]?.spec).not.toHaveProperty("partnerIdOnRecord");
  });

  test("of another kind is told apart", () => {
    expect(
      appliedView(emptyState(), () => null, new Set([address])).unsettled("Subscription"),
    ).toEqual([]);
    const state = emptyState();
    foldEntry(state, { ...intent("create", { fields }), seq: 0, prev: noHash, hash: noHash });
    expect(appliedView(state, () => null, new Set()).unsettled("Customer")).toEqual([]);
  });
});
