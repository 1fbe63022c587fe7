import { textsOf } from "../../../model/text/recorded.ts";
import type { Change } from "../../../model/plan/plan.ts";
import { languageOf } from "../../language/language.ts";
import { indentLines, widest, wrap } from "../../wording/layout.ts";
import { paint } from "../../wording/paint.ts";
import type { Style } from "../../report.ts";
import { changeLines } from "./change.ts";
import { type IdNames, nameIds } from "../../wording/value.ts";
import { number } from "../../wording/format.ts";

/** Sanitized manual changes as a checklist. `all` is the total number, including omitted ones. */
export function manualLines(
  changes: readonly Change[],
  all: number,
  frame: { readonly names: IdNames; readonly style: Style },
): readonly string[] {
  if (changes.length === 0) return [];
  const { style } = frame;
  const language = languageOf(style);
  const nameWidth = widest(
    changes.map((change) => change.address),
    Math.floor(style.width / 2),
  );
  const more =
    all > changes.length
      ? [`  ${language.say`… and ${number(all - changes.length)} more; --verbose shows all`}`]
      : [];
  return [
    paint(
      "strong",
      language.say`✋ Manual steps (${number(all)}): this backend cannot write these`,
      style,
    ),
    ...changes.flatMap((change) => [
      ...changeLines(change, { prefix: "", nameWidth, names: frame.names, style }),
      ...stepLines(change, frame),
    ]),
    ...more,
    ...wrap(
      language.say`Then record it: partnerctl ledger attest PLAN ADDRESS`,
      style.width - 2,
    ).map((line) => `  ${paint("accent", line, style)}`),
  ];
}

function stepLines(
  change: Change,
  { names, style }: { readonly names: IdNames; readonly style: Style },
): readonly string[] {
  return textsOf(change, "steps").flatMap((step) =>
    indentLines(
      wrap(nameIds(languageOf(style).told(step), names), style.width - 10).map(
        (line, index) => `${index === 0 ? "[ ] " : "    "}${line}`,
      ),
      6,
    ),
  );
}
