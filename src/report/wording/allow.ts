import type { Tripped } from "../../model/plan/plan.ts";

/** The command line option that lifts a guard. */
export function allowOption({ name, needsReason }: Tripped): string {
  return needsReason ? `--allow ${name} --reason TEXT` : `--allow ${name}`;
}
