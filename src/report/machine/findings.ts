import type { Code } from "../../model/codes.ts";
import { type Diagnostic, diagnostic, type Location } from "../../model/diagnostic.ts";
import type { Plan, Tripped } from "../../model/plan/plan.ts";
import type { Receipt, Result, Status } from "../../model/plan/receipt.ts";
import { say } from "../../model/text/phrase.ts";
import { record, textOf } from "../../model/text/recorded.ts";
import { type Language, languageOf } from "../language/language.ts";
import type { Style } from "../report.ts";
import { clean } from "../sanitize.ts";
import { ends } from "../text/receipt/outcomes.ts";
import { allowOption } from "../wording/allow.ts";
import { number, some } from "../wording/format.ts";

/** A finding for a pipeline, in the reader's language and sanitized. */
export interface Finding {
  readonly level: Diagnostic["severity"];
  /** "plan" is the code of the plan's summary. */
  readonly code: Code | "plan";
  readonly text: string;
  readonly hint?: string;
  readonly at?: Location;
  readonly address?: string;
}

/** Converts diagnostics to findings, sorted by severity; the order within a severity is kept. */
export function findingsOf(diagnostics: readonly Diagnostic[], style: Style): readonly Finding[] {
  const language = languageOf(style);
  const told = clean(diagnostics).map(
    ({ severity, ...one }): Finding => ({
      code: one.code,
      level: severity,
      text: language.told(textOf(one, "message")),
      ...(one.hint !== undefined && { hint: language.told(textOf(one, "hint")) }),
      ...(one.at && { at: one.at }),
      ...(one.address !== undefined && { address: one.address }),
    }),
  );
  return (["error", "warning", "note"] as const).flatMap((level) =>
    told.filter((one) => one.level === level),
  );
}

/** The first findings, at most `most` with a note that gives the number of omitted ones by code. */
export function firstFindings(
  findings: readonly Finding[],
  most: number,
  style: Style,
): readonly Finding[] {
  if (findings.length <= most) return findings;
  const omitted = findings.slice(most - 1);
  const language = languageOf(style);
  const text = language.say`… and ${number(omitted.length)} more: ${some(tally(omitted), mostCodes, language)}`;
  return [...findings.slice(0, most - 1), { level: "note", code: "problems/more", text }];
}

const mostCodes = 10;

/** The number of findings per code, most frequent first. */
function tally(findings: readonly Finding[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { code } of findings) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts]
    .sort(([, one], [, other]) => other - one)
    .map(([code, amount]) => `${number(amount)} × ${code}`);
}

/**
 * A plan's problems and the guards that stop it. Changes with an open outcome are errors, because a
 * pipeline that counts failures would pass on warnings.
 */
export function foundInPlan(
  { problems, tripped, open = [] }: Plan,
  style: Style,
): readonly Finding[] {
  const graver = problems.map(
    (one): Diagnostic => (one.code === "ledger/open" ? { ...one, severity: "error" } : one),
  );
  const told = new Set<string | undefined>(
    graver.filter(({ code }) => code === "ledger/open").map(({ address }) => address),
  );
  const untold = open.filter((change) => !told.has(change.slice(0, change.lastIndexOf("#"))));
  return [
    ...clean(tripped).map((guard) => stopped(guard, languageOf(style))),
    ...findingsOf([...untold.map(stillOpen), ...graver], style),
  ];
}

function stillOpen(change: string): Diagnostic {
  return record({
    severity: "error",
    code: "ledger/open",
    message: say`Whether ${change} was done is not known yet.`,
    hint: say`Apply again later, which finds out by reading. If it never shows, look in the account and say so: partnerctl ledger settle ${change} --id ID, or --did-not-happen.`,
  });
}

/** One finding for each change of a receipt that is not done. */
export function foundInReceipt({ results }: Receipt, style: Style): readonly Finding[] {
  return findingsOf(
    results.flatMap(({ status, ...rest }) => (status === "done" ? [] : [ended(status, rest)])),
    style,
  );
}

function stopped(tripped: Tripped, language: Language): Finding {
  const { name, changes } = tripped;
  return {
    level: "error",
    code: `guard/${name}`,
    text: [
      language.told(textOf(tripped, "message")),
      changes.length === 0 ? "" : language.say`because of ${some(changes, 5, language)}`,
    ]
      .filter(Boolean)
      .join("\n"),
    hint: language.say`lift it for one run: ${allowOption(tripped)}`,
  };
}

function ended(status: Exclude<Status, "done">, result: Omit<Result, "status">): Diagnostic {
  return diagnostic({
    severity:
      status === "failed" || status === "unknown"
        ? "error"
        : status === "manual"
          ? "note"
          : "warning",
    code: result.code ?? `receipt/${status}`,
    message: result.because === undefined ? ends[status].words : textOf(result, "because"),
    address: result.address,
    hint: result.hint === undefined ? undefined : textOf(result, "hint"),
  });
}
