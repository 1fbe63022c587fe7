import { AdapterError, type Problem } from "../../../model/adapter.ts";
import { say } from "../../../model/text/phrase.ts";
import { codeOf, type Reply } from "./errors.ts";
import type { Service } from "../kind-adapter.ts";
import { idAfter } from "./retry.ts";
import type { Call } from "./client.ts";

/**
 * The error "Not ready to be updated, retry later", documented under 400 in 2021 and under 409
 * since. The request had no effect, and there is no conflict.
 */
const notReady = new Set(["409/800082", "400/800082"]);

/** Whether the service refused the request only temporarily. */
export function isNotReady(reply: Reply): boolean {
  return notReady.has(`${reply.status}/${codeOf(reply)}`);
}

/** For which refusals to wait, and how. */
export interface Waits {
  /** Whether the service refused the request only for now. */
  waits(reply: Reply): boolean | Promise<boolean>;
  /** How many seconds to wait at most. Default: the polling time of the options. */
  readonly longest?: number;
  /** Why to give up when the time is over. Default: `rejected`. */
  readonly problem?: Problem;
}

/**
 * Sends a call and repeats it while `waits` returns true for the refusal, at the polling interval
 * of the options. Each repetition has a new request id, because the previous request was refused.
 * Throws AdapterError when the time is over.
 */
export async function whenReady(
  { wire, options, clock }: Pick<Service, "wire" | "options" | "clock">,
  call: Call,
  { waits, longest = options.poll.longestSeconds, problem = "rejected" }: Waits = {
    waits: isNotReady,
  },
): Promise<Reply> {
  const { seconds } = options.poll;
  let sent = call;
  for (let waited = 0; ; waited += seconds) {
    const reply = await wire.api(sent);
    if (reply.status < 400 || !(await waits(reply))) return reply;
    if (waited >= longest)
      throw new AdapterError(
        problem,
        say`The service was not ready for ${call.method} ${call.path} within ${longest} seconds (${reply.status}/${codeOf(reply)}). Run apply again later.`,
      );
    await clock.sleep(seconds * 1000, call.signal);
    sent = {
      ...sent,
      ...(sent.requestId !== undefined && { requestId: idAfter(sent.requestId, "not-ready") }),
    };
  }
}
