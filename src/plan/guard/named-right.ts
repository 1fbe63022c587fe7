// The rights that an object of another kind requires of the user it names.
import type { NamedRight, GuardedRight } from "../../model/kind.ts";
import { after, before } from "../../model/plan/before-after.ts";
import type { Change } from "../../model/plan/plan.ts";

/**
 * The plan's adapter change that sets the name in question. The object is then not read again,
 * because its new value is known.
 */
export function namingChange<C extends Change>(
  changes: readonly C[],
  { kind, fields }: NamedRight,
): C | undefined {
  return changes.find(
    (one) =>
      one.kind === kind &&
      one.by === "adapter" &&
      one.fields.some(({ pointer }) => fields.includes(pointer)),
  );
}

/** Whether an object holds a right before the change and not after it. */
export function takesRight(change: Change, { holds }: GuardedRight): boolean {
  return holds(before(change)) && !holds(after(change));
}
