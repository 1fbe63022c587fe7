import { type Dump, type EmulationOptions, emulation } from "./runtime.ts";
import type { InjectedFault } from "./faults.ts";
import { seconds } from "./http/pipeline/duration.ts";
import { serve } from "./http/server.ts";
import type { LoggedRequest, RequestCounts } from "./request-log.ts";
import { noQuirks, setQuirks, type QuirkSettings, type Quirks } from "./quirks.ts";
import { Unusable } from "./unusable.ts";

export { firstRefreshToken, tenant } from "./account/seed.ts";
export type { Dump, EmulationOptions } from "./runtime.ts";
export { defaultApplication } from "./runtime.ts";
export type { InjectedFault } from "./faults.ts";
export { givenFaults, givenQuirks } from "./cli-options.ts";
export type { LoggedRequest, RequestCounts } from "./request-log.ts";
export type { QuirkSettings, Quirks } from "./quirks.ts";
export { Unusable } from "./unusable.ts";

/** Options of `startEmulator`. */
export interface EmulatorOptions extends EmulationOptions {
  /** The port to listen on. 0 or omitted: any free port. */
  readonly port?: number;
  readonly faults?: readonly InjectedFault[];
}

/** Controls a running emulator from the same process. */
export interface EmulatorControl {
  /** The time of the emulator's clock. */
  now(): Date;
  /**
   * Moves the clock forward by seconds or an ISO 8601 duration (PT15M, P61D). Throws if it is
   * neither.
   */
  advance(by: number | string): void;
  addFault(...faults: readonly InjectedFault[]): void;
  faults(): readonly (InjectedFault & { readonly matched: number; readonly happened: number })[];
  clearFaults(): void;
  quirks(): Quirks;
  /** Changes the given quirks and keeps the others. "none" sets `noQuirks`. */
  setQuirks(settings: QuirkSettings | "none"): void;
  requests(): readonly LoggedRequest[];
  counts(): RequestCounts;
  clearRequests(): void;
  dump(): Dump;
  restore(dump: Dump): void;
}

/** A running emulator. `url` is the base URL of sign-in, Partner Center and Graph. */
export interface Emulator {
  readonly url: string;
  readonly control: EmulatorControl;
  close(): Promise<void>;
}

/**
 * Starts an emulator that listens on 127.0.0.1 only. Throws Unusable if it cannot listen on the
 * port or the data file is not valid.
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const running = emulation(options);
  for (const fault of options.faults ?? []) running.faults.add(fault);
  const server = await serve(running);
  const url = await listen(server, options.port ?? 0).catch((error: unknown) => {
    running.close();
    throw error;
  });
  return {
    url,
    control: {
      now: () => new Date(running.now()),
      advance: (by) => running.advance(seconds(by) * 1000),
      addFault: (...faults) => faults.forEach(running.faults.add),
      faults: running.faults.list,
      clearFaults: running.faults.clear,
      quirks: () => running.quirks,
      setQuirks: (settings) => {
        running.quirks = settings === "none" ? noQuirks : setQuirks(running.quirks, settings);
      },
      requests: running.log.list,
      counts: running.log.counts,
      clearRequests: running.log.clear,
      dump: running.dump,
      restore: running.restore,
    },
    close: async () => {
      await server.close();
      running.close();
    },
  };
}

async function listen(server: Awaited<ReturnType<typeof serve>>, port: number): Promise<string> {
  try {
    return await server.listen({ host: "127.0.0.1", port });
  } catch (cause) {
    throw new Unusable(
      `port ${port} cannot be listened on: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
}
