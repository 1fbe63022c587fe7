import type { Attestation, Run } from "../model/history.ts";
import { compare } from "../model/diagnostic.ts";
import { clean } from "./clean.ts";
import { indent, pad, page, widest, wrap } from "./layout.ts";
import { paint } from "./paint.ts";
import type { Style } from "./report.ts";
import { signs } from "./text-change.ts";
import { ends } from "./text-receipt.ts";
import { field } from "./value.ts";
import { count, elapsed, moment, number, short, some } from "./words.ts";

/** Runs and attestations by time, one line each, the latest last. */
export function textHistory(runs: readonly Run[], attestations: readonly Attestation[], style: Style): string {
  const told = [
    ...clean(runs).map((run) => ({ at: run.openedAt, line: runLine(run, style) })),
    ...clean(attestations).map((one) => ({ at: one.at, line: attestationLine(one) })),
  ];
  const lines = told.sort((left, right) => compare(left.at, right.at)).map((one) => one.line);
  return page(lines.length > 0 ? lines : ["Nothing has been applied yet."]);
}

function runLine(run: Run, style: Style): string {
  const facts = [
    outcome(run),
    `plan ${short(run.plan)}`,
    run.commit && `commit ${short(run.commit)}`,
    run.allowed.length > 0 && `lifted ${some(run.allowed, 3)}`,
    run.detached && "detached",
  ];
  return `${moment(run.openedAt)}  ${paint("strong", run.run, style)}  ${run.actor}  ${facts.filter(Boolean).join(" · ")}`;
}

function attestationLine(one: Attestation): string {
  const note = one.note ? `: “${one.note}”` : "";
  return `${moment(one.at)}  ${one.actor}  attested ${one.address} (${some(one.fields.map(field), 3)}), plan ${short(one.plan)}${note}`;
}

function outcome(run: Run): string {
  const statuses = run.changes.map((change) => change.status);
  const parts = (Object.keys(ends) as readonly (keyof typeof ends)[]).map(
    (status) => [ends[status].words, statuses.filter((one) => one === status).length] as const,
  );
  const open = statuses.filter((status) => status === undefined).length;
  const told = [...parts, ["open", open] as const]
    .filter(([, amount]) => amount > 0)
    .map(([words, amount]) => `${number(amount)} ${words}`);
  const ending = run.closedAt === undefined ? ["not closed"] : run.interrupted ? ["interrupted"] : [];
  return [...(told.length > 0 ? told : ["nothing sent"]), ...ending].join(", ");
}

/** One run in full. */
export function textRun(given: Run, style: Style): string {
  const run = clean(given);
  const took =
    run.closedAt === undefined
      ? "not closed: it was killed, or is still at work"
      : `took ${elapsed(Date.parse(run.closedAt) - Date.parse(run.openedAt))}`;
  const facts = [
    ["when", `${moment(run.openedAt)}, ${took}`],
    ["by", run.actor],
    ["account", run.account],
    ["plan", run.plan],
    ["commit", run.commit],
    ["lifted", run.allowed.join(", ")],
    ["detached", run.detached && "the manifests were not compared"],
    ["result", `${outcome(run)}, of ${count(run.planned, "change")} planned`],
  ].flatMap(([label, text]) => (text ? [`${paint("dim", pad(String(label), 8), style)}  ${text}`] : []));
  const nameWidth = widest(
    run.changes.map((change) => change.address),
    Math.floor(style.width / 2),
  );
  return page(
    [paint("strong", `Run ${run.run}`, style), ...facts],
    run.changes.flatMap((change) => changeLines(change, nameWidth, style)),
  );
}

function changeLines(change: Run["changes"][number], nameWidth: number, style: Style): readonly string[] {
  const end =
    change.status === undefined ? { sign: "…", tone: "caution" as const, words: "open: no outcome is recorded" } : ends[change.status];
  const { sign, tone } = signs[change.action];
  const facts = [end.words, change.id && `id ${change.id}`, change.credential && `credential ${change.credential}`]
    .filter(Boolean)
    .join(" · ");
  const line = `  ${paint(end.tone, end.sign, style)} ${paint(tone, sign, style)} ${pad(change.address, nameWidth)}  ${paint("dim", facts, style)}`;
  return [line, ...(change.because ? indent(wrap(change.because, style.width - 6), 6) : [])];
}
