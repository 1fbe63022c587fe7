import type { Receipt } from "../../model/plan/receipt.ts";
import { say } from "../../model/text/phrase.ts";
import type { ApplyResult } from "../../operations/apply/apply.ts";
import { exitStatus, gravest, statusOf } from "./exit-status.ts";
import type { Terminal } from "./terminal.ts";

/** Shows the result of an apply and returns the exit status. */
export function showApplyResult(application: ApplyResult, terminal: Terminal): number {
  tell(application, terminal);
  return status(application);
}

function tell({ status, plan, receipt, diagnostics }: ApplyResult, terminal: Terminal): void {
  if (receipt) {
    terminal.aside(diagnostics);
    terminal.show({ kind: "receipt", receipt, ...(plan && { plan }) });
  } else if (status === "declined") {
    terminal.refuse("usage/declined", say`Nothing was applied.`);
  } else if (status === "unapproved") {
    terminal.diagnostics(diagnostics);
    terminal.problem(
      say`Nothing was applied: the plan is not approved as the settings ask. No --allow lifts that.`,
    );
  } else if (plan) {
    terminal.show({ kind: "plan", plan });
    if (status === "guarded") terminal.aside(diagnostics);
    if (status !== "nothing" && status !== "unsettled")
      terminal.problem(
        say`Nothing was applied: ${status === "guarded" ? say`a guard stopped it` : say`the plan has problems`}.`,
      );
  } else {
    terminal.diagnostics(diagnostics);
  }
}

function status({ status, receipt, diagnostics }: ApplyResult): number {
  switch (status) {
    case "locked":
      return exitStatus.locked;
    case "guarded":
    case "unapproved":
      return exitStatus.guarded;
    case "refused":
      return gravest([exitStatus.error, statusOf(diagnostics)]);
    case "declined":
      return exitStatus.error;
    case "nothing":
      return exitStatus.done;
    case "unsettled":
      return exitStatus.partly;
    case "stale":
    case "applied":
      return receipt ? outcome(receipt) : exitStatus.stale;
  }
}

function outcome({ results }: Receipt): number {
  const ended = new Set(results.map((result) => result.status));
  const partly =
    results.some(({ lacks }) => lacks) ||
    ended.has("failed") ||
    ended.has("skipped") ||
    ended.has("unknown");
  return gravest([
    ...(partly ? [exitStatus.partly] : []),
    ...(ended.has("stale") ? [exitStatus.stale] : []),
  ]);
}
