import { createHmac } from "node:crypto";
import type { Address } from "./address.ts";
import { canonical, type Digest } from "./digest.ts";
import { equal, type Json } from "./json.ts";
import { type Applied, type AppliedFields, type AppliedValue, type Entry, type Hash, type Held, noHash } from "./ledger.ts";
import type { ChangeId } from "./plan.ts";
import { covers, type Pointer } from "./pointer.ts";
import { type EntryOf, wordsOf } from "./runs.ts";

export { attestations, runs } from "./runs.ts";

/** An intent whose outcome is not known for good; `status` is `unknown` once a run has said so. */
export type OpenIntent = Omit<EntryOf<"intent">, "type" | "seq" | "prev" | "hash"> & {
  readonly status?: "unknown";
  /** When it had been sent at the latest: its reply was lost, or its run's lease was over. Missing while it may still be on its way. */
  readonly sentBy?: string;
};

/** The backend's id of an address, and the change that bound it. */
export interface Binding {
  readonly id: string;
  readonly run: string;
  readonly change: ChangeId;
  readonly at: string;
}

/** A run as the ledger's state remembers it. */
export type RunSummary = Omit<EntryOf<"run-opened">, "type" | "seq" | "prev" | "hash"> & {
  closedAt?: string;
  interrupted?: true;
};

/** All that later runs need of a ledger's entries: plain JSON. Only `fold` changes it. */
export interface LedgerState {
  /** Empty until the ledger is founded. */
  id: string;
  head: Hash;
  /** The number of the last entry. */
  seq: number;
  bindings: Record<Address, Binding>;
  /** The ids of the bindings: mostly nothing else is asked for, and a long ledger's bindings take long to read. */
  ids: Record<Address, string>;
  /** What an upgrade made of an id. */
  successors: Record<string, string>;
  /** What was last applied or attested, by field. */
  applied: Record<Address, AppliedFields>;
  attested: Record<Address, AppliedFields>;
  /** By run and change, in the order they were recorded. */
  open: Record<string, OpenIntent>;
  /** The run that spent a plan, by the plan's digest. */
  spent: Record<Digest, string>;
  lease?: Held;
  lastRun?: RunSummary;
}

/** The state before the first entry. */
export function emptyState(): LedgerState {
  return { id: "", head: noHash, seq: 0, bindings: {}, ids: {}, successors: {}, applied: {}, attested: {}, open: {}, spent: {} };
}

/** Adds what one entry says to a state, in place: folding many costs as much as they are many. */
export function fold(state: LedgerState, entry: Entry): LedgerState {
  state.head = entry.hash;
  state.seq = entry.seq;
  switch (entry.type) {
    case "founded":
      state.id = entry.id;
      break;
    case "leased": {
      const since = state.lease?.heldBy.token === entry.owner.token ? state.lease.since : entry.at;
      state.lease = { heldBy: entry.owner, since, until: entry.until };
      break;
    }
    case "released":
      if (state.lease?.heldBy.token === entry.owner.token) delete state.lease;
      for (const [key, intent] of Object.entries(state.open)) state.open[key] = { sentBy: entry.at, ...intent };
      break;
    case "run-opened":
      state.spent[entry.plan] = entry.run;
      state.lastRun = wordsOf(entry);
      break;
    case "intent":
      state.open[key(entry)] = wordsOf(entry);
      break;
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

/** Folds every entry, onto a state if one is given. */
export function foldAll(entries: Iterable<Entry>, state = emptyState()): LedgerState {
  for (const entry of entries) fold(state, entry);
  return state;
}

function foldOutcome(state: LedgerState, outcome: EntryOf<"outcome">): void {
  const intent = state.open[key(outcome)];
  if (outcome.status === "unknown") {
    if (intent) state.open[key(outcome)] = { ...intent, status: "unknown", sentBy: outcome.at };
    return;
  }
  delete state.open[key(outcome)];
  if (outcome.status !== "done") return;
  const action = intent?.action ?? outcome.action;
  const id = outcome.id ?? (action === "remove" ? undefined : intent?.id);
  // A removed object that is still there (a suspended subscription) keeps its id; one that vanished has none.
  const { run, change, at } = outcome;
  if (action === "release" || id === undefined) forget(state, outcome.address);
  else {
    state.bindings[outcome.address] = { id, run, change, at };
    state.ids[outcome.address] = id;
  }
  if (action === "upgrade" && intent?.id !== undefined && id !== undefined && id !== intent.id) state.successors[intent.id] = id;
  if (state.ids[outcome.address] !== undefined && intent?.fields)
    applyFields(state, outcome.address, without(intent.fields, outcome.lacks));
}

function without(fields: AppliedFields, lacks: readonly Pointer[] = []): AppliedFields {
  return lacks.length === 0 ? fields : Object.fromEntries(Object.entries(fields).filter(([pointer]) => !covers(lacks, pointer)));
}

function applyFields(state: LedgerState, address: Address, fields: AppliedFields): void {
  state.applied[address] = { ...state.applied[address], ...fields };
  const vouched = state.attested[address];
  if (vouched) state.attested[address] = Object.fromEntries(Object.entries(vouched).filter(([pointer]) => !(pointer in fields)));
}

function forget(state: LedgerState, address: Address): void {
  delete state.bindings[address];
  delete state.ids[address];
  delete state.applied[address];
  delete state.attested[address];
}

function lastOf(successors: Readonly<Record<string, string>>, id: string): string {
  const next = successors[id];
  return next === undefined ? id : lastOf(successors, next);
}

function key(of: { readonly run: string; readonly change: ChangeId }): string {
  return `${of.run} ${of.change}`;
}

/** A personal value as the ledger keeps it: HMAC-SHA-256 (base64url) of where it stands and what it is. */
export function keyedDigest(secret: Uint8Array, address: Address, pointer: Pointer, value: Json): string {
  return createHmac("sha256", secret)
    .update(canonical([address, pointer, value]))
    .digest("base64url");
}

/** What the planner is told of the past. `keyed` digests a personal value (null without a key); `open` holds the addresses whose last write could not be settled or does not show yet. */
export function applied(
  state: LedgerState,
  keyed: (address: Address, pointer: Pointer, value: Json) => string | null,
  open: ReadonlySet<Address>,
): Applied {
  const unsettled = new Map(Object.values(state.open).map((intent) => [intent.address, intent.change]));
  const same = (known: AppliedValue | undefined, address: Address, pointer: Pointer, value: Json | undefined) => {
    if (known === undefined) return undefined;
    if ("value" in known) return equal(known.value, value);
    if (value === undefined) return false;
    const now = keyed(address, pointer, value);
    return known.keyed === null || now === null ? undefined : known.keyed === now;
  };
  return {
    id: (address) => state.ids[address],
    successor: (id) => lastOf(state.successors, id),
    matches: (address, pointer, value) => same(state.applied[address]?.[pointer], address, pointer, value),
    attested: (address, pointer, value) => same(state.attested[address]?.[pointer], address, pointer, value) === true,
    open: (address) => (open.has(address) ? (unsettled.get(address) ?? state.bindings[address]?.change) : undefined),
  };
}
