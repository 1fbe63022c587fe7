import type { Verification } from "../../model/ledger/history.ts";
import { say } from "../../model/text/phrase.ts";
import { languageOf } from "../language/language.ts";
import type { Style } from "../report.ts";
import { clean } from "../sanitize.ts";
import { count } from "../wording/format.ts";
import { page, wrap } from "../wording/layout.ts";
import { paint } from "../wording/paint.ts";
import { diagnosticLines } from "./diagnostics.ts";

/** Whether the ledger is consistent, and whether it was proven complete. */
export function textVerification(given: Verification, style: Style): string {
  const result = clean(given);
  const language = languageOf(style);
  const torn = result.torn
    ? wrap(language.say`The last line was not written to its end; it is not counted.`, style.width)
    : [];
  return page([
    ...result.problems.map((one) => diagnosticLines(one, style)),
    [
      ...verdict(result, style),
      ...torn,
      ...wrap(
        result.entries === 0
          ? language.say`ledger empty so far`
          : language.say`ledger ${result.ledger}, ${count(result.entries, "entry", language)}`,
        style.width,
      ),
      paint("dim", language.say`head ${result.head}`, style),
      ...(result.publicKey === undefined
        ? []
        : [paint("dim", language.say`public key ${result.publicKey}`, style)]),
    ],
  ]);
}

const dropped = say`Not complete: the head you gave is not in it; entries were dropped or rewritten.`;
const unproven = say`A chain cut short looks the same: give a head that was kept elsewhere (--head) to prove it complete.`;

function verdict(result: Verification, style: Style): readonly string[] {
  const language = languageOf(style);
  if (!result.consistent)
    return [paint("bad", language.say`Tampered with or damaged: the chain is broken.`, style)];
  if (result.complete === false)
    return wrap(language.told(dropped), style.width).map((line) => paint("bad", line, style));
  if (result.complete)
    return [
      paint(
        "good",
        language.say`Complete: the chain is whole, and the head you gave is in it.`,
        style,
      ),
    ];
  return [
    paint("good", language.say`Consistent: the chain is whole.`, style),
    ...wrap(language.told(unproven), style.width),
  ];
}
