import { AdapterError, type Times, type WriteContext } from "../../model/adapter.ts";
import type { Observed } from "../../model/observed.ts";
import type { Change } from "../../model/plan/plan.ts";
import { say } from "../../model/text/phrase.ts";
import { type ApplyRun, remarkOn } from "../apply/apply-run.ts";
import { buys } from "./check-change.ts";
import { requestIdOf } from "./ledger-values.ts";
import { ProposalDeclined, makeProposer, type Proposer } from "./propose.ts";
import { type Receiver, lostCredential, receiver } from "./prepare-credential.ts";
import { boundTo } from "./resolve-references.ts";
import {
  type AccountChange,
  type SentEnding,
  type WriteReading,
  type Prepared,
  type Ending,
  type EndingDraft,
  endAsFailed,
} from "./step-results.ts";
import { record } from "../../model/text/recorded.ts";
import { wordingOf } from "../../model/text/worded-error.ts";

/** Sends a change whose intent is recorded. A request in flight is not interrupted. */
export async function sendChange(
  run: ApplyRun,
  change: AccountChange,
  { current, credential }: WriteReading & Prepared,
): Promise<SentEnding> {
  const pending = run.ledger.attempts[change.address]?.pending;
  const handed = receiver(run.writers.sink);
  let lacking: Partial<EndingDraft> = {};
  const proposed = makeProposer(run, change, pending?.proposal);
  const context: WriteContext = {
    requestId: requestIdOf(run, change),
    ...(pending && { repeated: true }),
    ...(current && { current }),
    ...(credential && { credential }),
    bound: (address) => boundTo(run, address),
    deliver: handed.deliver,
    propose: proposed.propose,
    remark: (told) => remarkOn(run, { change: change.id, ...told }),
    lacks: (fields, error) => {
      lacking = {
        lacks: fields,
        code: `backend/${error.problem}`,
        because: wordingOf(error),
        hint: say`Plan again to try it once more.`,
      };
    },
    permit: run.confirm,
    signal: new AbortController().signal,
    interrupted: run.view.signal,
  };
  const times = run.adapter.clock?.();
  const ending = await send(run, withCurrentId(change, current), { context, proposed });
  if (ending.status !== "done") return ending;
  return record({
    ...ending,
    ...lacking,
    ...delivery(run, change, { credential, handed }),
    ...shownAt(times?.()),
  });
}

/** The latest time of the reply, by the backend's clock. */
function shownAt(times: Times | undefined): { readonly backendTime?: string } {
  return times ? { backendTime: new Date(times.latest).toISOString() } : {};
}

/** The change with the object's current id: an upgrade earlier in this run may have changed it. */
function withCurrentId(change: AccountChange, current: Observed | undefined): AccountChange {
  if (change.action === "create" || current === undefined || current.id === change.observed.id)
    return change;
  return { ...change, observed: { ...change.observed, id: current.id } };
}

/** Whether the credential of a new object was delivered or lost. */
function delivery(
  run: ApplyRun,
  change: Change,
  { credential, handed }: Prepared & { readonly handed: Receiver },
): Partial<EndingDraft> {
  if (credential || handed.kept) return { credential: "delivered" };
  return change.action === "create" && run.kinds.get(change.kind)?.handsOut
    ? lostCredential(change.address)
    : {};
}

interface Sending {
  readonly context: WriteContext;
  readonly proposed: Proposer;
  /** How often the change may be sent. */
  readonly attempts?: number;
}

/**
 * Sends a change. If the reply is lost, a repeatable write or one with a recorded proposal is sent
 * again with the same request id.
 */
async function send(run: ApplyRun, change: AccountChange, sending: Sending): Promise<Ending> {
  const { proposed, attempts = 3 } = sending;
  const { proposal } = proposed;
  const context = { ...sending.context, ...(proposal !== undefined && { proposal }) };
  try {
    const observed = await run.adapter.write(change, context);
    if (buys(run, change)) run.unproven = false;
    if (observed) run.made.set(change.address, observed);
    else run.made.delete(change.address);
    // What remains of a removed object (a suspended subscription) stays bound.
    const id =
      observed?.id ?? (run.kinds.get(change.kind)?.remains ? context.current?.id : undefined);
    return { status: "done", ...(id !== undefined && { id }) };
  } catch (error) {
    if (error instanceof ProposalDeclined) return declined(error, context);
    if (!(error instanceof AdapterError)) throw error;
    const uncertain =
      !error.unsent && (error.problem === "unknown-outcome" || error.problem === "unavailable");
    if (error.unproven) run.unproven = true;
    else if (!uncertain && !error.unsent && buys(run, change)) run.unproven = false;
    const repeatable =
      proposed.proposal !== undefined ||
      run.adapter.supports[change.kind]?.repeatable.includes(change.action);
    if (uncertain && repeatable && attempts > 1)
      return send(run, change, {
        context: { ...context, repeated: true },
        proposed,
        attempts: attempts - 1,
      });
    // A refused repetition does not prove that the first attempt failed.
    return uncertain || context.repeated ? doubtful(change, error) : endAsFailed(error);
  }
}

/** A proposal that an earlier try may have ordered stays open. */
function declined({ ending }: ProposalDeclined, { repeated }: WriteContext): Ending {
  return repeated ? { ...ending, status: "unknown" } : ending;
}

function doubtful(change: Change, error: AdapterError): Ending {
  return record({
    status: "unknown",
    code: `backend/${error.problem}`,
    because: wordingOf(error),
    hint: say`It may have happened: run apply again, which finds out by reading; or say so with \`partnerctl ledger settle ${change.id}\`.`,
  });
}
