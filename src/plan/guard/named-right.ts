// What an object of another kind asks of whomever it names.
import type { NamedRight, GuardedRight } from "../../model/kind.ts";
import { after, before } from "../../model/plan/before-after.ts";
import type { Change } from "../../model/plan/plan.ts";

/** The change of a plan that sets whom the object names. What this change leaves is known, so the object is not read again. */
export function namingChange<C extends Change>(changes: readonly C[], { kind, fields }: NamedRight): C | undefined {
  return changes.find((one) => one.kind === kind && one.by === "adapter" && one.fields.some(({ pointer }) => fields.includes(pointer)));
}

/** Whether an object holds a right before a change and not after it. */
export function takesRight(change: Change, { holds }: GuardedRight): boolean {
  return holds(before(change)) && !holds(after(change));
}
