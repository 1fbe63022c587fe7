import assert from "node:assert/strict";
import { AdapterError, type Problem, type WriteContext } from "../../model/adapter.ts";
import type { Address } from "../../model/address.ts";
import type { Observed } from "../../model/observed.ts";
import type { Change } from "../../model/plan/plan.ts";
import type { Stage } from "../stage.ts";
import type { Sent } from "../watched.ts";

/** A write to send again. */
export interface Again extends Sent {
  /** Distinguishes this attempt's request id from others. */
  readonly request: string;
  readonly current?: Observed;
}

/** Asserts that a write fails with this problem. */
export async function demandProblem(stage: Stage, again: Again, expected: Problem): Promise<void> {
  assert.equal(
    await outcome(stage, again),
    expected,
    `${again.change.action} of ${again.change.address}`,
  );
}

/**
 * Sends a write under a new request id. Returns the problem it fails with, or undefined if it
 * succeeds.
 */
export async function outcome(
  stage: Stage,
  { change, context, request, current }: Again,
): Promise<Problem | undefined> {
  const { current: _, ...rest } = context;
  try {
    await insist(stage, change, {
      ...rest,
      requestId: `conformance ${request} ${change.id}`,
      ...(current && { current }),
    });
    return undefined;
  } catch (error) {
    if (error instanceof AdapterError) return error.problem;
    throw error;
  }
}

/** Sends a write again under the same request id. */
export function resend(stage: Stage, { change, context }: Sent): Promise<Observed | undefined> {
  return insist(stage, change, { ...context, repeated: true });
}

/**
 * Sends a write. Retries while the backend is unavailable or the outcome unknown, up to `patience`
 * attempts in total.
 */
async function insist(
  stage: Stage,
  change: Change,
  context: WriteContext,
): Promise<Observed | undefined> {
  let given = context;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await stage.bare.write(change, given);
    } catch (error) {
      const uncertain =
        error instanceof AdapterError &&
        (error.problem === "unavailable" || error.problem === "unknown-outcome");
      if (!uncertain || attempt >= (stage.subject.patience ?? 1)) throw error;
      given = { ...context, repeated: true };
    }
  }
}

/** Reads everything into an array. */
export async function drain(items: AsyncIterable<Observed>): Promise<Observed[]> {
  const all: Observed[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** Returns the last write sent to an address. Throws an AssertionError if there was none. */
export function sentTo(stage: Stage, at: Address): Sent {
  return stage.sent.get(at) ?? assert.fail(`nothing was sent to ${at}`);
}
