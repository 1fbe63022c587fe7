import type { Support } from "../model/adapter.ts";
import type { Address } from "../model/address.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { equal, type Spec } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import type { Event, Held } from "../model/ledger.ts";
import type { LedgerState, OpenIntent } from "../model/ledger-state.ts";
import type { Observed } from "../model/observed.ts";
import { valueAt } from "../model/pointer.ts";
import { keyedBy, type Keyed } from "./applied-fields.ts";
import { collect } from "./observe.ts";
import type { Journal, View, Writers } from "./project.ts";

/** What is needed to tell from a reading whether a write happened. */
export interface Evidence {
  readonly kinds: readonly Kind[];
  readonly supports: Readonly<Record<string, Support>>;
  readonly now: string;
  readonly keyed: Keyed;
}

/** What a reading says of a write: it happened (and made this id), it did not, or it is too early to say. */
export type Verdict = { readonly happened: true; readonly id?: string } | { readonly happened: false } | "unknown";

/** The addresses of writes that a reading cannot settle yet: planning leaves them alone. */
export function unsettled(state: LedgerState, observed: readonly Observed[], evidence: Evidence): ReadonlySet<Address> {
  const open = Object.values(state.open);
  if (open.length === 0) return new Set();
  return new Set(open.filter((intent) => verdict(intent, observed, { state, ...evidence }) === "unknown").map(({ address }) => address));
}

/** How a write ended after all, as it was recorded. */
export type Ended = Extract<Event, { readonly type: "outcome" }>;

/** Reads what the open intents are about and records how each ended; what cannot be told yet stays open. */
export async function settleOpen(view: View, journal: Journal, kinds: readonly Kind[]): Promise<readonly Ended[]> {
  const state = await view.state();
  const evidence = { state, kinds, supports: view.reader.supports, now: view.now(), keyed: keyedBy(view.ledgerKey) };
  const endings: Ended[] = [];
  const readings = new Map<string, Promise<readonly Observed[]>>();
  for (const intent of Object.values(state.open)) {
    const found = verdict(intent, await around(intent, view, readings), evidence);
    if (found !== "unknown") endings.push(ending(intent, found, view.now()));
  }
  if (endings.length > 0) await journal.append(endings);
  return endings;
}

/** One reading for all intents of a kind under a parent. */
function around(intent: OpenIntent, view: View, readings: Map<string, Promise<readonly Observed[]>>): Promise<readonly Observed[]> {
  const { kind, parentId } = intent;
  const place = `${kind}\n${parentId ?? ""}`;
  const reading = readings.get(place) ?? collect(view.reader, { kind, ...(parentId !== undefined && { parentId }) }, view.signal);
  readings.set(place, reading);
  return reading;
}

/** What a reading of the intent's surroundings says of it. */
export function verdict(intent: OpenIntent, observed: readonly Observed[], evidence: Evidence & { readonly state: LedgerState }): Verdict {
  const lag = (evidence.supports[intent.kind]?.lag ?? 0) * 1000;
  const early = Date.parse(evidence.now) - Date.parse(intent.at) < lag;
  const made = intent.action === "create" || intent.action === "upgrade";
  const found = made ? newcomer(intent, observed, evidence) : changed(intent, observed, evidence);
  if (found === "several") return "unknown";
  if (found) return found;
  return early ? "unknown" : { happened: false };
}

/** The one object that has the intent's key, was not there before it, and belongs to no other address. */
function newcomer(intent: OpenIntent, observed: readonly Observed[], { state, keyed }: Evidence & { readonly state: LedgerState }): Verdict | "several" | undefined {
  const before = new Set(intent.existing);
  const bound = new Set(Object.values(state.bindings).map(({ id }) => id));
  const named = ({ key }: Observed) => key === intent.key || keyed(intent.address, "", key) === intent.key;
  const fits = observed.filter((one) => one.kind === intent.kind && one.parentId === intent.parentId && !before.has(one.id) && !bound.has(one.id) && named(one));
  if (fits.length > 1) return "several";
  return fits[0] && { happened: true, id: fits[0].id };
}

/** Whether the object now has every value the intent was to give it; for a removal, whether it is gone. */
function changed(intent: OpenIntent, observed: readonly Observed[], { kinds, keyed }: Evidence): Verdict | undefined {
  const kind = kinds.find(({ name }) => name === intent.kind);
  const one = observed.find(({ id, kind: name }) => id === intent.id && name === intent.kind);
  if (intent.action === "remove") return !one || kind?.gone(one.spec) ? { happened: true, ...(one && { id: one.id }) } : undefined;
  const spec = one && (kind?.normalize(one.spec) as Spec | undefined);
  if (!one || !spec) return undefined;
  const same = Object.entries(intent.fields ?? {}).every(([pointer, applied]) => {
    const value = valueAt(spec, pointer) ?? null;
    return "value" in applied ? equal(applied.value, value) : applied.keyed === keyed(intent.address, pointer, value);
  });
  return same ? { happened: true, id: one.id } : undefined;
}

function ending(intent: OpenIntent, found: Exclude<Verdict, "unknown">, at: string): Ended {
  const { run, change, address } = intent;
  if (!found.happened) {
    return { at, type: "outcome", run, change, address, status: "failed", by: "reading", code: "settled/did-not-happen", because: "a later reading shows that it did not happen" };
  }
  const lost = intent.credential ? ({ credential: "lost" } as const) : {};
  return { at, type: "outcome", run, change, address, status: "done", by: "reading", ...(found.id !== undefined && { id: found.id }), ...lost };
}

/** A person's word on a write whose outcome stayed unknown. */
export interface Settlement {
  /** `address#n`, as the receipt names it. */
  readonly change: string;
  /** The id of what it made or changed. */
  readonly id?: string;
  readonly didNotHappen?: true;
  readonly actor: string;
}

/** Records a person's word on an open write. */
export async function settle(view: View, writers: Writers, settlement: Settlement): Promise<readonly Diagnostic[]> {
  const lease = await writers.lease();
  if ("heldBy" in lease) return [locked(lease)];
  try {
    const state = await view.state();
    const open = Object.values(state.open);
    const intent = open.find(({ change }) => change === settlement.change);
    if (!intent) return [nothingOpen(settlement.change, open)];
    const { run, change, address } = intent;
    const { id, actor } = settlement;
    const word = { at: view.now(), type: "outcome", run, change, address, by: "person", actor } as const;
    const lost = intent.credential ? ({ credential: "lost" } as const) : {};
    const ended: Ended = settlement.didNotHappen
      ? { ...word, status: "failed", code: "settled/did-not-happen", because: "a person says that it did not happen" }
      : { ...word, status: "done", ...(id !== undefined && { id }), ...lost };
    await lease.journal.append([ended]);
    return [];
  } finally {
    await lease.release();
  }
}

/** Somebody else is at work. */
export function locked({ heldBy, since }: Held): Diagnostic {
  const who = `${heldBy.actor} (process ${heldBy.pid} on ${heldBy.host})`;
  return { severity: "error", code: "ledger/locked", message: `${who} has held the lease since ${since}`, hint: "wait for it to finish; if that process is dead, `partnerctl unlock` ends its lease" };
}

function nothingOpen(change: string, open: readonly OpenIntent[]): Diagnostic {
  const others = open.map((intent) => intent.change).join(", ");
  return { severity: "error", code: "settle/not-open", message: `no outcome of ${change} is open`, hint: others ? `open are: ${others}` : "nothing is open" };
}
