import type { Plan, Ref } from "../../model/plan/plan.ts";

/** Unmanaged objects that no change of the plan removes. */
export function leftAlone({ unmanaged, changes }: Plan): readonly Ref[] {
  const removed = new Set(
    changes.flatMap((one) => (one.action === "remove" ? `${one.kind}/${one.observed.id}` : [])),
  );
  return (unmanaged ?? []).filter(({ kind, id }) => !removed.has(`${kind}/${id}`));
}

/** The name of an unmanaged object: "Subscription office (Customer/fabrikam)". */
export function describeUnmanaged({ kind, key, parent }: Ref): string {
  return `${kind}${key && ` ${key}`}${parent === undefined ? "" : ` (${parent})`}`;
}
