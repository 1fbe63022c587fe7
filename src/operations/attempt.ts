import { createHash } from "node:crypto";
import { AdapterError, type WriteContext } from "../model/adapter.ts";
import type { Address } from "../model/address.ts";
import type { Credential } from "../model/credential.ts";
import type { Kind } from "../model/kind.ts";
import type { Event } from "../model/ledger.ts";
import type { Observed } from "../model/observed.ts";
import type { Change, ChangeId, Plan } from "../model/plan.ts";
import type { Result, Status } from "../model/receipt.ts";
import { appliedFields, appliedKey, keyedBy } from "./applied-fields.ts";
import type { Counting } from "./counting.ts";
import { look, type Sight } from "./look.ts";
import type { Journal, View, Writers } from "./project.ts";

/** A run under way. */
export interface Run {
  readonly id: string;
  readonly plan: Plan;
  readonly view: View;
  readonly writers: Writers;
  readonly journal: Journal;
  readonly kinds: ReadonlyMap<string, Kind>;
  readonly adapter: Counting;
  /** What this run has read or made, by address. */
  readonly bound: Map<Address, Observed>;
  /** Lists read before creates, by kind and parent. */
  readonly lists: Map<string, Promise<readonly Observed[]>>;
  readonly results: Map<ChangeId, Result>;
  readonly ledgerId: string;
  readonly ledgerKey: Uint8Array;
}

/** Does one change: waits for nobody, reads before it writes, and records intent and outcome. Never throws a backend's trouble. */
export async function attempt(run: Run, change: Change): Promise<Result> {
  const reason = unfit(run, change);
  if (reason) return result(change, reason.status, reason);
  if (change.action === "release") return release(run, change);
  try {
    const sight = await look(run, change);
    if ("status" in sight) return result(change, sight.status, sight);
    return await write(run, change, sight);
  } catch (error) {
    return failure(change, error, "failed");
  }
}

interface Ending {
  readonly status: Status;
  readonly code?: string;
  readonly because?: string;
  readonly hint?: string;
  readonly id?: string;
  readonly credential?: "delivered" | "lost";
}

function unfit(run: Run, change: Change): Ending | undefined {
  const waited = change.requires.map((id) => run.results.get(id)).find((one) => one !== undefined && one.status !== "done");
  if (waited) return { status: "skipped", code: "skipped/requires", because: `it needs ${waited.change}, which is ${waited.status === "hand" ? "still to be done by hand" : waited.status}` };
  if (change.by === "hand") return { status: "hand" };
  if (run.view.signal.aborted) return { status: "skipped", code: "skipped/interrupted", because: "the run was interrupted before it began", hint: "run apply again to go on" };
  return undefined;
}

function result(change: Change, status: Status, ending: Partial<Ending>): Result {
  return { change: change.id, address: change.address, action: change.action, ...ending, status };
}

async function release(run: Run, change: Change): Promise<Result> {
  const { intent, outcome } = events(run, change, { existing: [] });
  await run.journal.append([intent, outcome({ status: "done" })]);
  return result(change, "done", {});
}

async function write(run: Run, change: Change, sight: Sight): Promise<Result> {
  const { intent, outcome, requestId } = events(run, change, sight);
  await run.journal.append([intent]);
  let handedOut = false;
  const context: WriteContext = {
    requestId,
    ...(sight.current && { current: sight.current }),
    ...(await temporaryPassword(run, change, requestId)),
    bound: (address) => boundTo(run, address),
    deliver: async (credential) => {
      await run.writers.sink.deliver(credential);
      handedOut = true;
    },
    signal: new AbortController().signal,
  };
  const ending = await send(run, asItIs(change, sight.current), context);
  const credential = "credential" in intent && ending.status === "done" ? ({ credential: handedOut ? "delivered" : "lost" } as const) : {};
  const made = context.credential && ending.status === "done" ? ({ credential: "delivered" } as const) : {};
  const final = { ...ending, ...credential, ...made, ...(credential.credential === "lost" && lostCredential(change.address)) };
  await run.journal.append([outcome(final)]);
  return result(change, final.status, final);
}

/** The change of the object as it is called now: an upgrade earlier in this run gave it another id than it was planned with. */
function asItIs(change: Change, current: Observed | undefined): Change {
  if (!("observed" in change) || current === undefined || current.id === change.observed.id) return change;
  return { ...change, observed: { ...change.observed, id: current.id } };
}

/** Sends it; what may be sent again under the same request id is, when the reply is lost. */
async function send(run: Run, change: Change, context: WriteContext, attempts = 3): Promise<Ending> {
  try {
    const observed = await run.adapter.write(change, context);
    if (observed) run.bound.set(change.address, observed);
    return { status: "done", ...(observed && { id: observed.id }) };
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    const uncertain = error.problem === "unknown-outcome" || error.problem === "unavailable";
    const repeatable = change.action !== "release" && run.adapter.supports[change.kind]?.repeatable.includes(change.action);
    if (uncertain && repeatable && attempts > 1) return send(run, change, context, attempts - 1);
    return failure(change, error, uncertain ? "unknown" : "failed");
  }
}

function failure(change: Change, error: unknown, status: Status): Result {
  if (!(error instanceof AdapterError)) throw error;
  const stale = error.problem === "conflict" || error.problem === "missing";
  const hint = status === "unknown" ? `it may have happened: run apply again, which finds out by reading; or say so with \`partnerctl settle ${change.id}\`` : undefined;
  return result(change, status === "failed" && stale ? "stale" : status, { code: `backend/${error.problem}`, because: error.message, ...(hint && { hint }) });
}

/** What to do about a credential that was handed out once and never arrived. */
export function lostCredential(address: Address): Pick<Result, "code" | "hint"> {
  return { code: "credential/lost", hint: `the credential of ${address} was handed out once and its reply was lost: recover access at the sign-in page, or with the customer's own administrator` };
}

/** A new object's temporary password, safe in the sink before anything is sent. */
async function temporaryPassword(run: Run, change: Change, requestId: string): Promise<{ credential?: Credential }> {
  const userName = change.action === "create" ? run.kinds.get(change.kind)?.password?.(change.desired) : undefined;
  if (userName === undefined) return {};
  const credential: Credential = { address: change.address, purpose: "temporary-password", userName, secret: run.writers.password(), requestId };
  await run.writers.sink.deliver(credential);
  return { credential };
}

function boundTo(run: Run, address: Address): Observed {
  const found = run.bound.get(address);
  if (!found) throw new AdapterError("missing", `${address} is not there`);
  return found;
}

function events(run: Run, change: Change, sight: Sight) {
  const { id: runId, plan, view } = run;
  const subject = { run: runId, change: change.id, address: change.address };
  const requestId = uuidOf(`${plan.digest}\n${change.id}`);
  const kind = run.kinds.get(change.kind);
  const keyed = keyedBy(run.ledgerKey);
  const fields = "desired" in change && kind ? { fields: appliedFields(kind, change.address, change.desired, keyed) } : {};
  const named = "observed" in change ? change.observed : { key: change.key, spec: change.desired };
  const key = kind && appliedKey(kind, change.address, named, keyed);
  const intent: Event = {
    at: view.now(), type: "intent", ...subject, kind: change.kind, action: change.action, requestId,
    ...("observed" in change && { id: sight.current?.id ?? change.observed.id }),
    ...(key !== undefined && { key }),
    ...(sight.parentId !== undefined && { parentId: sight.parentId }),
    ...(sight.existing.length > 0 && { existing: sight.existing }),
    ...fields,
    ...(change.action === "create" && kind?.handsOut && { credential: true as const }),
  };
  // A backend's words may quote somebody's data, so only their code goes on record.
  const outcome = ({ hint: _hint, because: _because, ...ending }: Ending): Event => ({ at: view.now(), type: "outcome", ...subject, by: "reply", ...ending });
  return { intent, outcome, requestId };
}

/** A UUID that is the same for the same text (its first 16 bytes of SHA-256, marked as version 8, RFC 9562). */
function uuidOf(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
