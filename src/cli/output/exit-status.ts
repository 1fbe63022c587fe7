import { type Diagnostic, hasErrors } from "../../model/diagnostic.ts";

/** How a command can end. Each command's `--help` lists those it uses. */
export const exitStatus = {
  done: 0,
  error: 1,
  pending: 2,
  partly: 3,
  stale: 4,
  guarded: 5,
  locked: 6,
  unreachable: 7,
  stopped: 130,
} as const;

/** The statuses by their weight, the gravest first. */
export const byWeight: readonly number[] = [
  exitStatus.stopped,
  exitStatus.locked,
  exitStatus.unreachable,
  exitStatus.error,
  exitStatus.guarded,
  exitStatus.partly,
  exitStatus.stale,
  exitStatus.pending,
];

/** The status to end with where several hold: the gravest; done where none does. */
export function gravest(statuses: readonly number[]): number {
  return byWeight.find((status) => statuses.includes(status)) ?? exitStatus.done;
}

const statusOfCode: Readonly<Record<string, number>> = {
  "ledger/locked": exitStatus.locked,
  "backend/denied": exitStatus.unreachable,
  "backend/throttled": exitStatus.unreachable,
  "backend/unavailable": exitStatus.unreachable,
};

/** The status that diagnostics amount to: done where none of them is an error. */
export function statusOf(diagnostics: readonly Diagnostic[]): number {
  if (!hasErrors(diagnostics)) return exitStatus.done;
  return gravest([exitStatus.error, ...diagnostics.map(({ code }) => statusOfCode[code] ?? exitStatus.done)]);
}
