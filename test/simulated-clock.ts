import type { Clock } from "../src/model/clock.ts";

/** A machine's clocks as a test moves them. */
export interface SimulatedClock extends Clock {
  /** Lets time pass on both; whoever sleeps wakes in turn. */
  pass(milliseconds: number): Promise<void>;
  /**
   * Lets time pass until the next of those who sleep wakes; where nobody sleeps, work is under way,
   * and it is left a moment.
   */
  step(): Promise<void>;
  /** For how many milliseconds whoever wakes next still sleeps; undefined where nobody does. */
  left(): number | undefined;
  /** The machine sleeps: its monotonic clock stands still meanwhile. */
  suspend(milliseconds: number): void;
  /** The time of day alone is set forward, or back. */
  set(milliseconds: number): void;
}

/** Clocks that stand still until they are moved. */
export function simulatedClock(start = "2026-03-01T08:00:00Z"): SimulatedClock {
  let wall = Date.parse(start);
  let monotonic = 1_000_000;
  let sleepers: readonly { readonly due: number; wake(): void }[] = [];
  const wake = (until: number): boolean => {
    const [next] = sleepers
      .filter(({ due }) => due <= until)
      .sort((left, right) => left.due - right.due);
    if (!next) return false;
    sleepers = sleepers.filter((one) => one !== next);
    wall += Math.max(0, next.due - monotonic);
    monotonic = Math.max(monotonic, next.due);
    next.wake();
    return true;
  };
  return {
    now: () => new Date(wall),
    monotonic: () => monotonic,
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        const sleeper = {
          due: monotonic + milliseconds,
          wake: () => {
            signal?.removeEventListener("abort", stop);
            resolve();
          },
        };
        sleepers = [...sleepers, sleeper];
        const stop = () => {
          sleepers = sleepers.filter((one) => one !== sleeper);
          reject(signal?.reason);
        };
        if (signal?.aborted) stop();
        else signal?.addEventListener("abort", stop, { once: true });
      }),
    async pass(milliseconds) {
      const until = monotonic + milliseconds;
      do await settle();
      while (wake(until));
      wall += until - monotonic;
      monotonic = until;
      await settle();
    },
    left: () =>
      sleepers.length === 0 ? undefined : Math.min(...sleepers.map(({ due }) => due)) - monotonic,
    async step() {
      await settle();
      if (!wake(Number.POSITIVE_INFINITY)) await new Promise((resolve) => setTimeout(resolve, 2));
      await settle();
    },
    suspend: (milliseconds) => {
      wall += milliseconds;
    },
    set: (milliseconds) => {
      wall += milliseconds;
    },
  };
}

/** Lets everything run that waits for no clock. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** First sights that are kept in memory. */
export function firstSeenBy(clock: Clock): (what: string) => number {
  const seen = new Map<string, number>();
  return (what) => {
    const at = seen.get(what) ?? clock.monotonic();
    seen.set(what, at);
    return at;
  };
}
