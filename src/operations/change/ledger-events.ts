import { createHash } from "node:crypto";
import type { Address } from "../../model/address.ts";
import { digest } from "../../model/values/digest.ts";
import type { Event } from "../../model/ledger/ledger.ts";
import { attemptAt, objectOf } from "../../model/ledger/ledger-state.ts";
import { type Making, marksOf } from "../../model/ledger/marks.ts";
import type { Kind } from "../../model/kind.ts";
import type { Change } from "../../model/plan/plan.ts";
import { recordedChange } from "../../model/ledger/recorded-change.ts";
import type { Result } from "../../model/plan/receipt.ts";
import { appliedKey, keyedBy, type SentValues, sentBy } from "../../model/ledger/applied-fields.ts";
import type { WriteReading } from "./read-before-write.ts";
import type { ApplyRun } from "../apply/apply-run.ts";

/** How a change ended: a result without the change's identity. */
export type Ending = Omit<Result, "change" | "address" | "action">;

/** Makes a change's result from its ending. */
export function resultOf({ id, address, action }: Change, ending: Ending): Result {
  return { change: id, address, action, ...ending };
}

/**
 * The request id of a change: the same on every machine and for every try of the same attempt at
 * writing an object.
 */
export function requestIdOf({ ledger }: ApplyRun, { address }: Change): string {
  return uuidOf(`${ledger.id}\n${objectOf(ledger, address)}\n${attemptAt(ledger, address)}`);
}

/** All values that a change sets, as the ledger records them: personal data as keyed digests. */
export function setBy(run: ApplyRun, change: Change): SentValues {
  return sentBy(change, run.kinds.get(change.kind), { object: objectOf(run.ledger, change.address), keyed: keyedBy(run.ledgerKey) });
}

/**
 * Marks of what a change creates, upgrades or removes. Objects with a common mark could be the
 * same. Empty for other actions.
 */
export function marksFor(run: ApplyRun, change: Change, parentId: string | undefined): readonly string[] {
  const kind = run.kinds.get(change.kind);
  const made = kind && madeBy(change, kind);
  if (!made) return [];
  return marksOf(kind, { ...made, ...(parentId !== undefined && { parentId }) }, keyedBy(run.ledgerKey));
}

function madeBy(change: Change, kind: Kind): Omit<Making, "parentId"> | undefined {
  if (change.action === "create") return { key: change.key, spec: change.desired };
  if (change.action === "upgrade") return { key: kind.key(change.desired, change.observed.key), spec: change.desired };
  return change.action === "remove" ? change.observed : undefined;
}

/** The address by which the ledger knows an object until the change is done. */
function ledgerName({ ledger }: ApplyRun, change: Change): Address {
  return change.action === "rename" && ledger.ids[change.from] !== undefined ? change.from : change.address;
}

/**
 * The intent that is recorded before a change is sent. It suffices to find out later, by reading,
 * whether the change happened.
 */
export function intentOf(run: ApplyRun, change: Change, sight: WriteReading): Event {
  const kind = run.kinds.get(change.kind);
  const keyed = keyedBy(run.ledgerKey);
  const named = "observed" in change ? change.observed : { key: change.key, spec: change.desired };
  const object = objectOf(run.ledger, ledgerName(run, change));
  const key = kind && appliedKey(kind, object, named, keyed);
  const marks = marksFor(run, change, sight.parentId);
  const set = setBy(run, change);
  return {
    at: run.view.now(),
    type: "intent",
    ...subjectOf(run, change),
    kind: change.kind,
    action: change.action,
    object,
    attempt: attemptAt(run.ledger, ledgerName(run, change)),
    requestId: requestIdOf(run, change),
    digest: digest(set),
    ...(marks.length > 0 && { marks }),
    ...(change.protect && change.action !== "unprotect" && { protect: true }),
    ...(change.action === "rename" && { from: change.from }),
    ...("observed" in change && { id: sight.current?.id ?? change.observed.id }),
    ...(key !== undefined && change.action !== "rename" && { key }),
    ...(sight.parentId !== undefined && { parentId: sight.parentId }),
    ...(sight.existing.length > 0 && { existing: sight.existing }),
    ...(set.fields && { fields: set.fields }),
    planned: recordedChange(change, run.plan.names),
    ...(change.action === "create" && kind?.handsOut && { credential: true }),
  };
}

/**
 * The outcome of a change. A backend's message may quote personal data, so only its code is
 * recorded.
 */
export function outcomeOf(
  run: ApplyRun,
  change: Change,
  { hint: _hint, because: _because, ...ending }: Ending & { readonly backendTime?: string },
): Event {
  return { at: run.view.now(), type: "outcome", ...subjectOf(run, change), by: "reply", ...ending };
}

function subjectOf(run: ApplyRun, change: Change) {
  return { run: run.id, change: change.id, address: change.address };
}

/** A UUID derived from a text: the first 16 bytes of its SHA-256, as version 8 (RFC 9562). */
function uuidOf(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
