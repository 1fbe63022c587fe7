import type { Address } from "../../model/address.ts";
import { appliedKey, keyedBy } from "../../model/ledger/applied-fields.ts";
import { type Event, noHash } from "../../model/ledger/ledger.ts";
import { attemptAt, foldEntry, objectOf } from "../../model/ledger/ledger-state.ts";
import { recordedChange } from "../../model/ledger/recorded-change.ts";
import type { Change } from "../../model/plan/plan.ts";
import { digest } from "../../model/values/digest.ts";
import type { ApplyRun } from "../apply/apply-run.ts";
import { checkIntent } from "./check-intent.ts";
import { marksFor, requestIdOf, setBy, subjectOf } from "./ledger-values.ts";
import type { SentEnding, WriteReading, Ending } from "./step-results.ts";

/**
 * Records an intent if `checkIntent` permits the write; otherwise returns why not. The intent is
 * appended directly after the head that was checked, or not at all.
 */
export async function recordIntent(
  run: ApplyRun,
  change: Change,
  reading: WriteReading,
): Promise<Ending | undefined> {
  const refused = checkIntent(run, change);
  if (!refused) await recordEvents(run, intentOf(run, change, reading));
  return refused;
}

/** Records the outcome of a change that was sent, and returns how it ended. */
export async function recordOutcome(
  run: ApplyRun,
  change: Change,
  reply: SentEnding,
): Promise<Ending> {
  await recordEvents(run, outcomeOf(run, change, reply));
  const { backendTime: _, ...ending } = reply;
  return ending;
}

/**
 * Records intent and outcome of a change for the ledger alone (forget, rename, protect, unprotect),
 * unless `checkIntent` refuses it.
 */
export async function recordWithoutWrite(run: ApplyRun, change: Change): Promise<Ending> {
  const refused = checkIntent(run, change);
  if (refused) return refused;
  const ending: Ending = {
    status: "done",
    ...(change.action === "rename" && { id: change.observed.id }),
  };
  await recordEvents(run, intentOf(run, change, { beside: [] }), outcomeOf(run, change, ending));
  return ending;
}

/**
 * Appends events. The run's own state includes them at once, before they are durable, for other
 * changes that are checked meanwhile.
 */
export async function recordEvents(run: ApplyRun, ...events: readonly Event[]): Promise<void> {
  const { ledger } = run;
  for (const event of events)
    foldEntry(ledger, { ...event, seq: ledger.seq + 1, prev: noHash, hash: ledger.head });
  await run.journal.append(events);
}

/** The address by which the ledger knows an object until the change is done. */
function ledgerName(run: ApplyRun, change: Change): Address {
  return change.action === "rename" && run.ledger.ids[change.from] !== undefined
    ? change.from
    : change.address;
}

/**
 * The intent that is recorded before a change is sent. It suffices to find out later, by reading,
 * whether the change happened.
 */
function intentOf(run: ApplyRun, change: Change, reading: WriteReading): Event {
  const kind = run.kinds.get(change.kind);
  const keyed = keyedBy(run.ledgerKey);
  const named = "observed" in change ? change.observed : { key: change.key, spec: change.desired };
  const object = objectOf(run.ledger, ledgerName(run, change));
  const key = kind && appliedKey(kind, object, named, keyed);
  const marks = marksFor(run, change, reading.parentId);
  const set = setBy(run, change);
  // What could be mistaken for the object when its outcome has to be found out.
  const existing = reading.beside.flatMap((one) =>
    change.action === "upgrade" || one.key === named.key ? one.id : [],
  );
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
    ...("observed" in change && { id: reading.current?.id ?? change.observed.id }),
    ...(key !== undefined && change.action !== "rename" && { key }),
    ...(reading.parentId !== undefined && { parentId: reading.parentId }),
    ...(existing.length > 0 && { existing }),
    ...(set.fields && { fields: set.fields }),
    planned: recordedChange(change, run.plan.names),
    ...(change.action === "create" && kind?.handsOut && { credential: true }),
    ...proposedBy(run, change),
  };
}

/** Whether the change is a proposal first, and the one that an earlier try of it has made. */
function proposedBy(run: ApplyRun, { kind, action, address }: Change) {
  const verbs: readonly string[] = run.adapter.supports[kind]?.proposes ?? [];
  const proposal = run.ledger.attempts[address]?.pending?.proposal;
  return {
    ...(verbs.includes(action) && { proposes: true as const }),
    ...(proposal !== undefined && { proposal }),
  };
}

/** A backend's message may quote personal data, so only its code is recorded. */
function outcomeOf(
  run: ApplyRun,
  change: Change,
  { hint: _hint, because: _because, values: _values, ...reply }: SentEnding,
): Event {
  return { at: run.view.now(), type: "outcome", ...subjectOf(run, change), by: "reply", ...reply };
}
