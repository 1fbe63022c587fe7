import type { Diagnostic } from "../model/diagnostic.ts";
import { leaves } from "../model/pointer.ts";
import type { Change, FieldChange, Plan, Ref } from "../model/plan.ts";
import type { Json } from "../model/json.ts";
import type { Style } from "./report.ts";

const mask = "<personal>";

/** Whether somebody's data is left out: as the style says, else wherever the format is meant for sharing. */
export function isMasked(style: Style, shared: boolean): boolean {
  return (style.personal ?? (shared ? "masked" : "shown")) === "masked";
}

/**
 * A plan with somebody's data left out. Values stay in `fields` alone, for only there it is known whose they are: specs and patches are
 * emptied, natural keys masked. It is for reading; it cannot be applied, and its digest is still that of the plan it was made from.
 */
export function maskedPlan(plan: Plan): Plan {
  const unmanaged = plan.unmanaged?.map((one): Ref => ({ ...one, key: mask })) ?? null;
  return { ...plan, changes: masked(plan.changes), unmanaged };
}

/** Diagnostics for those who do not have the manifests: without the lines they are about, which may hold anything, unless the style shows personal data. */
export function unquoted(diagnostics: readonly Diagnostic[], style: Style): readonly Diagnostic[] {
  if (style.personal !== "masked") return diagnostics;
  return diagnostics.map((one) => (one.at === undefined ? one : { ...one, at: { ...one.at, excerpt: "" } }));
}

/** The changes with somebody's data left out, under the same rule. */
export function masked(changes: readonly Change[]): readonly Change[] {
  return changes.map(maskedChange);
}

function maskedChange(given: Change): Change {
  const values = personalTexts(given.fields);
  const change = {
    ...given,
    fields: values === undefined ? given.fields : given.fields.map(maskedField),
    ...(given.note !== undefined && { note: without(given.note, values) }),
    ...(given.steps && { steps: given.steps.map((step) => without(step, values)) }),
  };
  if (change.action === "create") return { ...change, key: mask, desired: {} };
  const observed = { ...change.observed, key: mask, spec: {} };
  if (change.action === "update") return { ...change, observed, desired: {}, patch: [] };
  return change.action === "upgrade" ? { ...change, observed, desired: {} } : { ...change, observed };
}

function maskedField(one: FieldChange): FieldChange {
  if (!one.personal) return one;
  return { ...one, after: mask, ...(one.before !== undefined && { before: mask }) };
}

/** The texts that are somebody's data, the longest first; undefined where no field is personal. */
function personalTexts(fields: readonly FieldChange[]): readonly string[] | undefined {
  const personal = fields.filter((one) => one.personal);
  if (personal.length === 0) return undefined;
  const texts = personal.flatMap((one) => [...textsIn(one.before), ...textsIn(one.after)]);
  return texts.filter((text) => text.trim().length > 1).sort((left, right) => right.length - left.length);
}

function textsIn(value: Json | undefined): readonly string[] {
  if (value === undefined) return [];
  return [...leaves(value)].flatMap(([, leaf]) => (Array.isArray(leaf) ? leaf : [leaf])).filter((one) => typeof one === "string");
}

function without(text: string, values: readonly string[] = []): string {
  return values.reduce((rest, value) => rest.replaceAll(value, mask), text);
}
