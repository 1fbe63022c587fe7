import type { Code } from "../model/codes.ts";
import type { Adapter } from "../model/adapter.ts";
import type { Clock } from "../model/clock.ts";
import type { EventLog } from "./event-log.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Spec } from "../model/values/json.ts";

/** What every adapter is told besides its own options. */
export interface AdapterContext {
  /** The project's folder, absolute: what relative paths in the options start from. */
  readonly root: string;
  /** Where the adapter's own module is found, absolute; `root` where it is missing. */
  readonly base?: string;
  /** `read`: it must be unable to write at all, whatever it is asked. It may write where this is missing. */
  readonly access?: "read" | "write";
  /** Reads a file that the options name: no pipe, no device, nothing of gigabytes. Throws what the file system throws. */
  readonly readFile?: (path: string) => Uint8Array;
  /** What it tells and waits by; the machine's own clock where it is missing. */
  readonly clock?: Clock;
  /** Numbers from 0 to below 1 that spread what is sent again; nothing is spread where it is missing. */
  readonly random?: () => number;
  /** Told what is waited for, and each request. */
  readonly log?: EventLog;
}

/** Opens a backend with the options the settings hold under its name; throws AdapterUnusable where they make no sense. */
export type AdapterFactory = (options: Spec, context: AdapterContext) => Adapter | Promise<Adapter>;

/** The settings name an adapter that cannot be had, or give it options it does not understand: the user's trouble, with its diagnostic. */
export class AdapterUnusable extends Error {
  override readonly name = "AdapterUnusable";
  readonly diagnostic: Diagnostic;

  constructor(code: Code, message: string, hint?: string) {
    super(message);
    this.diagnostic = { severity: "error", code, message, ...(hint !== undefined && { hint }) };
  }
}
