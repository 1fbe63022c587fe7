import type { Verification } from "../model/history.ts";
import { clean } from "./clean.ts";
import { page, wrap } from "./layout.ts";
import { paint } from "./paint.ts";
import type { Style } from "./report.ts";
import { diagnosticLines } from "./text-diagnostics.ts";
import { count } from "./words.ts";

/** Whether the ledger can be believed, and how far that was proven. */
export function textVerification(given: Verification, style: Style): string {
  const result = clean(given);
  const torn = result.torn ? wrap("The last line was not written to its end; it is not counted.", style.width) : [];
  return page(...result.problems.map((one) => diagnosticLines(one, style)), [
    ...verdict(result, style),
    ...torn,
    ...wrap(`ledger ${result.ledger}, ${count(result.entries, "entry", "entries")}`, style.width),
    paint("dim", `head ${result.head}`, style),
  ]);
}

const dropped = "Not complete: the head you gave is not in it; entries were dropped or rewritten.";
const unproven = "A chain cut short looks the same: give a head that was kept elsewhere (--head) to prove it complete.";

function verdict(result: Verification, style: Style): readonly string[] {
  if (!result.consistent) return [paint("bad", "Tampered with or damaged: the chain is broken.", style)];
  if (result.complete === false) return wrap(dropped, style.width).map((line) => paint("bad", line, style));
  if (result.complete) return [paint("good", "Complete: the chain is whole, and the head you gave is in it.", style)];
  return [paint("good", "Consistent: the chain is whole.", style), ...wrap(unproven, style.width)];
}
