import type { ChangeId, Plan } from "../model/plan.ts";
import type { Receipt, Result, Status } from "../model/receipt.ts";
import { clean } from "./clean.ts";
import { columns, flow, indent, pad, page, widest, wrap } from "./layout.ts";
import { paint, type Tone } from "./paint.ts";
import type { Style } from "./report.ts";
import { signs } from "./text-change.ts";
import { count, duration, elapsed, moment, number, short, some } from "./words.ts";

/** Each way a change can end: its sign, its colour and its words; in the order they are told, the worst last. */
export const ends: Readonly<Record<Status, { readonly sign: string; readonly tone: Tone; readonly words: string }>> = {
  done: { sign: "✓", tone: "good", words: "done" },
  hand: { sign: "✋", tone: "accent", words: "by hand" },
  skipped: { sign: "·", tone: "dim", words: "skipped" },
  stale: { sign: "!", tone: "caution", words: "stale" },
  failed: { sign: "✗", tone: "bad", words: "failed" },
  unknown: { sign: "?", tone: "bad", words: "unknown" },
};

const many = 30;

/** A receipt: how every change ended, the unfinished last where they are seen, and what is left to do. */
export function textReceipt(receipt: Receipt, plan: Plan | undefined, style: Style): string {
  const results = receipt.results;
  const blocks = statuses.map((status) => results.filter((result) => result.status === status));
  const late = deadlines(receipt, plan);
  return page(
    [paint("strong", headline(clean({ ...receipt, results: [] })), style)],
    ...blocks.map((block) => blockLines(block, style, late)),
    summaryLines(clean({ ...receipt, results: [] }), results, style),
  );
}

const statuses: readonly Status[] = ["done", "hand", "skipped", "stale", "failed", "unknown"];

function headline(receipt: Receipt): string {
  const commit = receipt.commit ? `, commit ${short(receipt.commit)}` : "";
  return `Applied to ${receipt.account.id} (${receipt.account.adapter}) by ${receipt.actor}${commit}`;
}

function blockLines(block: readonly Result[], style: Style, late: ReadonlyMap<ChangeId, string>): readonly string[] {
  const most = style.verbose ? block.length : block.length > many ? 10 : many;
  const shown = clean(block.slice(0, most));
  const nameWidth = widest(
    shown.map((result) => result.address),
    Math.floor(style.width / 2),
  );
  const more = block.length - shown.length;
  const status = block[0]?.status;
  return [
    ...shown.flatMap((result) => resultLines(result, nameWidth, { style, late })),
    ...(more > 0 && status ? [paint("dim", `    … and ${number(more)} more ${ends[status].words}`, style)] : []),
  ];
}

function resultLines(
  result: Result,
  nameWidth: number,
  { style, late }: { readonly style: Style; readonly late: ReadonlyMap<ChangeId, string> },
): readonly string[] {
  const { sign, tone, words } = ends[result.status];
  const action = signs[result.action];
  const because = result.because ?? (result.credential === "lost" ? "the credential is lost" : undefined);
  const told = [because, result.code && `(${result.code})`].filter(Boolean).join(" ");
  const facts =
    result.status === "done"
      ? [result.id && `id ${result.id}`, late.get(result.change), result.credential === "delivered" && "credential delivered"]
      : [words];
  const known = facts.filter((fact) => typeof fact === "string");
  const fact = known.join(" · ");
  const factTone = result.status === "done" ? "dim" : tone;
  const fits = 8 + Math.max(nameWidth, columns(result.address)) + columns(fact) <= style.width;
  const title = `  ${paint(tone, sign, style)} ${paint(action.tone, action.sign, style)} `;
  const lines = fits
    ? [`${title}${pad(result.address, nameWidth)}  ${paint(factTone, fact, style)}`.trimEnd()]
    : [title + result.address, ...indent(flow(known, " · ", style.width - 6), 6).map((line) => paint(factTone, line, style))];
  return [
    ...lines,
    ...indent(wrap(told, style.width - 6), 6).map((line) => (result.credential === "lost" ? paint("bad", line, style) : line)),
    ...(result.hint ? indent(wrap(`→ ${result.hint}`, style.width - 6), 6) : []),
  ];
}

/** Until when what was done can be undone, for changes whose plan gave a duration. */
function deadlines(receipt: Receipt, plan: Plan | undefined): ReadonlyMap<ChangeId, string> {
  const found = new Map<ChangeId, string>();
  for (const change of plan?.changes ?? []) {
    const { until } = change.impact;
    if (change.impact.reversible !== "until" || until === undefined) continue;
    found.set(
      change.id,
      clean(
        until.startsWith("P") ? `can be undone for ${duration(until)} from ${moment(receipt.endedAt)}` : `can be undone until ${until}`,
      ),
    );
  }
  return found;
}

function summaryLines(receipt: Receipt, results: readonly Result[], style: Style): readonly string[] {
  const counts = statuses
    .map((status) => [status, results.filter((result) => result.status === status).length] as const)
    .filter(([, amount]) => amount > 0);
  const worst = counts.some(([status]) => status === "failed" || status === "unknown")
    ? "bad"
    : counts.some(([status]) => status === "stale" || status === "skipped")
      ? "caution"
      : "good";
  const took = elapsed(Date.parse(receipt.endedAt) - Date.parse(receipt.startedAt));
  const told =
    counts.length === 0 ? "Nothing was to be done" : counts.map(([status, amount]) => `${number(amount)} ${ends[status].words}`).join(", ");
  return [
    ...wrap(`${told}, in ${took}; ${count(receipt.spent.reads, "read")} and ${count(receipt.spent.writes, "write")}.`, style.width).map(
      (line) => paint(worst, line, style),
    ),
    ...credentialLines(results, style),
    ...(receipt.interrupted
      ? wrap("Interrupted. What was under way is recorded; plan and apply again to go on.", style.width).map((line) =>
          paint("caution", line, style),
        )
      : []),
    ...(receipt.allowed.length > 0 ? wrap(`Guards lifted: ${some(receipt.allowed, 10)}.`, style.width) : []),
    ...(receipt.detached ? ["Detached: the manifests were not compared with those it was planned from."] : []),
    paint("dim", `run ${receipt.run} · plan ${short(receipt.plan)}`, style),
    paint("dim", `ledger head ${receipt.ledger.head}`, style),
  ];
}

function credentialLines(results: readonly Result[], style: Style): readonly string[] {
  const delivered = results.filter((result) => result.credential === "delivered").length;
  const lost = results.filter((result) => result.credential === "lost").length;
  return [
    ...(delivered > 0 ? [`${count(delivered, "credential")} delivered to the credential sink.`] : []),
    ...(lost > 0 ? [paint("bad", `${count(lost, "credential")} lost; see above what to do.`, style)] : []),
  ];
}
