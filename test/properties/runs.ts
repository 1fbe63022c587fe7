import fc from "fast-check";
import { onTestFinished } from "vitest";

const factor = Number(process.env.FC_FACTOR ?? 1);

/**
 * How a property is run: so many times (FC_FACTOR times that, for a soak), from a seed that is
 * printed (FC_SEED sets it). On a failure fast-check prints the seed and the path to the shortest
 * example itself.
 */
export function runs(count: number): {
  readonly numRuns: number;
  readonly interruptAfterTimeLimit: number;
} {
  const numRuns = Math.max(1, Math.round(count * factor));
  onTestFinished(({ task }) =>
    console.info(`${task.name}: ${numRuns} runs, FC_SEED=${fc.readConfigureGlobal()?.seed}`),
  );
  // Before a test's own time is up, so that a long search for a shorter example still ends in a
  // report.
  return { numRuns, interruptAfterTimeLimit: 45_000 * Math.max(1, factor) };
}
