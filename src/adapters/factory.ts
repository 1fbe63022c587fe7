import type { Code } from "../model/codes.ts";
import type { Adapter } from "../model/adapter.ts";
import type { Clock } from "../model/clock.ts";
import type { EventLog } from "./event-log.ts";
import { type Diagnostic, diagnostic } from "../model/diagnostic.ts";
import type { Spec } from "../model/values/json.ts";
import { WordedError } from "../model/text/worded-error.ts";
import type { Wording } from "../model/text/phrase.ts";

/** Keeps a new value of a secret. Returns why it could not. */
export type SecretKeeper = (value: string) => Promise<Wording | undefined>;

/** What every adapter receives in addition to its own options. */
export interface AdapterContext {
  /** Absolute path of the project folder. Relative paths in the options start here. */
  readonly root: string;
  /** Absolute path of the folder from which the adapter's module is resolved. `root` if omitted. */
  readonly base?: string;
  /** With `read`, the adapter must be unable to write. It may write if this is omitted. */
  readonly access?: "read" | "write";
  /**
   * Reads a file named in the options. Refuses pipes, devices and very large files. Throws the file
   * system's errors.
   */
  readonly readFile?: (path: string) => Uint8Array;
  /** Whether a file can be created or replaced. Default: it can. */
  readonly isWritable?: (path: string) => boolean;
  /** The files that this process writes are lost when the run ends: a pipeline's runner. */
  readonly isEphemeral?: boolean;
  /**
   * Returns a function that keeps a new value of a secret where the settings take it from, or says
   * why it could not. Undefined if that place takes no new values.
   */
  readonly keeperOf?: (secret: string) => SecretKeeper | undefined;
  /** Receives a warning before the first request. */
  readonly warn?: (warning: Diagnostic) => void;
  /** The clock for timestamps and waiting. The machine's clock if omitted. */
  readonly clock?: Clock;
  /** Returns random numbers in [0, 1), used as jitter for retries. No jitter if omitted. */
  readonly random?: () => number;
  /** Receives a line for each pause and each request. */
  readonly log?: EventLog;
}

/**
 * Opens a backend with the options from the settings. Throws AdapterUnusable if the options are
 * invalid.
 */
export type AdapterFactory = (options: Spec, context: AdapterContext) => Adapter | Promise<Adapter>;

/** What a person is shown who signs in. */
export interface LoginDialog {
  readonly signal: AbortSignal;
  /** Asks nobody where the options have no use for a user, or hold a token. */
  readonly onlyIfNeeded?: true;
  /** Shows the address to open, and the code to enter there, if one is needed. */
  show(address: string, code?: string): void;
}

/** Who has signed in. */
export interface LoggedIn {
  readonly tenant?: string;
  readonly user?: string;
  readonly name?: string;
}

/**
 * Lets a person sign in, and keeps the refresh token. Undefined where nobody needs to. Throws
 * AdapterUnusable or AdapterError `denied`, `unavailable`, `throttled` or `rejected`.
 */
export type Login = (
  options: Spec,
  context: AdapterContext,
  dialog: LoginDialog,
) => Promise<LoggedIn | undefined>;

/**
 * The settings name an adapter that cannot be loaded, or give it invalid options. Carries the
 * diagnostic for the user.
 */
export class AdapterUnusable extends WordedError {
  override readonly name = "AdapterUnusable";
  readonly diagnostic: Diagnostic;

  constructor(code: Code, wording: Wording, hint?: Wording) {
    super(wording);
    this.diagnostic = diagnostic({ severity: "error", code, message: wording, hint });
  }
}
