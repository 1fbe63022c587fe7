import type { Tripped } from "../../model/plan/plan.ts";

/** The option that lifts a guard, as it is typed. */
export function allowOption({ name, needsReason }: Tripped): string {
  return needsReason ? `--allow ${name} --reason TEXT` : `--allow ${name}`;
}
