import { textOf } from "../../../model/text/recorded.ts";
import type { Approval, HostApproval } from "../../../model/plan/approval.ts";
import type { ApprovalNeed } from "../../../model/plan/approval-need.ts";
import { type Language, languageOf } from "../../language/language.ts";
import { indentLines, wrap } from "../../wording/layout.ts";
import { paint } from "../../wording/paint.ts";
import type { Style } from "../../report.ts";
import { count, formatMoment } from "../../wording/format.ts";

/** The approvals a plan needs: the highest number, then the reason of each rule. */
export function needLines(needs: readonly ApprovalNeed[], style: Style): readonly string[] {
  if (needs.length === 0) return [];
  const language = languageOf(style);
  const most = Math.max(...needs.map(({ approvals }) => approvals));
  const title = language.say`Needs ${count(most, "approval", language)}`;
  return [
    paint("caution", title, style),
    ...needs.flatMap((one) => indentLines(wrap(describeNeed(one, language), style.width - 2), 2)),
  ];
}

/** The requirement of one rule: "2 approvals: 10 changes cannot be undone (much money)". */
export function describeNeed(need: ApprovalNeed, language: Language): string {
  const { rule, approvals } = need;
  const asked = count(approvals, "approval", language);
  const why = language.told(textOf(need, "because"));
  return rule === undefined
    ? language.say`${asked}: ${why}`
    : language.say`${asked}: ${why} (${rule})`;
}

/** An approval on one line, without its signature. */
export function approvalLine({ principal, at, fingerprint, note }: Approval): string {
  return [
    principal,
    formatMoment(at),
    fingerprint,
    ...(note === undefined ? [] : [`“${note}”`]),
  ].join(" · ");
}

/** An approval on the repository's host, on one line. */
export function approvedOnHost({ host, by, of, at }: HostApproval): string {
  return [by, `${host}, ${of}`, ...(at === undefined ? [] : [formatMoment(at)])].join(" · ");
}
