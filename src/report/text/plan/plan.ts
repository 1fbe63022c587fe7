import { textOf } from "../../../model/text/recorded.ts";
import type { Approval } from "../../../model/plan/approval.ts";
import type { Change, Plan, Ref, Tripped } from "../../../model/plan/plan.ts";
import { allowOption } from "../../wording/allow.ts";
import { clean } from "../../sanitize.ts";
import { cleanGroup, type ChangeGroup, groupChanges } from "../../wording/group.ts";
import { irreversibleSentences } from "../../wording/irreversible.ts";
import { type Language, languageOf } from "../../language/language.ts";
import { cutToWidth, flow, indentLines, page, widest, wrap } from "../../wording/layout.ts";
import { paint } from "../../wording/paint.ts";
import type { Style } from "../../report.ts";
import { summarizeSpread } from "../../wording/spread.ts";
import { approvalLine, needLines } from "./approvals.ts";
import { changeLines } from "./change.ts";
import { diagnosticLines } from "../diagnostics.ts";
import { manualLines } from "./manual-steps.ts";
import { orderPlan } from "../../wording/natural-order.ts";
import { comesTo, summarizeNarrowing, summaryLines } from "../../wording/summary.ts";
import { upcomingLines } from "./upcoming.ts";
import { leftAlone, describeUnmanaged } from "../../wording/coverage.ts";
import { commitWords, facts, number, short, some } from "../../wording/format.ts";

/**
 * A plan as text: changes, manual steps, unmanaged objects, problems, guards, approvals and totals.
 */
export function textPlan(given: Plan, style: Style, approvals: readonly Approval[] = []): string {
  const plan = orderPlan(given);
  const byAdapter = plan.changes.filter((change) => change.by === "adapter");
  const byHand = plan.changes.filter((change) => change.by === "manual");
  const view: Plan = clean({ ...plan, changes: [] });
  const grouping = { names: plan.names, language: languageOf(style) };
  const groups = groupChanges(byAdapter, style.verbose === true, grouping).map(cleanGroup);
  return page([
    headingLines(view, style),
    firstLines(view, plan.changes, style),
    ...groups.map((group) => groupLines(group, view, style)),
    manualLines(clean(style.verbose ? byHand : byHand.slice(0, 12)), byHand.length, {
      names: view.names,
      style,
    }),
    upcomingLines(view.upcoming ?? [], view.names, style),
    unmanagedLines(leftAlone(plan), style),
    ...view.problems.map((one) => diagnosticLines(one, style)),
    guardLines(view.tripped, style),
    needLines(view.approvals ?? [], style),
    clean(approvals).flatMap((one) =>
      wrap(languageOf(style).say`Approved by ${approvalLine(one)}`, style.width),
    ),
    summaryLines(view, plan.changes, {
      collapsed: groups.some((group) => group.hidden.length > 0),
      style,
    }),
  ]);
}

function headingLines(plan: Plan, style: Style): readonly string[] {
  const { environment, commit } = plan.basis;
  const language = languageOf(style);
  const known = [
    plan.hypothetical ? language.say`as if it were ${plan.asOf}` : language.say`on ${plan.asOf}`,
    environment ? language.say`environment ${environment}` : "",
    commit ? commitWords(short(commit), plan.basis, language) : "",
  ];
  const title = language.say`Plan for ${plan.account.id} (${plan.account.adapter}), ${facts(known.filter(Boolean), language)}`;
  const scope =
    plan.scope === undefined
      ? ""
      : summarizeNarrowing(plan.scope.length, some(plan.scope, 5, language), language);
  const partial = plan.partial
    ? language.say`Not all manifests were read; what is not among these is left alone.`
    : "";
  return [
    ...wrap(title, style.width).map((line) => paint("strong", line, style)),
    ...[scope, partial].flatMap((one) => wrap(one, style.width)),
  ];
}

/** Plans with more changes than this repeat their totals at the top. */
const screenful = 12;

/** The top of the report: the totals of a long plan, and changes that cannot be undone. */
function firstLines(plan: Plan, changes: readonly Change[], style: Style): readonly string[] {
  const language = languageOf(style);
  const sentences = clean(irreversibleSentences(changes, plan.names, language));
  return [
    ...(changes.length > screenful ? comesTo(plan, changes.length, style) : []),
    ...sentences.flatMap((one) => wrap(one, style.width).map((line) => paint("bad", line, style))),
  ];
}

function groupLines(group: ChangeGroup, plan: Plan, style: Style): readonly string[] {
  const nameWidth = widest(
    group.shown.map((change) => change.address.slice(group.prefix.length)),
    Math.floor(style.width / 2),
  );
  const frame = {
    prefix: group.prefix,
    nameWidth,
    names: plan.names,
    style,
    ...(group.causeTold && { causeTold: true }),
  };
  const language = languageOf(style);
  const more = wrap(hiddenWords(group.hidden, language), style.width - 4);
  return [
    ...(group.title === "" ? [] : [paint("strong", cutToWidth(group.title, style.width), style)]),
    ...group.shown.flatMap((change) => changeLines(change, frame)),
    ...(group.hidden.length === 0 ? [] : more.map((line) => `    ${paint("dim", line, style)}`)),
  ];
}

/** The number and totals of changes that are not shown. */
export function hiddenWords(hidden: readonly Change[], language: Language): string {
  const alike = language.say`… and ${number(hidden.length)} more like these`;
  const what = clean(summarizeSpread(hidden, language));
  return what === "" ? alike : language.say`${alike}: ${what}`;
}

function unmanagedLines(refs: readonly Ref[], style: Style): readonly string[] {
  if (refs.length === 0) return [];
  const language = languageOf(style);
  const names = clean(refs).map(describeUnmanaged);
  const most = style.verbose || names.length === 5 ? names.length : 4;
  const more = names.length > most ? [language.say`… and ${number(names.length - most)} more`] : [];
  const lines = flow([...names.slice(0, most), ...more], " · ", style.width - 2);
  const title = language.say`In the account, and in no manifest (${number(refs.length)}); left alone:`;
  return [title, ...indentLines(lines, 2).map((line) => paint("dim", line, style))];
}

function guardLines(tripped: readonly Tripped[], style: Style): readonly string[] {
  const language = languageOf(style);
  return tripped.flatMap((guard) => {
    const changes = some(guard.changes, style.verbose ? guard.changes.length : 3, language);
    const because =
      changes === "" ? [] : wrap(language.say`because of ${changes}`, style.width - 2);
    return [
      language.say`${paint("bad", language.say`Stopped by a guard`, style)}: ${paint("strong", guard.name, style)}`,
      ...indentLines(wrap(language.told(textOf(guard, "message")), style.width - 2), 2),
      ...indentLines(because, 2).map((line) => paint("dim", line, style)),
      `  ${language.say`lift it for one run: ${paint("accent", allowOption(guard), style)}`}`,
    ];
  });
}
