import type { Plan } from "../../model/plan/plan.ts";
import { clean } from "../sanitize.ts";
import {
  type Finding,
  firstFindings,
  findingsOf,
  foundInPlan,
  foundInReceipt,
} from "./findings.ts";
import { irreversibleSentences } from "../wording/irreversible.ts";
import { languageOf } from "../language/language.ts";
import type { Format, Style } from "../report.ts";
import { sums, verdict } from "../wording/summary.ts";

/**
 * GitHub workflow commands, shown as annotations. GitHub shows ten per level and step, so errors
 * come first.
 */
export const github: Format = {
  name: "github",
  shared: true,
  renderers: {
    diagnostics: ({ diagnostics }, style) => commands(findingsOf(diagnostics, style), style),
    validation: ({ validation }, style) =>
      commands(findingsOf(validation.diagnostics, style), style),
    plan: ({ plan }, style) => commands(foundInPlan(plan, style), style, planSummary(plan, style)),
    receipt: ({ receipt }, style) => commands(foundInReceipt(receipt, style), style),
  },
};

function planSummary(plan: Plan, style: Style): Finding {
  const language = languageOf(style);
  const shown = clean({ ...plan, changes: [] });
  const grave = clean(irreversibleSentences(plan.changes, plan.names, language));
  const text = [
    verdict(shown, plan.changes.length, language),
    ...sums(shown, language),
    ...grave,
  ].join(" ");
  return { level: "note", code: "plan", text };
}

const names = { error: "error", warning: "warning", note: "notice" } as const;

/** GitHub shows at most this many annotations per job. */
const most = 50;

/** `summary` comes last and is always among those that are shown. */
function commands(findings: readonly Finding[], style: Style, summary?: Finding): string {
  const last = summary ? [summary] : [];
  return [...firstFindings(findings, most - last.length, style), ...last]
    .map((finding) => `${command(finding, style.folder ?? "")}\n`)
    .join("");
}

function command({ level, code, text, hint, at, address }: Finding, folder: string): string {
  const place = at
    ? {
        file: folder + at.file,
        line: at.line,
        col: at.column,
        endLine: at.endLine,
        endColumn: at.endColumn,
      }
    : {};
  const properties = { ...place, title: address === undefined ? code : `${code} ${address}` };
  const told = Object.entries(properties).map(
    ([name, value]) => `${name}=${property(String(value))}`,
  );
  return `::${names[level]} ${told.join(",")}::${data([text, hint].filter(Boolean).join("\n"))}`;
}

/** Escapes data as in https://github.com/actions/toolkit, packages/core, command.ts. */
function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
