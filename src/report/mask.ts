import type { Change } from "../model/plan.ts";

const mask = "<personal>";

/** The changes with somebody's data left out of their fields: for what is shared. */
export function masked(changes: readonly Change[]): readonly Change[] {
  return changes.map((change) =>
    change.fields.some((one) => one.personal) ? { ...change, fields: change.fields.map(maskedField) } : change,
  );
}

function maskedField(one: Change["fields"][number]): Change["fields"][number] {
  if (!one.personal) return one;
  return { ...one, after: mask, ...(one.before !== undefined && { before: mask }) };
}
