import type { Attestation, ChangeDone, Maintenance, RunRecord } from "./history.ts";
import type { Entry } from "./ledger.ts";
import type { ChangeId } from "../plan/plan.ts";

/** A ledger entry of one type. */
export type EntryOf<Type extends Entry["type"]> = Extract<Entry, { readonly type: Type }>;

/**
 * Returns all runs, oldest first. An outcome that is settled later belongs to the run of its
 * intent.
 */
export function runs(entries: Iterable<Entry>): readonly RunRecord[] {
  const found = new Map<string, RunDraft>();
  for (const entry of entries) {
    if (entry.type === "run-opened") found.set(entry.run, { opened: entry, changes: new Map() });
    else if (entry.type === "run-closed")
      Object.assign(found.get(entry.run) ?? {}, { closed: entry });
    else if (entry.type === "intent" || entry.type === "outcome")
      recordChange(found.get(entry.run), entry);
  }
  return [...found.values()].map(finished);
}

interface RunDraft {
  readonly opened: EntryOf<"run-opened">;
  readonly changes: Map<ChangeId, ChangeDone>;
  readonly closed?: EntryOf<"run-closed">;
}

function recordChange(
  draft: RunDraft | undefined,
  entry: EntryOf<"intent"> | EntryOf<"outcome">,
): void {
  const { change, address, at } = entry;
  const before = draft?.changes.get(change);
  const action = before?.action ?? entry.action;
  if (!draft || !action) return;
  if (entry.type === "intent") {
    const { object, planned } = entry;
    draft.changes.set(change, { change, address, object, action, at, ...(planned && { planned }) });
    return;
  }
  const { status, id, because, credential, backendTime } = entry;
  const undoUntil = status === "done" ? before?.planned?.impact.until : undefined;
  draft.changes.set(change, {
    ...{ change, address, action, at, status },
    ...(before?.object !== undefined && { object: before.object }),
    ...(before?.planned && { planned: before.planned }),
    ...(undoUntil !== undefined && { undoUntil }),
    ...(backendTime !== undefined && { backendAt: backendTime }),
    ...(id && { id }),
    ...(because && { because }),
    ...(credential && { credential }),
  });
}

function finished({ opened, closed, changes }: RunDraft): RunRecord {
  const { at, changes: planned, ...run } = wordsOf(opened);
  return {
    ...run,
    openedAt: at,
    ...(closed && { closedAt: closed.at }),
    ...(closed?.interrupted && { interrupted: true }),
    planned,
    changes: [...changes.values()],
  };
}

/** Returns all attested manual steps, oldest first. */
export function attestations(entries: Iterable<Entry>): readonly Attestation[] {
  const found: Attestation[] = [];
  for (const entry of entries) {
    if (entry.type !== "attested") continue;
    found.push({ ...wordsOf(entry), fields: Object.keys(entry.fields) });
  }
  return found;
}

/** Returns all repairs, key changes and leases ended by force, oldest first. */
export function maintenance(entries: Iterable<Entry>): readonly Maintenance[] {
  const found: Maintenance[] = [];
  for (const entry of entries) {
    if (entry.type === "released") found.push(...unlocked(entry));
    if (entry.type !== "repaired" && entry.type !== "rekeyed") continue;
    const { at, type, actor, reason } = entry;
    const what =
      entry.type === "rekeyed"
        ? { key: entry.key }
        : entry.aside !== undefined && { aside: entry.aside };
    found.push({ type, at, actor, ...(reason !== undefined && { reason }), ...what });
  }
  return found;
}

/** A lease was ended by force only if the entry has a reason. */
function unlocked({ at, owner, endedBy, reason }: EntryOf<"released">): readonly Maintenance[] {
  if (endedBy === undefined || reason === undefined) return [];
  const { actor, host } = owner;
  return [{ type: "unlocked", at, actor: endedBy.actor, reason, heldBy: { actor, host } }];
}

type Chained = "type" | "seq" | "prev" | "hash" | "appendLines" | "appendSignature";

/** Returns an entry without its type, its number, its hashes and the marks of its append. */
export function wordsOf<E extends Entry>(entry: E): Omit<E, Chained> {
  const { type, seq, prev, hash, appendLines, appendSignature, ...rest } = entry;
  return rest;
}
