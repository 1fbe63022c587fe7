import type { Change, FieldChange, Impact } from "../plan/plan.ts";

/** What stands for somebody's data where it is left out. */
export const personalMask = "<personal>";

/** What a change was to do, as the ledger keeps it and history tells it: somebody's data is masked. */
export interface RecordedChange extends Pick<Change, "cause" | "reason"> {
  readonly fields: readonly FieldChange[];
  readonly impact: Impact;
  /** What people called the ids that occur in it. */
  readonly names?: Readonly<Record<string, string>>;
}

/** A change as it is put on record, with what a plan calls its ids. */
export function recordedChange({ cause, reason, fields, impact }: Change, names: Readonly<Record<string, string>>): RecordedChange {
  const masked = fields.map(maskedField);
  const text = JSON.stringify([masked, impact]);
  const known = Object.entries(names).filter(([id]) => text.includes(JSON.stringify(id)));
  return { cause, reason, fields: masked, impact, ...(known.length > 0 && { names: Object.fromEntries(known) }) };
}

/** A field whose values are left out where they are somebody's. */
export function maskedField(one: FieldChange): FieldChange {
  if (!one.personal) return one;
  return { ...one, after: personalMask, ...(one.before !== undefined && { before: personalMask }) };
}
