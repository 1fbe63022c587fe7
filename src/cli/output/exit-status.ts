import { type Diagnostic, hasErrors } from "../../model/diagnostic.ts";

/** How a command can end. Each command's `--help` lists those it uses. */
export const exitStatus = { done: 0, error: 1, pending: 2, partly: 3, stale: 4, guarded: 5, locked: 6, stopped: 130 } as const;

const weight: readonly number[] = [
  exitStatus.stopped,
  exitStatus.locked,
  exitStatus.error,
  exitStatus.guarded,
  exitStatus.partly,
  exitStatus.stale,
  exitStatus.pending,
];

/** The status to end with where several hold: stopped at a question, then locked, error, guarded, partly, stale, pending; done where none does. */
export function gravest(statuses: readonly number[]): number {
  return weight.find((status) => statuses.includes(status)) ?? exitStatus.done;
}

/** The status of a command that records something: done where nothing was said against it. */
export function recordedStatus(diagnostics: readonly Diagnostic[]): number {
  if (!hasErrors(diagnostics)) return exitStatus.done;
  return diagnostics.some(({ code }) => code === "ledger/locked") ? exitStatus.locked : exitStatus.error;
}
