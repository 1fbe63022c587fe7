import { noHash } from "../../model/ledger/ledger.ts";
import type { Approval } from "../../model/plan/approval.ts";
import type { Change, Plan } from "../../model/plan/plan.ts";
import { type Language, languageOf } from "../language/language.ts";
import { defaultLimit, type Style } from "../report.ts";
import { clean } from "../sanitize.ts";
import { approvalLine, describeNeed } from "../text/plan/approvals.ts";
import { commitWords, facts, short } from "../wording/format.ts";
import { type ChangeGroup, cleanGroup, groupChanges } from "../wording/group.ts";
import { irreversible } from "../wording/irreversible.ts";
import { cutToWidth } from "../wording/layout.ts";
import { orderPlan } from "../wording/natural-order.ts";
import { summarizeSpread } from "../wording/spread.ts";
import { describeReadings, summarizeCoverage } from "../wording/coverage.ts";
import { summarizeNarrowing, sums, verdict } from "../wording/summary.ts";
import type { IdNames } from "../wording/value.ts";
import type { ReportAudience } from "./change.ts";
import { diagnosticItem } from "./diagnostics.ts";
import { code, prose } from "./escape.ts";
import { bytes, clipText, type Section, sectionText } from "./limit.ts";
import {
  changeRows,
  codeList,
  detailBlocks,
  guardItem,
  manualItems,
  tableHead,
  upcomingItems,
} from "./plan-items.ts";

/**
 * A plan as a pull request comment. It never exceeds the size limit; notes state what was omitted.
 */
export function markdownPlan(
  given: Plan,
  style: Style,
  approvals: readonly Approval[] = [],
): string {
  const plan = orderPlan(given);
  const limit = style.limit ?? defaultLimit;
  const language = languageOf(style);
  const view: Plan = clean({ ...plan, changes: [] });
  const groups = groupChanges(plan.changes, false, { names: plan.names, language }).map(cleanGroup);
  const top = title(view, plan.changes, language);
  const bottom = basis(view, language);
  const reader = { names: view.names, language };
  const parts: string[] = [top];
  let room = limit - bytes(top) - bytes(bottom) - 40;
  for (const one of sections({ plan, view, groups, approvals: clean(approvals) }, reader)) {
    const text = sectionText(one, room, language);
    parts.push(text);
    room -= bytes(text) + 1;
  }
  parts.push(detailBlocks(groups, reader, room), bottom);
  return clipText(`${parts.filter((part) => part !== "").join("\n\n")}\n`, limit);
}

interface Shown {
  readonly plan: Plan;
  /** The sanitized plan without its changes. */
  readonly view: Plan;
  readonly groups: readonly ChangeGroup[];
  readonly approvals: readonly Approval[];
}

function sections(
  { plan, view, groups, approvals }: Shown,
  reader: ReportAudience,
): readonly Section[] {
  const { problems, tripped } = view;
  const { language } = reader;
  const head = (title: string) => `#### ${title}\n`;
  const hand = plan.changes.filter((change) => change.by === "manual");
  const ordered = groups.flatMap(({ shown, hidden }) => [...shown, ...hidden]);
  const rest = (told: number) => prose(clean(summarizeSpread(ordered.slice(told), language)));
  return [
    {
      head: head(language.say`Problems`),
      share: 0.3,
      items: problems.map((one) => diagnosticItem(one, language)),
      all: problems.length,
      of: "more problem",
    },
    {
      head: head(language.say`Stopped by guards`),
      share: 0.3,
      items: tripped.map((one) => guardItem(one, language)),
      all: tripped.length,
      of: "more guard",
    },
    {
      head: head(language.say`Approvals it needs`),
      share: 0.1,
      items: (view.approvals ?? []).map((one) => ({
        text: `- ${prose(cutToWidth(describeNeed(one, language), 800))}`,
        stands: 1,
      })),
      all: view.approvals?.length ?? 0,
      of: "more rule",
    },
    {
      head: head(language.say`Approvals`),
      share: 0.1,
      items: approvals.map((one) => ({
        text: `- ${language.say`Approved by ${prose(cutToWidth(approvalLine(one), 400))}`}`,
        stands: 1,
      })),
      all: approvals.length,
      of: "more approval",
    },
    {
      head: tableHead(language),
      share: 0.6,
      items: changeRows(groups, reader),
      all: plan.changes.length,
      of: "more change",
      rest,
    },
    {
      head: head(language.say`Manual steps, once this is applied`),
      share: 0.5,
      items: manualItems(hand, reader),
      all: hand.length,
      of: "more manual step",
    },
    {
      head: head(language.say`Upcoming; each is planned from its day on`),
      share: 0.3,
      items: upcomingItems(view, language),
      all: view.upcoming?.length ?? 0,
      of: "more change",
    },
  ];
}

function title(plan: Plan, changes: readonly Change[], language: Language): string {
  const money = sums(plan, language).map((one) => ` · ${prose(one)}`);
  const { environment, commit } = plan.basis;
  const known = [
    language.say`${code(cutToWidth(plan.account.id, 100))} through ${code(cutToWidth(plan.account.adapter, 60))}`,
    plan.hypothetical
      ? language.say`as if it were ${prose(cutToWidth(plan.asOf, 20))}`
      : language.say`as of ${prose(cutToWidth(plan.asOf, 20))}`,
    environment ? language.say`environment ${code(cutToWidth(environment, 60))}` : "",
    commit ? commitWords(code(short(commit)), plan.basis, language) : "",
  ];
  const scope =
    plan.scope === undefined
      ? []
      : [summarizeNarrowing(plan.scope.length, codeList(plan.scope, 5, language), language)];
  const partial = plan.partial
    ? [language.say`Not all manifests were read; what is not among these is left alone.`]
    : [];
  const line = `### ${language.say`Plan: ${verdict(plan, changes.length, language)}`}${money.join("")}`;
  const merging = mergingLines(changes, plan.names, language);
  return [line, ...merging, "", facts(known.filter(Boolean), language), ...scope, ...partial].join(
    "\n",
  );
}

/** Warnings about changes that cannot be undone after merging. */
function mergingLines(
  changes: readonly Change[],
  names: IdNames,
  language: Language,
): readonly string[] {
  const { ordered, others } = clean(irreversible(changes, names, language));
  const orders = prose(cutToWidth(ordered, 800));
  const told = [
    ordered === "" ? "" : language.say`⚠️ **Merging orders ${orders}.** It cannot be undone.`,
    others.length === 0
      ? ""
      : language.say`⚠️ What merging does to ${codeList(others, 5, language)} cannot be undone.`,
  ].filter(Boolean);
  return told.flatMap((one) => ["", one]);
}

function basis({ basis, coverage, digest, readings }: Plan, language: Language): string {
  const { head } = basis.ledger;
  const ledger =
    head === noHash
      ? language.say`ledger empty so far`
      : language.say`ledger head ${code(cutToWidth(head, 80))}`;
  return `---\n${[...summarizeCoverage(coverage, language), ...describeReadings(readings, language), language.say`plan ${code(cutToWidth(digest, 80))}`, ledger].join(" · ")}`;
}
