import type { Clock } from "../../src/model/clock.ts";

/** Time as it passes for all machines of a story, whatever their clocks say. */
export interface Time {
  /** Milliseconds since 1970 by the one clock that is right. */
  now(): number;
  /**
   * Lets time pass; timers that are due fire, but for those of machines and processes that are
   * stopped.
   */
  pass(seconds: number): Promise<void>;
  machine(name: string, skewSeconds: number): Machine;
  /** A clock that is off by so much and never sleeps: the service's. */
  clock(skewSeconds: number): Clock;
}

/** A machine with clocks of its own. */
export interface Machine {
  readonly name: string;
  /** Milliseconds since its boot; they stand still while the machine sleeps. */
  monotonic(): number;
  /** Sets its time of day, forward or back. */
  set(seconds: number): void;
  /** The machine sleeps: nothing runs, and the monotonic clock stands still. */
  sleep(): void;
  wake(): Promise<void>;
  process(): Process;
}

/** A process on a machine; a stopped one runs no timers until it goes on. */
export interface Process {
  readonly machine: Machine;
  readonly clock: Clock;
  stop(): void;
  resume(): Promise<void>;
}

/**
 * Longer waits are timers, which fire as time passes; shorter ones are over at once, and time has
 * passed.
 */
const shortest = 60_000;

interface Timer {
  readonly due: number;
  isRunning(): boolean;
  monotonic(): number;
  fire(): void;
}

/** Time that stands still until it is moved. */
export function time(start = "2026-11-05T01:00:00Z"): Time {
  let now = Date.parse(start);
  const timers = new Set<Timer>();
  const fireDue = async () => {
    for (const timer of [...timers]) {
      if (!timer.isRunning() || timer.due > timer.monotonic()) continue;
      timers.delete(timer);
      timer.fire();
    }
    await settle();
  };
  const pass = async (seconds: number) => {
    now += seconds * 1000;
    await fireDue();
  };
  const context: Context = {
    now: () => now,
    move: (milliseconds) => {
      now += milliseconds;
    },
    timers,
    fireDue,
  };
  return {
    now: context.now,
    pass,
    machine: (name, skew) => machine(context, name, skew * 1000),
    clock: (skew) => ({
      now: () => new Date(now + skew * 1000),
      monotonic: () => now,
      sleep: async (milliseconds) => context.move(milliseconds),
    }),
  };
}

interface Context {
  now(): number;
  move(milliseconds: number): void;
  readonly timers: Set<Timer>;
  fireDue(): Promise<void>;
}

function machine(context: Context, name: string, skew: number): Machine {
  const booted = context.now() - 1_000_000;
  let [set, slept] = [0, 0];
  let since: number | undefined;
  const monotonic = () => (since ?? context.now()) - booted - slept;
  const self: Machine = {
    name,
    monotonic,
    set: (seconds) => {
      set += seconds * 1000;
    },
    sleep: () => {
      since = context.now();
    },
    wake: async () => {
      slept += context.now() - (since ?? context.now());
      since = undefined;
      await context.fireDue();
    },
    process: () => {
      let stopped = false;
      const running = () => !stopped && since === undefined;
      const wall = () => new Date(context.now() + skew + set);
      return {
        machine: self,
        clock: {
          now: wall,
          monotonic,
          sleep: (milliseconds, signal) =>
            sleep(context, { monotonic, running }, { milliseconds, signal }),
        },
        stop: () => {
          stopped = true;
        },
        resume: async () => {
          stopped = false;
          await context.fireDue();
        },
      };
    },
  };
  return self;
}

function sleep(
  { timers, move }: Context,
  { monotonic, running }: { monotonic(): number; running(): boolean },
  {
    milliseconds,
    signal,
  }: { readonly milliseconds: number; readonly signal: AbortSignal | undefined },
): Promise<void> {
  signal?.throwIfAborted();
  if (milliseconds < shortest) {
    move(milliseconds);
    return settle(1);
  }
  return new Promise((resolve, reject) => {
    const timer: Timer = {
      due: monotonic() + milliseconds,
      isRunning: running,
      monotonic,
      fire: resolve,
    };
    timers.add(timer);
    signal?.addEventListener("abort", () => {
      timers.delete(timer);
      reject(signal.reason);
    });
  });
}

/** Lets everything run that waits for no clock. */
async function settle(turns = 20): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
