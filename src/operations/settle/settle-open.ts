import { AdapterError } from "../../model/adapter.ts";
import type { CredentialSink } from "../../model/credential.ts";
import type { Kind } from "../../model/kind.ts";
import { keyedBy } from "../../model/ledger/applied-fields.ts";
import type { OpenIntent } from "../../model/ledger/ledger-state.ts";
import type { Observed } from "../../model/observed.ts";
import { once } from "../apply/apply-run.ts";
import { collect } from "../plan/observe.ts";
import type { EventAppender, View } from "../project/project.ts";
import {
  type Ended,
  endedBy,
  type Evidence,
  type InferredOutcome,
  isPurchase,
  verdict,
} from "./infer-outcome.ts";
import { readProposals } from "./read-proposals.ts";
import { beginReading, type ReadingTime } from "./waited.ts";

/** What settling needs: the ledger, and the sink that may have a credential from a lost reply. */
export interface Settling {
  readonly journal: EventAppender;
  readonly sink: CredentialSink;
  readonly kinds: readonly Kind[];
}

/**
 * Reads what open writes are about and records how each ended. A write stays open if it cannot be
 * read or its outcome is not certain yet.
 */
export async function settleOpen(
  view: View,
  { journal, sink, kinds }: Settling,
): Promise<readonly Ended[]> {
  const state = await view.state();
  const reading = beginReading(view);
  const proposals = await readProposals(view.reader, state, view.signal);
  const endings: Ended[] = [];
  const open = Object.values(state.open);
  const ids = new Set(open.map(({ id }) => id));
  const readings: Readings = { lists: new Map(), whole: ({ id }) => ids.has(id) };
  for (const intent of open) {
    const observed = await around(intent, view, readings);
    if (!observed) continue;
    const { waited, ...made } = reading();
    const evidence = {
      state,
      kinds,
      supports: view.reader.supports,
      waited,
      keyed: keyedBy(view.ledgerKey),
      proposals,
    };
    const found = await lookedUp(intent, view, { evidence, observed });
    if (found === "unknown") endings.push(...beginningToCount(intent, { at: view.now(), ...made }));
    else {
      const ended = endedBy(intent, found, { at: view.now(), ...made });
      endings.push(found.happened ? { ...ended, ...(await fateOf(intent, sink)) } : ended);
    }
  }
  if (endings.length > 0) await journal.append(endings);
  return endings;
}

/**
 * Records the backend's time from which the maximum lag of a write is counted, for all machines.
 */
function beginningToCount(
  intent: OpenIntent,
  made: Pick<ReadingTime, "backendTime"> & { readonly at: string },
): readonly Ended[] {
  if (!intent.over || intent.countedFrom !== undefined || made.backendTime === undefined) return [];
  return [{ ...outcomeBase(intent), ...made, status: "unknown", by: "reading" }];
}

/** If a list does not show a purchase, also looks where else the backend may mention it. */
async function lookedUp(
  intent: OpenIntent,
  view: View,
  { evidence, observed }: { readonly evidence: Evidence; readonly observed: readonly Observed[] },
): Promise<InferredOutcome> {
  const found = verdict(intent, observed, evidence);
  if (found !== "unknown" || !isPurchase(intent, evidence)) return found;
  const more = await around(intent, view, { lists: new Map(), whole: () => false, thorough: true });
  return more ? verdict(intent, more, evidence) : "unknown";
}

interface Readings {
  readonly lists: Map<string, Promise<readonly Observed[]>>;
  /** The key is enough to recognize a new object. */
  whole(one: Observed): boolean;
  readonly thorough?: true;
}

/** Reads once for all intents of a kind under a parent. Undefined if the backend fails. */
async function around(
  { kind, parentId }: OpenIntent,
  view: View,
  { lists, whole, thorough }: Readings,
): Promise<readonly Observed[] | undefined> {
  const query = {
    kind,
    whole,
    ...(thorough && { thorough }),
    ...(parentId !== undefined && { parentId }),
  };
  try {
    return await once(lists, `${kind}\n${parentId ?? ""}`, () =>
      collect(view.reader, query, view.signal),
    );
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    return undefined;
  }
}

/** What every outcome entry says about its intent. */
export function outcomeBase({ run, change, address }: OpenIntent) {
  return { type: "outcome", run, change, address } as const;
}

/** Whether the sink received a credential before the reply was lost. */
export async function fateOf(
  { credential, address, requestId }: OpenIntent,
  sink: CredentialSink,
): Promise<{ readonly credential?: "delivered" | "lost" }> {
  if (!credential) return {};
  return { credential: (await sink.holds?.(address, requestId)) ? "delivered" : "lost" };
}
