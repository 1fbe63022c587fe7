import type { Attestation, Run } from "./history.ts";
import type { Entry } from "./ledger.ts";
import type { ChangeId } from "./plan.ts";

/** A ledger's entries of one type. */
export type EntryOf<Type extends Entry["type"]> = Extract<Entry, { readonly type: Type }>;

/** Every run a ledger tells of, oldest first; an outcome that was found out later counts for the run that intended it. */
export function runs(entries: Iterable<Entry>): readonly Run[] {
  const found = new Map<string, RunDraft>();
  for (const entry of entries) {
    if (entry.type === "run-opened") found.set(entry.run, { opened: entry, changes: new Map() });
    else if (entry.type === "run-closed") Object.assign(found.get(entry.run) ?? {}, { closed: entry });
    else if (entry.type === "intent" || entry.type === "outcome") recordChange(found.get(entry.run), entry);
  }
  return [...found.values()].map(finished);
}

interface RunDraft {
  readonly opened: EntryOf<"run-opened">;
  readonly changes: Map<ChangeId, Run["changes"][number]>;
  readonly closed?: EntryOf<"run-closed">;
}

function recordChange(draft: RunDraft | undefined, entry: EntryOf<"intent"> | EntryOf<"outcome">): void {
  const { change, address, at } = entry;
  const action = draft?.changes.get(change)?.action ?? entry.action;
  if (!draft || !action) return;
  if (entry.type === "intent") draft.changes.set(change, { change, address, action, at });
  else {
    const { status, id, because, credential } = entry;
    draft.changes.set(change, {
      change,
      address,
      action,
      at,
      status,
      ...(id && { id }),
      ...(because && { because }),
      ...(credential && { credential }),
    });
  }
}

function finished({ opened, closed, changes }: RunDraft): Run {
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

/** Every step by hand that was vouched for, oldest first. */
export function attestations(entries: Iterable<Entry>): readonly Attestation[] {
  const found: Attestation[] = [];
  for (const entry of entries) {
    if (entry.type !== "attested") continue;
    found.push({ ...wordsOf(entry), fields: Object.keys(entry.fields) });
  }
  return found;
}

/** What an entry says, without its type and its place in the chain. */
export function wordsOf<E extends Entry>({ type, seq, prev, hash, ...rest }: E): Omit<E, "type" | "seq" | "prev" | "hash"> {
  return rest;
}
