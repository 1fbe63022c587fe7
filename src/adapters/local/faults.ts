import { AdapterError } from "../../model/adapter.ts";
import type { Change } from "../../model/plan/plan.ts";
import { say } from "../../model/text/phrase.ts";
import type { LocalOptions, Writes } from "../generated/local-options.ts";

/** The configured faults, checked before and after each write. */
export interface SimulatedFaults {
  /** Throws AdapterError `unavailable` if this write is to fail before it takes effect. */
  before(change: Change): void;
  /**
   * Throws AdapterError if this write is to fail after it took effect: `unavailable`, or
   * `unknown-outcome` for a lost reply or a write that is not repeatable.
   */
  after(change: Change, repeatable: boolean): void;
}

/** The faults that the simulation options configure. `random` returns numbers in [0, 1). */
export function faults(
  simulation: LocalOptions["simulate"],
  random: () => number,
): SimulatedFaults {
  const failBefore = picker(simulation.failBefore, random);
  const failAfter = picker(simulation.failAfter, random);
  const lostReplies = picker(simulation.lostReplies, random);
  return {
    before(change) {
      if (failBefore(change))
        throw new AdapterError("unavailable", say`Simulated: the service is not available.`);
    },
    after(change, repeatable) {
      const lost = lostReplies(change);
      const failed = failAfter(change);
      if (lost || (failed && !repeatable))
        throw new AdapterError("unknown-outcome", say`Simulated: the reply was lost.`);
      if (failed)
        throw new AdapterError(
          "unavailable",
          say`Simulated: the service failed, and may have done it.`,
        );
    },
  };
}

function picker(which: Writes | undefined, random: () => number): (change: Change) => boolean {
  if (which === undefined) return () => false;
  let seen = 0;
  return (change) => {
    if (which.kind !== undefined && which.kind !== change.kind) return false;
    if (which.verb !== undefined && which.verb !== change.action) return false;
    seen += 1;
    if (which.nth !== undefined && which.nth !== seen) return false;
    if (which.every !== undefined && seen % which.every !== 0) return false;
    return which.chance === undefined || random() < which.chance;
  };
}
