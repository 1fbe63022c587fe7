import { type Address, kindOf } from "../../model/address.ts";
import type { Kind } from "../../model/kind.ts";
import {
  type Binding,
  foldEntry,
  type LedgerState,
  objectOf,
} from "../../model/ledger/ledger-state.ts";
import { noHash } from "../../model/ledger/ledger.ts";
import type { Observed } from "../../model/observed.ts";
import { ownState } from "../apply/head.ts";
import { agreement, endedBy, type Evidence, verdict } from "./infer-outcome.ts";

/** Open intents as planning treats them. */
export interface Presumption {
  /** The ledger's state as it will be once the inferred outcomes are recorded. */
  readonly state: LedgerState;
  /** Addresses to leave alone: their write is unsettled, or is done and not visible yet. */
  readonly open: ReadonlySet<Address>;
  /** What was read, without removed objects that a lagging backend still shows. */
  readonly observed: readonly Observed[];
}

/**
 * Infers the outcome of every open write from a read of the account. Does not modify the given
 * state. `now` is RFC 3339.
 */
export function presume(
  observed: readonly Observed[],
  evidence: Evidence,
  now: string,
): Presumption {
  const { state } = evidence;
  const intents = Object.values(state.open);
  const next = intents.length === 0 ? state : copy(state);
  const open = new Set<Address>();
  for (const intent of intents) {
    const found = verdict(intent, observed, evidence);
    if (found === "unknown") open.add(intent.address);
    else
      foldEntry(next, {
        ...endedBy(intent, found, { at: now }),
        seq: state.seq,
        prev: noHash,
        hash: state.head,
      });
  }
  for (const address of unseen(observed, { ...evidence, state: next })) open.add(address);
  return { state: next, open, observed: present(observed, { ...evidence, state: next }) };
}

function copy(state: LedgerState): LedgerState {
  return { ...ownState(state), applied: { ...state.applied }, attested: { ...state.attested } };
}

function unseen(observed: readonly Observed[], evidence: Evidence): readonly Address[] {
  const { state, kinds, supports } = evidence;
  const late = new Map(
    kinds.filter(({ name }) => supports[name]?.lag).map((kind) => [kind.name, kind]),
  );
  if (late.size === 0) return [];
  const byId = new Map(observed.map((one) => [`${one.kind}\n${one.id}`, one]));
  return (Object.keys(state.bindings) as Address[]).filter((address) => {
    const kind = late.get(kindOf(address));
    const bound = state.bindings[address];
    if (!kind || !bound) return false;
    const one = byId.get(`${kind.name}\n${bound.id}`);
    const differs = () =>
      bound.action === "remove"
        ? one !== undefined && !kind.gone(one.spec)
        : !one ||
          agreement(objectOf(state, address), state.applied[address] ?? {}, {
            kind,
            one,
            evidence,
          }) === "differs";
    // Checks the cheaper condition first. Only a difference makes this machine record when it first
    // saw the write.
    return bound.backendTime === undefined
      ? differs() && isFresh(kind, bound, evidence)
      : isFresh(kind, bound, evidence) && differs();
  });
}

/** A lagging backend lists a removed object for a while. */
function present(observed: readonly Observed[], evidence: Evidence): readonly Observed[] {
  const { state, kinds, supports } = evidence;
  const vanished = new Map(
    Object.entries(state.vanished).map(([address, one]) => [
      `${kindOf(address as Address)}\n${one.id}`,
      one,
    ]),
  );
  if (vanished.size === 0) return observed;
  return observed.filter((one) => {
    const removed = vanished.get(`${one.kind}\n${one.id}`);
    const kind = removed && kinds.find(({ name }) => name === one.kind);
    return !kind || !removed || !supports[kind.name]?.lag || !isFresh(kind, removed, evidence);
  });
}

/** Whether a write that was done may still be invisible. */
function isFresh(
  { name }: Kind,
  { run, change, backendTime: since }: Binding,
  { supports, waited }: Evidence,
): boolean {
  return (
    waited({ what: ["done", run, change].join(" "), ...(since !== undefined && { since }) }) <=
    (supports[name]?.lag ?? 0)
  );
}
