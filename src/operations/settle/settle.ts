import { AdapterError } from "../../model/adapter.ts";
import type { CredentialSink } from "../../model/credential.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Kind } from "../../model/kind.ts";
import type { WatchedLease } from "../../model/ledger/ledger.ts";
import type { OpenIntent } from "../../model/ledger/ledger-state.ts";
import type { Observed } from "../../model/observed.ts";
import { say } from "../../model/text/say.ts";
import { didYouMean } from "../../model/text/similar.ts";
import { keyedBy } from "../../model/ledger/applied-fields.ts";
import { collect } from "../plan/observe.ts";
import type { EventAppender, Project, View, Writers } from "../project/project.ts";
import { readyToWrite } from "../project/ready.ts";
import { unsettledIn } from "./open-outcomes.ts";
import { once } from "../apply/apply-run.ts";
import { doubtedId } from "../settled-id.ts";
import {
  type Ended,
  endedBy,
  type Evidence,
  isPurchase,
  type InferredOutcome,
  verdict,
} from "./infer-outcome.ts";
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
  return [{ ...about(intent), ...made, status: "unknown", by: "reading" }];
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

function about({ run, change, address }: OpenIntent) {
  return { type: "outcome", run, change, address } as const;
}

/** Whether the sink received a credential before the reply was lost. */
async function fateOf(
  { credential, address, requestId }: OpenIntent,
  sink: CredentialSink,
): Promise<{ readonly credential?: "delivered" | "lost" }> {
  if (!credential) return {};
  return { credential: (await sink.holds?.(address, requestId)) ? "delivered" : "lost" };
}

/** A person's statement about a write whose outcome is unknown. */
export interface Settlement {
  /** `address#n`, as in the receipt. */
  readonly change: string;
  /** The id of the object that it made or changed. */
  readonly id?: string;
  readonly didNotHappen?: true;
  readonly actor: string;
}

/**
 * Records a person's statement about an open write. Verifies an id first. Returns errors if nothing
 * was recorded.
 */
export async function settle(
  project: Project,
  view: View,
  writers: Writers,
  settlement: Settlement,
): Promise<readonly Diagnostic[]> {
  const ready = await readyToWrite(project, view, writers);
  if (!ready.ok) return ready.diagnostics;
  if (ready.value.founding) return [nothingOpen(settlement.change, [])];
  const lease = await writers.lease({});
  if ("heldBy" in lease) return [lockedDiagnostic(lease)];
  try {
    const open = unsettledIn(await view.state());
    const intent = open.find(({ change }) => change === settlement.change);
    if (!intent) return [nothingOpen(settlement.change, open)];
    const { id, actor, didNotHappen } = settlement;
    const doubted = id === undefined ? undefined : await doubtedId(view, intent, id);
    if (doubted) return [doubted];
    const word = { ...about(intent), at: view.now(), by: "person", actor } as const;
    const happened = async (): Promise<Ended> => ({
      ...word,
      status: "done",
      ...(id !== undefined && { id }),
      ...(await fateOf(intent, writers.sink)),
    });
    await lease.journal.append([
      didNotHappen
        ? {
            ...word,
            status: "failed",
            code: "settled/did-not-happen",
            because: say`a person says that it did not happen`,
          }
        : await happened(),
    ]);
    return [];
  } finally {
    await lease.release();
  }
}

/** The error for a lease that somebody else holds. */
export function lockedDiagnostic({ heldBy, since, leftSeconds }: WatchedLease): Diagnostic {
  const left = Math.ceil(leftSeconds);
  const who = say`${heldBy.actor} (process ${heldBy.pid} on ${heldBy.host})`;
  return {
    severity: "error",
    code: "ledger/locked",
    message: say`${who} has held the lease since ${since}`,
    hint: say`Try again when it has finished. If it is dead, its lease is over in ${left} seconds: try again then, or let \`partnerctl apply --wait ${left + 60}s\` wait for it. \`partnerctl ledger unlock --force --reason TEXT\` ends it at once.`,
  };
}

function nothingOpen(change: string, open: readonly OpenIntent[]): Diagnostic {
  const changes = open.map((intent) => intent.change);
  const listed = changes.length > 0 ? say`open are: ${changes.join(", ")}` : say`nothing is open`;
  return {
    severity: "error",
    code: "settle/not-open",
    message: say`no outcome of ${change} is open`,
    hint: didYouMean(change, changes) ?? listed,
  };
}
