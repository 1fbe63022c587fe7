import type { Address } from "../address.ts";
import type { AppliedFields, Entry } from "./ledger.ts";
import { emptyState, type LedgerState } from "./ledger-objects.ts";
import { foldOutcome, keyOf } from "./ledger-outcome.ts";
import { type EntryOf, wordsOf } from "./runs.ts";

export {
  type Attempt,
  attemptAt,
  type Binding,
  emptyState,
  isCreation,
  type LedgerState,
  type OpenIntent,
  objectOf,
  type RunSummary,
} from "./ledger-objects.ts";
export { keyedDigest } from "./applied-fields.ts";
export { appliedView } from "./ledger-view.ts";
export { attestations, maintenance, runs } from "./runs.ts";

/** Applies one entry to a state, in place, and returns the state. */
export function foldEntry(state: LedgerState, entry: Entry): LedgerState {
  state.head = entry.hash;
  state.seq = entry.seq;
  switch (entry.type) {
    case "founded":
      state.id = entry.id;
      state.key = entry.key;
      state.foundedFor = { account: entry.account, project: entry.project };
      break;
    case "rekeyed":
      state.key = entry.key;
      forgetDigests(state);
      break;
    case "leased": {
      const since = state.lease?.heldBy.token === entry.owner.token ? state.lease.since : entry.at;
      state.lease = { heldBy: entry.owner, since, seconds: entry.seconds, entry: entry.hash };
      break;
    }
    case "released":
      foldRelease(state, entry);
      break;
    case "run-opened":
      state.spent[entry.plan] = entry.run;
      state.lastRun = wordsOf(entry);
      break;
    case "intent": {
      const { planned: _, ...intent } = wordsOf(entry);
      state.open[keyOf(entry)] = { ...intent, seq: entry.seq };
      break;
    }
    case "proposed": {
      const intent = state.open[keyOf(entry)];
      if (intent) state.open[keyOf(entry)] = { ...intent, proposal: entry.proposal };
      break;
    }
    case "outcome":
      foldOutcome(state, entry);
      break;
    case "attested":
      state.attested[entry.address] = { ...state.attested[entry.address], ...entry.fields };
      state.applied[entry.address] = { ...state.applied[entry.address], ...entry.fields };
      break;
    case "run-closed":
      if (state.lastRun?.run === entry.run) {
        state.lastRun.closedAt = entry.at;
        if (entry.interrupted) state.lastRun.interrupted = true;
      }
  }
  return state;
}

/** Applies all entries in order, to the given state or an empty one, and returns the state. */
export function foldAll(entries: Iterable<Entry>, state = emptyState()): LedgerState {
  for (const entry of entries) foldEntry(state, entry);
  return state;
}

/** Deletes digests made with the old key, because they can no longer be compared. */
function forgetDigests({ applied, attested }: LedgerState): void {
  for (const known of [applied, attested])
    for (const [address, fields] of Object.entries(known))
      known[address as Address] = withoutDigests(fields);
}

function withoutDigests(fields: AppliedFields): AppliedFields {
  return Object.fromEntries(
    Object.entries(fields).map(([pointer, value]) => [
      pointer,
      "keyed" in value ? { keyed: null } : value,
    ]),
  );
}

function foldRelease(state: LedgerState, { owner, reason }: EntryOf<"released">): void {
  const grace = reason !== undefined && state.lease ? { grace: state.lease.seconds } : {};
  if (state.lease?.heldBy.token === owner.token) delete state.lease;
  for (const [key, intent] of Object.entries(state.open))
    if (!intent.over) state.open[key] = { ...intent, over: true, ...grace };
}
