import { AdapterError, type Times, type WriteContext } from "../../model/adapter.ts";
import type { Observed } from "../../model/observed.ts";
import { type Change, isForLedger } from "../../model/plan/plan.ts";
import type { Result, Status } from "../../model/plan/receipt.ts";
import { say } from "../../model/text/say.ts";
import { boundTo } from "./resolve-references.ts";
import { checkIntent } from "./check-intent.ts";
import { lostCredential, prepare, type Receiver, receiver } from "../apply/credentials.ts";
import { inTurn, whyUnheld } from "./holders.ts";
import { intend, record } from "./intend.ts";
import { look, type Moved, type WriteReading } from "./read-before-write.ts";
import { type Ending, outcomeOf, requestIdOf, resultOf } from "./ledger-events.ts";
import type { ApplyRun } from "../apply/apply-run.ts";
import { isPurchase } from "../settle/infer-outcome.ts";

/**
 * Executes one change whose requirements have ended: reads, records the intent, writes, records the
 * outcome. Turns every AdapterError into a result.
 */
export async function attempt(run: ApplyRun, change: Change): Promise<Result> {
  return resultOf(
    change,
    unfit(run, change) ??
      (isForLedger(change) ? await tellLedger(run, change) : await inTurn(run, change, () => lookAndWrite(run, change))),
  );
}

const interrupted: Ending = {
  status: "skipped",
  code: "skipped/interrupted",
  because: say`the run was interrupted before it was sent`,
  hint: say`run apply again to go on`,
};

/** Completes the sentence "it needs ADDRESS#N, …". */
const standing: Readonly<Record<Status, string>> = {
  done: say`which is done`,
  "done-earlier": say`which is done`,
  stale: say`which is stale`,
  failed: say`which failed`,
  skipped: say`which was skipped`,
  unknown: say`whose outcome was not known then`,
  manual: say`which is still to be done manually`,
};

function standingOf({ status, lacks }: Result): string {
  return lacks ? say`which was made without ${lacks.join(" and ")}` : standing[status];
}

function isWhole({ status, lacks }: Result): boolean {
  return (status === "done" || status === "done-earlier") && !lacks;
}

function unfit(run: ApplyRun, change: Change): Ending | undefined {
  const waited = change.requires.map((id) => run.results.get(id)).find((one) => one !== undefined && !isWhole(one));
  if (waited) return { status: "skipped", code: "skipped/requires", because: say`it needs ${waited.change}, ${standingOf(waited)}` };
  if (change.by === "manual") return run.dropped.get(change.id) ?? { status: "manual" };
  return objection(run, change) ?? (run.view.signal.aborted ? interrupted : undefined);
}

/**
 * Reasons against a change before anything is read. That planning again dropped it is more specific
 * than that the ledger has moved.
 */
function objection(run: ApplyRun, change: Change): Ending | undefined {
  const found = checkIntent(run, change);
  const dropped = run.dropped.get(change.id);
  return found?.status === "stale" && dropped?.status === "stale" ? dropped : (found ?? dropped);
}

/** Changes for the ledger alone (forget, rename, protect, unprotect) send no request. */
async function tellLedger(run: ApplyRun, change: Change): Promise<Ending> {
  const ending: Ending = { status: "done", ...(change.action === "rename" && { id: change.observed.id }) };
  return (await intend(run, change, { existing: [] }, ending)) ?? ending;
}

async function lookAndWrite(run: ApplyRun, change: Change): Promise<Ending> {
  const sight = await lookOnce(run, change);
  if ("status" in sight) return sight;
  const prepared = await prepare(run, change);
  if ("status" in prepared) return prepared;
  if (run.view.signal.aborted) return interrupted;
  if (run.unproven && buys(run, change)) return unproven;
  return write(run, change, { ...sight, ...prepared });
}

const unproven: Ending = {
  status: "skipped",
  code: "skipped/unproven",
  because: say`another purchase of this run was answered by something that may not be the service, so no further one is sent`,
  hint: say`find out what answers in the service's place (a proxy, a gateway, a sign-in page), then run apply again`,
};

function buys({ kinds, adapter }: ApplyRun, change: Change): boolean {
  return isPurchase(change, { kinds: [...kinds.values()], supports: adapter.supports });
}

async function lookOnce(run: ApplyRun, change: Change): Promise<WriteReading | Moved | Ending> {
  try {
    const sight = await look(run, change);
    return "status" in sight ? sight : ((await whyUnheld(run, change)) ?? sight);
  } catch (error) {
    if (run.view.signal.aborted) return interrupted;
    return failure(change, error, "failed");
  }
}

async function write(
  run: ApplyRun,
  change: Change,
  { credential, current, ...sight }: WriteReading & Pick<WriteContext, "credential">,
): Promise<Ending> {
  const refused = await intend(run, change, { ...sight, ...(current && { current }) });
  if (refused) return refused;
  const doubted = run.ledger.attempts[change.address]?.pending !== undefined;
  const handed = receiver(run.writers.sink);
  let lacking: Partial<Ending> = {};
  const context: WriteContext = {
    requestId: requestIdOf(run, change),
    ...(doubted && { repeated: true }),
    ...(current && { current }),
    ...(credential && { credential }),
    bound: (address) => boundTo(run, address),
    deliver: handed.deliver,
    lacks: (fields, { problem, message }) => {
      lacking = { lacks: fields, code: `backend/${problem}`, because: message, hint: say`plan again to try it once more` };
    },
    permit: run.confirm,
    // A request in flight is not interrupted.
    signal: new AbortController().signal,
  };
  const times = run.adapter.clock?.();
  const ending = await send(run, asItIs(change, current), context);
  const final =
    ending.status === "done" ? { ...ending, ...lacking, ...fate(run, change, { made: credential !== undefined, handed }) } : ending;
  await record(run, outcomeOf(run, change, { ...final, ...(final.status === "done" && shownAt(times?.())) }));
  return final;
}

/** The latest time of the reply, by the backend's clock. */
function shownAt(times: Times | undefined): { readonly backendTime?: string } {
  return times ? { backendTime: new Date(times.latest).toISOString() } : {};
}

/** The change with the object's current id: an upgrade earlier in this run may have changed it. */
function asItIs(change: Change, current: Observed | undefined): Change {
  if (!("observed" in change) || current === undefined || current.id === change.observed.id) return change;
  return { ...change, observed: { ...change.observed, id: current.id } };
}

/** Whether the credential of a new object was delivered or lost. */
function fate(run: ApplyRun, change: Change, { made, handed }: { readonly made: boolean; readonly handed: Receiver }): Partial<Ending> {
  if (made || handed.kept) return { credential: "delivered" };
  return change.action === "create" && run.kinds.get(change.kind)?.handsOut ? lostCredential(change.address) : {};
}

/**
 * Sends a change. If the reply is lost, a repeatable write is sent again with the same request id.
 */
async function send(run: ApplyRun, change: Change, context: WriteContext, attempts = 3): Promise<Ending> {
  try {
    const observed = await run.adapter.write(change, context);
    if (buys(run, change)) run.unproven = false;
    if (observed) run.made.set(change.address, observed);
    else run.made.delete(change.address);
    // What remains of a removed object (a suspended subscription) stays bound.
    const id = observed?.id ?? (run.kinds.get(change.kind)?.remains ? context.current?.id : undefined);
    return { status: "done", ...(id !== undefined && { id }) };
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    const uncertain = !error.unsent && (error.problem === "unknown-outcome" || error.problem === "unavailable");
    if (error.unproven) run.unproven = true;
    else if (!uncertain && !error.unsent && buys(run, change)) run.unproven = false;
    const repeatable = !isForLedger(change) && run.adapter.supports[change.kind]?.repeatable.includes(change.action);
    if (uncertain && repeatable && attempts > 1) return send(run, change, { ...context, repeated: true }, attempts - 1);
    // A refused repetition does not prove that the first attempt failed.
    return failure(change, error, uncertain || context.repeated ? "unknown" : "failed");
  }
}

function failure(change: Change, error: unknown, status: "failed" | "unknown"): Ending {
  if (!(error instanceof AdapterError)) throw error;
  const moved = error.problem === "conflict" || error.problem === "missing";
  const told = { code: `backend/${error.problem}`, because: error.message } as const;
  if (status === "failed") return { status: moved ? "stale" : status, ...told };
  return {
    status,
    ...told,
    hint: say`it may have happened: run apply again, which finds out by reading; or say so with \`partnerctl ledger settle ${change.id}\``,
  };
}
