import { type Diagnostic, hasErrors } from "../../model/diagnostic.ts";

/** Exit statuses of commands. Each command's `--help` lists those it uses. */
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

/** Exit statuses by severity, the most severe first. */
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

/** The most severe of the statuses. `done` if there are none. */
export function gravest(statuses: readonly number[]): number {
  return byWeight.find((status) => statuses.includes(status)) ?? exitStatus.done;
}

const statusOfCode: Readonly<Record<string, number>> = {
  "ledger/locked": exitStatus.locked,
  "backend/denied": exitStatus.unreachable,
  "backend/throttled": exitStatus.unreachable,
  "backend/unavailable": exitStatus.unreachable,
};

/** The exit status for diagnostics. `done` if none is an error. */
export function statusOf(diagnostics: readonly Diagnostic[]): number {
  if (!hasErrors(diagnostics)) return exitStatus.done;
  return gravest([
    exitStatus.error,
    ...diagnostics.map(({ code }) => statusOfCode[code] ?? exitStatus.done),
  ]);
}
