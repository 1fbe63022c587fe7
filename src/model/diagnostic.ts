import type { Address } from "./address.ts";
import type { Code } from "./codes.ts";
import type { Quoting } from "./text/quotes.ts";
import { say, type Wording } from "./text/phrase.ts";
import { record } from "./text/recorded.ts";

/**
 * A range of a file. Lines and columns start at 1, columns count UTF-16 code units; the end is
 * exclusive.
 */
export interface Location {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** The line on which the range starts, without its line break. */
  readonly excerpt: string;
}

/**
 * A problem for the user: what is wrong, where, and what is expected. The code is stable and never
 * reused.
 */
export interface Diagnostic extends Quoting {
  readonly severity: "error" | "warning" | "note";
  readonly code: Code;
  readonly message: string;
  readonly at?: Location;
  readonly address?: Address;
  readonly hint?: string;
}

/** A diagnostic whose texts are not in English yet. */
export type DiagnosticDraft = Omit<Diagnostic, "message" | "hint"> & {
  readonly message: Wording;
  readonly hint?: Wording | undefined;
};

/** Records a diagnostic: its texts in English, and beside them what they were made from. */
export function diagnostic(draft: DiagnosticDraft): Diagnostic {
  return record(draft);
}

/** A value with its diagnostics, or only the diagnostics that say why there is none. */
export type Checked<T> =
  | { readonly ok: true; readonly value: T; readonly diagnostics: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** The maximum number of problems that are listed at once. */
export const mostProblems = 1000;

/**
 * Returns at most `mostProblems` of these, preferring errors over warnings and warnings over notes,
 * in their original order. If any are left out, `problems/more` follows.
 */
export function limitDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const listed = diagnostics.filter(({ code }) => code !== more.code);
  if (listed.length === diagnostics.length && listed.length <= mostProblems) return diagnostics;
  return [...gravest(listed), { ...more, severity: hasErrors(diagnostics) ? "error" : "warning" }];
}

function gravest(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  if (diagnostics.length <= mostProblems) return diagnostics;
  const ranks = { error: 0, warning: 1, note: 2 };
  const ranked = diagnostics.map((one, place) => ({ one, place, rank: ranks[one.severity] }));
  const kept = ranked.sort((left, right) => left.rank - right.rank).slice(0, mostProblems);
  return kept.sort((left, right) => left.place - right.place).map(({ one }) => one);
}

/** The diagnostic that says that problems were left out; without its severity. */
export const more = {
  code: "problems/more",
  message: say`There are further problems, which are not listed.`,
  hint: say`Mend those that are listed first.`,
} as const;

/** Returns true if any of these is an error. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === "error");
}

/**
 * The display order: by file, line, column, address, code and message. Diagnostics without a
 * location come last.
 */
export function byPlace(left: Diagnostic, right: Diagnostic): number {
  return (
    compare(left.at?.file ?? "\uffff", right.at?.file ?? "\uffff") ||
    (left.at?.line ?? 0) - (right.at?.line ?? 0) ||
    (left.at?.column ?? 0) - (right.at?.column ?? 0) ||
    compare(left.address ?? "", right.address ?? "") ||
    compare(left.code, right.code) ||
    compare(left.message, right.message)
  );
}

/**
 * Compares two texts by UTF-16 code units: the same result on every machine and in every locale.
 */
export function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
