import type { Plan, Ref, Tripped } from "../model/plan.ts";
import { clean } from "./clean.ts";
import { type Group, grouped } from "./group.ts";
import { cut, flow, indent, page, widest, wrap } from "./layout.ts";
import { paint } from "./paint.ts";
import type { Style } from "./report.ts";
import { changeLines } from "./text-change.ts";
import { diagnosticLines } from "./text-diagnostics.ts";
import { handLines } from "./text-hand.ts";
import { basisLines, summaryLines } from "./text-summary.ts";
import { leftAlone, unmanaged } from "./unmanaged.ts";
import { committed, number, perMonth, short, some } from "./words.ts";

/** A plan: what changes, what stops it, what it adds up to, and what to keep to check it by. */
export function textPlan(plan: Plan, style: Style): string {
  const byAdapter = plan.changes.filter((change) => change.by === "adapter");
  const byHand = plan.changes.filter((change) => change.by === "hand");
  const groups = clean(grouped(byAdapter, style.verbose === true));
  const view: Plan = clean({ ...plan, changes: [] });
  return page(
    headingLines(view, style),
    ...groups.map((group) => groupLines(group, view, style)),
    handLines(clean(style.verbose ? byHand : byHand.slice(0, 12)), byHand.length, { names: view.names, style }),
    unmanagedLines(leftAlone(plan), style),
    ...view.problems.map((one) => diagnosticLines(one, style)),
    guardLines(view.tripped, style),
    summaryLines(view, plan.changes, { collapsed: groups.some((group) => group.hidden > 0), style }),
    basisLines(view, style),
  );
}

function headingLines(plan: Plan, style: Style): readonly string[] {
  const { environment, commit } = plan.basis;
  const facts = [`on ${plan.asOf}`, environment && `environment ${environment}`, commit && `commit ${short(commit)}`];
  const title = `Plan for ${plan.account.id} (${plan.account.adapter}), ${facts.filter(Boolean).join(", ")}`;
  const scope = plan.scope === undefined ? "" : `Narrowed to ${some(plan.scope, 5)}; all else is left alone.`;
  return [...wrap(title, style.width).map((line) => paint("strong", line, style)), ...wrap(scope, style.width)];
}

function groupLines(group: Group, plan: Plan, style: Style): readonly string[] {
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
  const money = [perMonth(group.money), committed(group.money)].filter(Boolean).join(", ");
  const more = `… and ${number(group.hidden)} more like ${group.shown.length === 1 ? "it" : "these"}${money && `; ${money} in all`}`;
  return [
    ...(group.title === "" ? [] : [paint("strong", cut(group.title, style.width), style)]),
    ...group.shown.flatMap((change) => changeLines(change, frame)),
    ...(group.hidden === 0 ? [] : [`    ${paint("dim", more, style)}`]),
  ];
}

function unmanagedLines(refs: readonly Ref[], style: Style): readonly string[] {
  if (refs.length === 0) return [];
  const names = clean(refs).map(unmanaged);
  const most = style.verbose || names.length === 5 ? names.length : 4;
  const more = names.length > most ? [`… and ${number(names.length - most)} more`] : [];
  const lines = flow([...names.slice(0, most), ...more], " · ", style.width - 2);
  const title = `In the account, and in no manifest (${number(refs.length)}); left alone:`;
  return [title, ...indent(lines, 2).map((line) => paint("dim", line, style))];
}

function guardLines(tripped: readonly Tripped[], style: Style): readonly string[] {
  return tripped.flatMap((guard) => {
    const changes = some(guard.changes, style.verbose ? guard.changes.length : 3);
    const because = changes === "" ? [] : wrap(`because of ${changes}`, style.width - 2);
    return [
      `${paint("bad", "Stopped by a guard:", style)} ${paint("strong", guard.name, style)}`,
      ...indent(wrap(guard.message, style.width - 2), 2),
      ...indent(because, 2).map((line) => paint("dim", line, style)),
      `  lift it for one run: ${paint("accent", `--allow ${guard.name}`, style)}`,
    ];
  });
}
