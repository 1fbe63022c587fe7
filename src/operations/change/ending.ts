import { AdapterError } from "../../model/adapter.ts";
import type { Code } from "../../model/codes.ts";
import type { Result } from "../../model/plan/receipt.ts";
import { say } from "../../model/text/say.ts";

/** How a change ended: a result without the change's identity. */
export type Ending = Omit<Result, "change" | "address" | "action">;

/** The run was interrupted before the change was sent. */
export const interrupted: Ending = {
  status: "skipped",
  code: "skipped/interrupted",
  because: say`the run was interrupted before it was sent`,
  hint: say`run apply again to go on`,
};

/** The account or the ledger is no longer as the plan assumes. */
export function stale(code: Code, because: string): Ending & { readonly status: "stale" } {
  return { status: "stale", code, because };
}

/** The ending of a change that a request's error proves not done. Throws what is no AdapterError. */
export function failed(error: unknown): Ending & { readonly because: string } {
  if (!(error instanceof AdapterError)) throw error;
  const moved = error.problem === "conflict" || error.problem === "missing";
  return { status: moved ? "stale" : "failed", code: `backend/${error.problem}`, because: error.message };
}
