import { AdapterError, type WriteContext } from "../../../model/adapter.ts";
import type { Service } from "../kind-adapter.ts";

/** What a look found: what was waited for, nothing yet, or that it cannot be found out. */
export type Look = "there" | "later" | "unclear";

/** The longest pause between two looks, in seconds. */
const longestPause = 30;

/**
 * Looks again and again, at growing intervals and by the given clock, until what an order makes is
 * there. Returns false if it is not when `provisioningSeconds` are over, if the user interrupts the
 * waiting, or if it cannot be found out. An error of a look is not one of the order.
 */
export async function lookUntil(
  service: Service,
  context: WriteContext,
  look: () => Promise<Look>,
): Promise<boolean> {
  const { clock, options } = service;
  const began = clock.monotonic();
  for (let pause = options.poll.seconds; ; pause = Math.min(pause * 2, longestPause)) {
    const found = await look().catch(asLook);
    if (found !== "later") return found === "there";
    const left = options.provisioningSeconds - (clock.monotonic() - began) / 1000;
    if (left <= 0 || !(await slept(service, Math.min(pause, left), context))) return false;
  }
}

function asLook(error: unknown): Look {
  if (!(error instanceof AdapterError)) throw error;
  return error.problem === "unavailable" || error.problem === "throttled" ? "later" : "unclear";
}

/** Sleeps. Returns false if the user interrupted it. */
async function slept(
  { clock }: Service,
  seconds: number,
  { interrupted, signal }: WriteContext,
): Promise<boolean> {
  if (interrupted?.aborted) return false;
  try {
    await clock.sleep(seconds * 1000, interrupted ?? signal);
    return true;
  } catch (error) {
    if (interrupted?.aborted) return false;
    throw error;
  }
}
