import type { Address } from "../../model/address.ts";
import { type Credential, type CredentialSink, SinkUnavailable } from "../../model/credential.ts";
import type { Change } from "../../model/plan/plan.ts";
import type { Result } from "../../model/plan/receipt.ts";
import { say } from "../../model/text/say.ts";
import { type Ending, requestIdOf } from "../change/ledger-events.ts";
import type { ApplyRun } from "./apply-run.ts";

/** What a change needs of the sink before it is sent: a new object's temporary password safe in it, and room for what the backend will hand out. An ending where the sink cannot. */
export async function prepare(run: ApplyRun, change: Change): Promise<{ readonly credential?: Credential } | Ending> {
  try {
    if (change.action === "create" && run.kinds.get(change.kind)?.handsOut) await ready(run);
    return await temporaryPassword(run, change);
  } catch (error) {
    if (!(error instanceof SinkUnavailable)) throw error;
    return { status: "failed", code: "credential/no-sink", because: error.message };
  }
}

function ready(run: ApplyRun): Promise<void> {
  run.sinkReady ??= run.writers.sink.ready?.() ?? Promise.resolve();
  return run.sinkReady;
}

async function temporaryPassword(run: ApplyRun, change: Change): Promise<{ readonly credential?: Credential }> {
  const userName = change.action === "create" ? run.kinds.get(change.kind)?.password?.(change.desired) : undefined;
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

/** Takes what a backend hands out once, and knows afterwards what became of it. */
export interface Receiver {
  deliver(credential: Credential): Promise<void>;
  readonly kept: boolean;
}

/** A receiver before a sink. That the sink failed must not hide from the adapter's caller that the write was done. */
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

/** What to do about a credential that was handed out once and never arrived. */
export function lostCredential(address: Address): Pick<Result, "credential" | "code" | "hint"> {
  const hint = say`the credential of ${address} was handed out once and did not reach the sink: recover access at the sign-in page, or with the customer's own administrator`;
  return { credential: "lost", code: "credential/lost", hint };
}
