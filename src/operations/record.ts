import { createHash } from "node:crypto";
import type { Event } from "../model/ledger.ts";
import type { Change } from "../model/plan.ts";
import type { Result } from "../model/receipt.ts";
import { appliedFields, appliedKey, keyedBy } from "./applied-fields.ts";
import type { Sight } from "./look.ts";
import type { Run } from "./run.ts";

/** How a change ended: a result but for what it is about. */
export type Ending = Omit<Result, "change" | "address" | "action">;

/** The result of a change that ended like this. */
export function resultOf({ id, address, action }: Change, ending: Ending): Result {
  return { change: id, address, action, ...ending };
}

/** The id a change's request has on every machine, whoever sends it. */
export function requestIdOf(run: Run, change: Change): string {
  return uuidOf(`${run.plan.digest}\n${change.id}`);
}

/** What the ledger keeps of a change before it is sent: enough to tell later, by reading, whether it happened. */
export function intentOf(run: Run, change: Change, sight: Sight): Event {
  const kind = run.kinds.get(change.kind);
  const keyed = keyedBy(run.ledgerKey);
  const named = "observed" in change ? change.observed : { key: change.key, spec: change.desired };
  const key = kind && appliedKey(kind, change.address, named, keyed);
  return {
    at: run.view.now(),
    type: "intent",
    ...subjectOf(run, change),
    kind: change.kind,
    action: change.action,
    requestId: requestIdOf(run, change),
    ...("observed" in change && { id: sight.current?.id ?? change.observed.id }),
    ...(key !== undefined && { key }),
    ...(sight.parentId !== undefined && { parentId: sight.parentId }),
    ...(sight.existing.length > 0 && { existing: sight.existing }),
    ...("desired" in change && kind && { fields: appliedFields(kind, change.address, change.desired, keyed) }),
    ...(change.action === "create" && kind?.handsOut && { credential: true }),
  };
}

/** What the ledger keeps of how a change ended. A backend's words may quote somebody's data, so only their code goes on record. */
export function outcomeOf(run: Run, change: Change, { hint: _hint, because: _because, ...ending }: Ending): Event {
  return { at: run.view.now(), type: "outcome", ...subjectOf(run, change), by: "reply", ...ending };
}

function subjectOf(run: Run, change: Change) {
  return { run: run.id, change: change.id, address: change.address };
}

/** A UUID that is the same for the same text (its first 16 bytes of SHA-256, marked as version 8, RFC 9562). */
function uuidOf(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
