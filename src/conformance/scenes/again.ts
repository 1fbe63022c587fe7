import assert from "node:assert/strict";
import { AdapterError, type Problem, type WriteContext } from "../../model/adapter.ts";
import type { Address } from "../../model/address.ts";
import type { Observed } from "../../model/observed.ts";
import type { Change } from "../../model/plan/plan.ts";
import type { Stage } from "../stage.ts";
import type { Sent } from "../watched.ts";

/** A write that is sent again. */
export interface Again extends Sent {
  /** The request id it has this time. */
  readonly request: string;
  readonly current?: Observed;
}

/** Demands that a write ends with this problem. */
export async function demandProblem(stage: Stage, again: Again, expected: Problem): Promise<void> {
  assert.equal(await outcome(stage, again), expected, `${again.change.action} of ${again.change.address}`);
}

/** The problem a write ends with, undefined where it has none. */
export async function outcome(stage: Stage, { change, context, request, current }: Again): Promise<Problem | undefined> {
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

/** The same write once more, under the same request id. */
export function resend(stage: Stage, { change, context }: Sent): Promise<Observed | undefined> {
  return insist(stage, change, { ...context, repeated: true });
}

/** A backend that is set to fail is asked again, as long as the story's patience lasts. */
async function insist(stage: Stage, change: Change, context: WriteContext): Promise<Observed | undefined> {
  let given = context;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await stage.bare.write(change, given);
    } catch (error) {
      const uncertain = error instanceof AdapterError && (error.problem === "unavailable" || error.problem === "unknown-outcome");
      if (!uncertain || attempt >= (stage.subject.patience ?? 1)) throw error;
      given = { ...context, repeated: true };
    }
  }
}

/** Everything a reading yields. */
export async function drain(items: AsyncIterable<Observed>): Promise<Observed[]> {
  const all: Observed[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** The last write that was sent to an address. */
export function sentTo(stage: Stage, at: Address): Sent {
  return stage.sent.get(at) ?? assert.fail(`nothing was sent to ${at}`);
}
