import type { Diagnostic, Location } from "../model/diagnostic.ts";
import type { Explanation } from "../model/ledger/history.ts";
import { isSpec, type Json } from "../model/values/json.ts";
import type { Change, FieldChange, Plan, Ref } from "../model/plan/plan.ts";
import { type Pointer, valueAt, withValue } from "../model/values/pointer.ts";
import { type Quoting, textsIn } from "../model/text/quotes.ts";
import type { PhraseValue, Wording } from "../model/text/phrase.ts";
import { record, textOf, textsOf, type Worded } from "../model/text/recorded.ts";
import type { Receipt } from "../model/plan/receipt.ts";
import { maskedField, personalMask } from "../model/ledger/recorded-change.ts";
import type { Edits, ProvenanceReport } from "./document.ts";
import type { Style } from "./report.ts";

const mask = personalMask;

/** Whether to mask personal data: as the style says; by default, only in shared formats. */
export function isMasked(style: Style, shared: boolean): boolean {
  return (style.personal ?? (shared ? "masked" : "shown")) === "masked";
}

/**
 * A copy of a plan without personal data, for display. Values remain only in `fields`, where
 * personal ones are marked; specs and patches are emptied and natural keys masked. The copy cannot
 * be applied, and its digest is that of the original.
 */
export function maskedPlan(plan: Plan): Plan {
  const unmanaged = plan.unmanaged?.map((one): Ref => ({ ...one, key: mask })) ?? null;
  const tripped = plan.tripped.map((one) => maskTexts(one, { message: without }));
  return {
    ...plan,
    changes: maskChanges(plan.changes),
    unmanaged,
    problems: maskedDiagnostics(plan.problems),
    tripped,
  };
}

/** Changes without personal data, as in `maskedPlan`. */
function maskChanges(changes: readonly Change[]): readonly Change[] {
  return changes.map(maskedChange);
}

/**
 * Diagnostics without quoted personal data. Excerpts are reduced to the field's name, because a
 * line can contain anything.
 */
export function maskedDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.map((one) => {
    // Diagnostics about approvals show the approver's e-mail address on purpose.
    const words = one.code.startsWith("approval/") ? without : withoutAnyAddress;
    const masked = maskTexts(one, { message: words, hint: words });
    return one.at ? { ...masked, at: unquoted(one.at) } : masked;
  });
}

/** A receipt without personal data in the backends' messages. */
export function maskedReceipt(receipt: Receipt): Receipt {
  const words = { because: withoutAnyAddress, hint: withoutAnyAddress };
  const results = receipt.results.map((one) => maskTexts(one, words));
  return { ...receipt, results };
}

/** An explanation without personal data, as in `maskedPlan`. */
export function maskedExplanation(result: Explanation): Explanation {
  const { changes, problems, declaredAt } = result;
  return {
    ...result,
    changes: maskChanges(changes),
    problems: maskedDiagnostics(problems),
    ...(declaredAt && { declaredAt: unquoted(declaredAt) }),
  };
}

/** Compiled manifests with masked personal fields; excerpts are reduced to field names. */
export function maskedProvenance(
  resources: readonly ProvenanceReport[],
): readonly ProvenanceReport[] {
  return resources.map(({ document, fields, personal = [], ...rest }) => ({
    ...rest,
    document: personal.reduce(maskedAt, document),
    fields: fields.map(({ pointer, at }) => ({ pointer, at: unquoted(at) })),
  }));
}

/** Edits without personal data: neither quoted texts nor e-mail addresses. */
export function maskedEdits(edits: Edits, quotes: readonly string[]): Edits {
  const { fields, diff, diagnostics } = edits;
  return {
    ...edits,
    fields: fields.map((one) => ({ ...one, value: withoutAny(one.value, quotes) })),
    diff: withoutAnyAddress(diff, quotes),
    diagnostics: maskedDiagnostics(diagnostics),
  };
}

function withoutAny(value: Json, quotes: readonly string[]): Json {
  if (typeof value === "string") return withoutAnyAddress(value, quotes);
  if (Array.isArray(value)) return value.map((one) => withoutAny(one, quotes));
  if (!isSpec(value)) return value;
  const fields = Object.entries(value).map(([name, one]) => [name, withoutAny(one, quotes)]);
  return Object.fromEntries(fields);
}

function maskedAt(document: Json, pointer: Pointer): Json {
  const value = valueAt(document, pointer);
  return value === undefined || !isSpec(document)
    ? document
    : withValue(document, pointer, maskedValue(value));
}

/** A masked value of the same shape, which keeps pointers into it valid. */
function maskedValue(value: Json): Json {
  if (Array.isArray(value)) return value.map(maskedValue);
  return isSpec(value)
    ? Object.fromEntries(Object.entries(value).map(([field, inner]) => [field, maskedValue(inner)]))
    : mask;
}

function unquoted(at: Location): Location {
  const [name = ""] = /^[\s-]*"?[A-Za-z]\w*"?:(?=\s|$)/u.exec(at.excerpt) ?? [];
  return { ...at, excerpt: name === "" ? "" : `${name} …` };
}

function maskedChange(given: Change): Change {
  const quotes = [...(given.quotes ?? []), ...personalTexts(given.fields)];
  const change = {
    ...maskTexts({ ...given, quotes }, { note: without, steps: without }),
    fields: given.fields.map(maskedField),
    ...(given.changedBy?.by !== undefined && { changedBy: { ...given.changedBy, by: mask } }),
  };
  if (change.action === "create") return { ...change, key: mask, desired: {} };
  const observed = { ...change.observed, key: mask, spec: {} };
  if (change.action === "update") return { ...change, observed, desired: {}, patch: [] };
  return change.action === "upgrade"
    ? { ...change, observed, desired: {} }
    : { ...change, observed };
}

function personalTexts(fields: readonly FieldChange[]): readonly string[] {
  const texts = fields
    .filter((one) => one.personal)
    .flatMap((one) => [...textsIn(one.before), ...textsIn(one.after)]);
  return texts.filter((text) => text.trim().length > 1);
}

/** How to mask a text that is not one of this program's. */
type MaskWords = (text: string, values: NonNullable<Quoting["quotes"]>) => string;

/**
 * An object without personal data in the given texts, and without its quotes. Of this program's own
 * texts the values are masked, and never a word of the template.
 */
function maskTexts<T extends Quoting & Worded>(
  { quotes = [], values = {}, ...rest }: T,
  fields: { readonly [field in keyof T & string]?: MaskWords },
): T {
  const masked: Record<string, unknown> = {};
  for (const [field, words] of Object.entries<MaskWords | undefined>(fields)) {
    const given: unknown = (rest as Readonly<Record<string, unknown>>)[field];
    const mask = (text: Wording) => maskText(text, (one) => words?.(one, quotes) ?? one);
    const recorded: Worded = { ...rest, values };
    if (typeof given === "string") masked[field] = mask(textOf(recorded, field));
    else if (Array.isArray(given)) masked[field] = textsOf(recorded, field).map(mask);
  }
  // The fields have the same types as before: texts in English, or lists of them.
  return { ...rest, ...record(masked) } as unknown as T;
}

function maskText(text: Wording, mask: (one: string) => string): Wording {
  if (typeof text === "string") return mask(text);
  return { template: text.template, values: text.values.map((one) => maskValueText(one, mask)) };
}

function maskValueText(value: PhraseValue, mask: (one: string) => string): PhraseValue {
  if (typeof value === "string") return mask(value);
  if (typeof value === "number" || "noun" in value) return value;
  if ("template" in value) return maskText(value, mask);
  const inner = Object.entries<readonly PhraseValue[]>({ ...value }).map(
    ([how, items]) => [how, items.map((one) => maskValueText(one, mask))] as const,
  );
  return Object.fromEntries(inner);
}

/** Replaces the longest values first, because one value can contain another. */
function without(text: string, values: NonNullable<Quoting["quotes"]>): string {
  return [...values]
    .sort((left, right) => right.length - left.length)
    .reduce((rest, value) => rest.replaceAll(value, mask), text);
}

/** Masks the given values and every e-mail address in a text. */
export function withoutAnyAddress(text: string, values: NonNullable<Quoting["quotes"]>): string {
  return without(text, values).replaceAll(emailAddress, mask);
}

const part = "[^\\s\"'`“”‘’<>(),;:/@，。；：、（）]";
const emailAddress = new RegExp(
  `${part}{1,64}@${part}{1,250}\\.${part.replace("@", "@.")}{1,63}`,
  "gu",
);
