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

/** How an emulator is started. */
export interface EmulatorOptions extends EmulationOptions {
  /** 0, or none, is any that is free. */
  readonly port?: number;
  readonly faults?: readonly InjectedFault[];
}

/** The emulator's own door, from inside the process. */
export interface EmulatorControl {
  /** The emulator's clock. */
  now(): Date;
  /** Moves the clock on, by seconds or an ISO 8601 duration (PT15M, P61D). */
  advance(by: number | string): void;
  addFault(...faults: readonly InjectedFault[]): void;
  faults(): readonly (InjectedFault & { readonly matched: number; readonly happened: number })[];
  clearFaults(): void;
  quirks(): Quirks;
  /** Sets some quirks over those that are set, or takes all of them away. */
  setQuirks(settings: QuirkSettings | "none"): void;
  requests(): readonly LoggedRequest[];
  counts(): RequestCounts;
  clearRequests(): void;
  dump(): Dump;
  restore(dump: Dump): void;
}

/** A running emulator; `url` is the base of sign-in, of Partner Center and of Graph alike. */
export interface Emulator {
  readonly url: string;
  readonly control: EmulatorControl;
  close(): Promise<void>;
}

/** Starts a Partner Center on this machine, reachable from this machine only. */
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
    throw new Unusable(`port ${port} cannot be listened on: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
