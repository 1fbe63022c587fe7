import type { Address } from "../../model/address.ts";
import { type Credential, type CredentialSink, SinkUnavailable } from "../../model/credential.ts";
import type { Change } from "../../model/plan/plan.ts";
import { say } from "../../model/text/phrase.ts";
import { requestIdOf } from "./ledger-values.ts";
import type { ApplyRun } from "../apply/apply-run.ts";
import type { Prepared, Ending, EndingDraft } from "./step-results.ts";
import { record } from "../../model/text/recorded.ts";
import { wordingOf } from "../../model/text/worded-error.ts";

/**
 * Prepares the sink for a change: delivers a new temporary password, and checks that the sink can
 * keep what the backend will hand out. Returns a failed ending if the sink is unavailable.
 */
export async function prepareCredential(run: ApplyRun, change: Change): Promise<Prepared | Ending> {
  try {
    if (change.action === "create" && run.kinds.get(change.kind)?.handsOut) await ready(run);
    return await temporaryPassword(run, change);
  } catch (error) {
    if (!(error instanceof SinkUnavailable)) throw error;
    return record({ status: "failed", code: "credential/no-sink", because: wordingOf(error) });
  }
}

function ready(run: ApplyRun): Promise<void> {
  run.sinkReady ??= run.writers.sink.ready?.() ?? Promise.resolve();
  return run.sinkReady;
}

async function temporaryPassword(run: ApplyRun, change: Change): Promise<Prepared> {
  const userName =
    change.action === "create" ? run.kinds.get(change.kind)?.password?.(change.desired) : undefined;
  if (userName === undefined) return {};
  const secret = run.writers.password();
  const credential: Credential = {
    address: change.address,
    purpose: "temporary-password",
    userName,
    secret,
    requestId: requestIdOf(run, change),
  };
  await run.writers.sink.deliver(credential);
  return { credential };
}

/** Receives a credential that the backend hands out once, and records whether the sink kept it. */
export interface Receiver {
  deliver(credential: Credential): Promise<void>;
  readonly kept: boolean;
}

/**
 * Makes a receiver for a sink. It ignores SinkUnavailable: a failing sink must not hide that the
 * write was done.
 */
export function receiver(sink: CredentialSink): Receiver {
  let kept = false;
  return {
    deliver: async (credential) => {
      try {
        await sink.deliver(credential);
        kept = true;
      } catch (error) {
        if (!(error instanceof SinkUnavailable)) throw error;
      }
    },
    get kept() {
      return kept;
    },
  };
}

/** The result of a credential that was handed out once and lost, with a hint for the user. */
export function lostCredential(
  address: Address,
): Pick<EndingDraft, "credential" | "code" | "hint"> {
  const hint = say`The credential of ${address} was handed out once and did not reach the sink: recover access at the sign-in page, or with the customer's own administrator.`;
  return { credential: "lost", code: "credential/lost", hint };
}
