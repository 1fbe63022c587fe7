import type { Change, FieldChange, Impact } from "../plan/plan.ts";

/** The text that replaces personal data. */
export const personalMask = "<personal>";

/**
 * The planned effects of a change, as the ledger stores them and history shows them. Personal data
 * is masked.
 */
export interface RecordedChange extends Pick<Change, "cause" | "reason"> {
  readonly fields: readonly FieldChange[];
  readonly impact: Impact;
  /** Names, at that time, of the ids that occur in it. */
  readonly names?: Readonly<Record<string, string>>;
}

/** Returns a change as the ledger stores it. `names` are the plan's names of ids. */
export function recordedChange(
  { cause, reason, fields, impact }: Change,
  names: Readonly<Record<string, string>>,
): RecordedChange {
  const masked = fields.map(maskedField);
  const text = JSON.stringify([masked, impact]);
  const known = Object.entries(names).filter(([id]) => text.includes(JSON.stringify(id)));
  return {
    cause,
    reason,
    fields: masked,
    impact,
    ...(known.length > 0 && { names: Object.fromEntries(known) }),
  };
}

/** Returns a field, with its values masked if they are personal data. */
export function maskedField(one: FieldChange): FieldChange {
  if (!one.personal) return one;
  return { ...one, after: personalMask, ...(one.before !== undefined && { before: personalMask }) };
}
