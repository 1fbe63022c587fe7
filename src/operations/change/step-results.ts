import { AdapterError } from "../../model/adapter.ts";
import type { Code } from "../../model/codes.ts";
import type { Credential } from "../../model/credential.ts";
import type { Observed } from "../../model/observed.ts";
import type { LedgerAction } from "../../model/plan/action.ts";
import type { Change } from "../../model/plan/plan.ts";
import type { Result } from "../../model/plan/receipt.ts";
import { say, type Wording } from "../../model/text/phrase.ts";
import { record } from "../../model/text/recorded.ts";
import { wordingOf } from "../../model/text/worded-error.ts";

/** How a change ended: a result without the change's identity. */
export type Ending = Omit<Result, "change" | "address" | "action">;

/** How a change ended, with texts that are not in English yet. */
export type EndingDraft = Omit<Ending, "because" | "hint"> & {
  readonly because?: Wording;
  readonly hint?: Wording;
};

/** A change that sends a request: not one for the ledger alone. */
export type AccountChange = Exclude<Change, { readonly action: LedgerAction }>;

/** What is known after a change was sent. */
export type SentEnding = Ending & { readonly backendTime?: string };

/** What was read directly before a write. */
export interface WriteReading {
  readonly parentId?: string;
  readonly current?: Observed;
  /** For a create or an upgrade: the basics of the kind's objects beside it. */
  readonly beside: readonly Observed[];
}

/** A new temporary password, if the change has one. */
export interface Prepared {
  readonly credential?: Credential | undefined;
}

/** The run was interrupted before the change was sent. */
export const interrupted: Ending = {
  status: "skipped",
  code: "skipped/interrupted",
  because: say`The run was interrupted before it was sent.`,
  hint: say`Run apply again to go on.`,
};

/** Ends a change because the account or the ledger is no longer as the plan assumes. */
export function endAsStale(code: Code, because: Wording): Ending & { readonly status: "stale" } {
  return record({ status: "stale", code, because });
}

/** Ends a change whose reading or request failed. Throws an error that is no AdapterError again. */
export function endAsFailed(error: unknown): Ending & { readonly because: string } {
  if (!(error instanceof AdapterError)) throw error;
  const moved = error.problem === "conflict" || error.problem === "missing";
  return record({
    status: moved ? "stale" : "failed",
    code: `backend/${error.problem}`,
    because: wordingOf(error),
  });
}
