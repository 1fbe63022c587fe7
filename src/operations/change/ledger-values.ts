import { createHash } from "node:crypto";
import { attemptAt, objectOf } from "../../model/ledger/ledger-state.ts";
import { type Making, marksOf } from "../../model/ledger/marks.ts";
import type { Kind } from "../../model/kind.ts";
import type { Change } from "../../model/plan/plan.ts";
import { keyedBy, type SentValues, sentBy } from "../../model/ledger/applied-fields.ts";
import type { ApplyRun } from "../apply/apply-run.ts";

/**
 * The request id of a change: the same on every machine and for every try of the same attempt at
 * writing an object.
 */
export function requestIdOf(run: ApplyRun, { address }: Change): string {
  return uuidOf(
    `${run.ledger.id}\n${objectOf(run.ledger, address)}\n${attemptAt(run.ledger, address)}`,
  );
}

/** All values that a change sets, as the ledger records them: personal data as keyed digests. */
export function setBy(run: ApplyRun, change: Change): SentValues {
  return sentBy(change, run.kinds.get(change.kind), {
    object: objectOf(run.ledger, change.address),
    keyed: keyedBy(run.ledgerKey),
  });
}

/**
 * Marks of what a change creates, upgrades or removes. Objects with a common mark could be the
 * same. Empty for other actions.
 */
export function marksFor(
  run: ApplyRun,
  change: Change,
  parentId: string | undefined,
): readonly string[] {
  const kind = run.kinds.get(change.kind);
  const made = kind && madeBy(change, kind);
  if (!made) return [];
  return marksOf(
    kind,
    { ...made, ...(parentId !== undefined && { parentId }) },
    keyedBy(run.ledgerKey),
  );
}

function madeBy(change: Change, kind: Kind): Omit<Making, "parentId"> | undefined {
  if (change.action === "create") return { key: change.key, spec: change.desired };
  if (change.action === "upgrade")
    return { key: kind.key(change.desired, change.observed.key), spec: change.desired };
  return change.action === "remove" ? change.observed : undefined;
}

/** How an event names the change that it is about. */
export function subjectOf(run: ApplyRun, change: Change) {
  return { run: run.id, change: change.id, address: change.address };
}

/** A UUID derived from a text: the first 16 bytes of its SHA-256, as version 8 (RFC 9562). */
function uuidOf(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
