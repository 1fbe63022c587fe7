import fc from "fast-check";
import { onTestFinished } from "vitest";
import { factor } from "../seeded.ts";

/**
 * How a property is run: so many times (FC_FACTOR times that, for a soak), from a seed that is
 * printed (FC_SEED sets it). On a failure fast-check prints the seed and the path to the shortest
 * example itself.
 */
export function runs(count: number): {
  readonly numRuns: number;
  readonly interruptAfterTimeLimit: number;
} {
  onTestFinished(({ task }) =>
    console.info(
      `${task.name}: ${count} × ${factor} runs, FC_SEED=${fc.readConfigureGlobal()?.seed}`,
    ),
  );
  // Before a test's own time is up, so that a long search for a shorter example still ends in a
  // report.
  return { numRuns: count, interruptAfterTimeLimit: 45_000 * Math.max(1, factor) };
}
