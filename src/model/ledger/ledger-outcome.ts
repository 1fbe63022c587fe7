import { type Address, kindOf } from "../address.ts";
import type { AppliedFields } from "./ledger.ts";
import {
  type Binding,
  forgetObject,
  isCreation,
  type LedgerState,
  move,
  type OpenIntent,
} from "./ledger-objects.ts";
import { type ChangeId, isForLedger } from "../plan/plan.ts";
import { covers, type Pointer } from "../values/pointer.ts";
import type { EntryOf } from "./runs.ts";

/** Applies an outcome entry to a state, in place. */
export function foldOutcome(state: LedgerState, outcome: EntryOf<"outcome">): void {
  const intent = state.open[keyOf(outcome)] ?? pendingOf(state, outcome);
  if (outcome.status === "unknown") {
    if (intent) state.open[keyOf(outcome)] = stillOpen(intent, outcome);
    return;
  }
  delete state.open[keyOf(outcome)];
  if (outcome.status !== "done") endAttempt(state, outcome, intent);
  else if (intent?.action === "rename")
    rename(state, { ...outcome, ...(intent.from && { from: intent.from }), intent });
  else if (intent && isOfProtection(intent)) stay(state, { ...outcome, intent }, intent.id);
  else finish(state, outcome, intent);
  if (outcome.status === "done") protect(state, outcome.address, intent);
}

/** Keeps the backend time of the first read after the sender could send nothing more. */
function stillOpen(intent: OpenIntent, { by, backendTime }: EntryOf<"outcome">): OpenIntent {
  const countedFrom = intent.countedFrom ?? (by === "reading" ? backendTime : undefined);
  return {
    ...intent,
    status: "unknown",
    over: true,
    ...(countedFrom !== undefined && { countedFrom }),
  };
}

function pendingOf(
  { attempts }: LedgerState,
  { address, run, change }: EntryOf<"outcome">,
): OpenIntent | undefined {
  const pending = attempts[address]?.pending;
  return pending?.run === run && pending.change === change ? pending : undefined;
}

/**
 * A creation that only a read reports as not done stays pending: the service may still do it. One
 * that had no proposal yet cannot have been ordered.
 */
function endAttempt(
  state: LedgerState,
  { by, address }: EntryOf<"outcome">,
  intent: OpenIntent | undefined,
): void {
  if (!intent || isForLedger(intent)) return;
  const isUnordered = intent.proposes === true && intent.proposal === undefined;
  const isPending = by === "reading" && isCreation(intent.action) && !isUnordered;
  state.attempts[address] = { number: intent.attempt, ...(isPending && { pending: intent }) };
}

function finish(
  state: LedgerState,
  outcome: EntryOf<"outcome">,
  intent: OpenIntent | undefined,
): void {
  const { address } = outcome;
  const action = intent?.action ?? outcome.action ?? "update";
  const id = outcome.id ?? (action === "remove" ? undefined : intent?.id);
  // A removed object that stays in the account (a suspended subscription) keeps its id; a deleted
  // one has none.
  if (action === "forget" || id === undefined) {
    if (action === "remove" && intent?.id !== undefined)
      state.vanished[address] = bindingOf(state, outcome, { id: intent.id, intent });
    for (const one of namesOf(state, address, intent?.id))
      forgetObject(state, one, intent?.seq ?? outcome.seq);
    return;
  }
  bind(state, outcome, { id, ...(intent && { intent }) });
  if (action === "upgrade" && intent?.id !== undefined && id !== intent.id)
    state.successors[intent.id] = id;
  if (intent?.fields) applyFields(state, address, without(intent.fields, outcome.lacks));
}

interface Bound {
  readonly id: string;
  readonly intent?: OpenIntent;
}

function bind(state: LedgerState, outcome: EntryOf<"outcome">, bound: Bound): void {
  const { address } = outcome;
  state.bindings[address] = bindingOf(state, outcome, bound);
  state.ids[address] = bound.id;
  delete state.attempts[address];
}

function bindingOf(
  state: LedgerState,
  {
    address,
    run,
    change,
    at,
    seq,
    backendTime,
    lacks,
    action: told = "update",
  }: EntryOf<"outcome">,
  { id, intent }: Bound,
): Binding {
  const {
    action = told,
    attempt = 0,
    digest,
    marks = state.bindings[address]?.marks,
  } = intent ?? {};
  const more = {
    ...(backendTime !== undefined && { backendTime }),
    ...(digest && { digest }),
    ...(marks && { marks }),
    ...(lacks && { lacks }),
  };
  return { id, run, change, at, seq, began: intent?.seq ?? seq, action, attempt, ...more };
}

/**
 * Returns the address of a deleted or forgotten object. If the address is not bound, returns all
 * addresses of its kind that are bound to its id.
 */
function namesOf(state: LedgerState, address: Address, id: string | undefined): readonly Address[] {
  if (state.ids[address] !== undefined || id === undefined) return [address];
  const named = Object.entries(state.ids) as [Address, string][];
  return named.flatMap(([one, known]) =>
    known === id && kindOf(one) === kindOf(address) ? [one] : [],
  );
}

function rename(
  state: LedgerState,
  told: EntryOf<"outcome"> & { readonly from?: Address; readonly intent: OpenIntent },
): void {
  const { address, from, intent } = told;
  const id = (from && state.ids[from]) ?? told.id ?? intent.id;
  if (from !== undefined && from !== address && state.ids[from] !== undefined)
    move(state, { from, to: address, began: intent.seq });
  stay(state, told, id);
}

/** Keeps the binding of an address. If there is none, binds the id. */
function stay(
  state: LedgerState,
  told: EntryOf<"outcome"> & { readonly intent: OpenIntent },
  id: string | undefined,
): void {
  const known = state.bindings[told.address];
  if (known)
    state.bindings[told.address] = {
      ...known,
      run: told.run,
      change: told.change,
      began: told.intent.seq,
    };
  else if (id !== undefined) bind(state, told, { id });
}

function isOfProtection({ action }: OpenIntent): boolean {
  return action === "protect" || action === "unprotect";
}

/** Protection lasts until an `unprotect` change, or until the ledger forgets the object. */
function protect(state: LedgerState, address: Address, intent: OpenIntent | undefined): void {
  if (intent?.action === "unprotect") delete state.protected[address];
  else if (intent?.protect && state.ids[address] !== undefined) state.protected[address] = true;
}

function without(fields: AppliedFields, lacks: readonly Pointer[] = []): AppliedFields {
  return lacks.length === 0
    ? fields
    : Object.fromEntries(Object.entries(fields).filter(([pointer]) => !covers(lacks, pointer)));
}

function applyFields(state: LedgerState, address: Address, fields: AppliedFields): void {
  state.applied[address] = { ...state.applied[address], ...fields };
  const vouched = state.attested[address];
  if (vouched)
    state.attested[address] = Object.fromEntries(
      Object.entries(vouched).filter(([pointer]) => !(pointer in fields)),
    );
}

/** Returns the key of an open intent in the ledger's state. */
export function keyOf(of: { readonly run: string; readonly change: ChangeId }): string {
  return `${of.run} ${of.change}`;
}
