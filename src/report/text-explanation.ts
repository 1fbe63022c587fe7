import type { Explanation } from "../model/history.ts";
import type { Cause } from "../model/plan.ts";
import { clean } from "./clean.ts";
import { indent, page, wrap } from "./layout.ts";
import { paint, type Tone } from "./paint.ts";
import type { Style } from "./report.ts";
import { changeLines } from "./text-change.ts";
import { diagnosticLines } from "./text-diagnostics.ts";
import { moment, reasons, short } from "./words.ts";

const since: Readonly<Record<Cause, string>> = {
  manifest: "the manifest changed since it was last applied",
  drift: "the account was changed elsewhere since it was last applied",
  both: "both the manifest and the account changed since it was last applied",
  new: "it was not managed before",
};

const verdicts: Readonly<Record<Explanation["verdict"], { readonly words: string; readonly tone: Tone }>> = {
  changes: { words: "will change", tone: "caution" },
  unchanged: { words: "is as declared", tone: "good" },
  problem: { words: "cannot be planned", tone: "bad" },
  unmanaged: { words: "is in the account, and in no manifest; it is left alone", tone: "accent" },
  unknown: { words: "is neither declared nor in the account", tone: "bad" },
};

/** Why an object changes, or why it does not. */
export function textExplanation(given: Explanation, style: Style): string {
  const result = clean(given);
  const { words, tone } = verdicts[result.verdict];
  const frame = { prefix: "", nameWidth: 0, names: result.names ?? {}, style: { ...style, verbose: true } };
  const similar = result.similar.length > 0 ? wrap(`Did you mean ${result.similar.join(" or ")}?`, style.width) : [];
  return page(
    [`${paint("strong", result.address, style)} ${paint(tone, words, style)}.`, ...facts(result, style), ...similar],
    ...result.changes.map((change) => [
      ...indent(
        wrap(
          `To ${change.action}${change.by === "hand" ? " by hand" : ""}: ${reasons[change.reason]}, and ${since[change.cause]}.`,
          style.width - 2,
        ),
        2,
      ),
      ...changeLines(change, frame),
      ...indent(
        (change.steps ?? []).flatMap((step) => wrap(step, style.width - 6)),
        6,
      ),
    ]),
    ...result.problems.map((one) => diagnosticLines(one, style)),
  );
}

function facts(result: Explanation, style: Style): readonly string[] {
  const { declaredAt, id, lastApplied } = result;
  const commit = lastApplied?.commit ? `, commit ${short(lastApplied.commit)}` : "";
  return [
    ...(declaredAt ? wrap(`declared at ${declaredAt.file}:${declaredAt.line}`, style.width - 2) : []),
    ...(id ? wrap(`in the account as ${id}`, style.width - 2) : []),
    ...(lastApplied
      ? wrap(`last applied ${moment(lastApplied.at)} by ${lastApplied.actor} in run ${lastApplied.run}${commit}`, style.width - 2)
      : []),
  ].map((line) => `  ${line}`);
}
