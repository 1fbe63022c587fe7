import { record, textOf } from "../../model/text/recorded.ts";
import { didYouMean } from "../../model/text/similar.ts";
import { type Checked, type Diagnostic, diagnostic } from "../../model/diagnostic.ts";
import type { Kind } from "../../model/kind.ts";
import { hundredths } from "../../model/values/money.ts";
import type { Tripped } from "../../model/plan/plan.ts";
import { say } from "../../model/text/phrase.ts";
import { guardNames } from "../../plan/guard/guard.ts";

/**
 * A guard that is lifted for one run: entirely, or up to an amount in the unit that its message
 * prints.
 */
export interface Lifting {
  readonly guard: string;
  readonly upTo?: string;
}

/** Parses options of the form NAME or NAME=UP-TO. Fails for unknown guards and invalid amounts. */
export function readLiftings(
  written: readonly string[],
  kinds: readonly Kind[],
): Checked<readonly Lifting[]> {
  const names = guardNames(kinds);
  const read = written.map((one) => readLifting(one, names));
  const problems = read.filter((one) => "code" in one);
  if (problems.length > 0) return { ok: false, diagnostics: problems };
  return { ok: true, value: read.filter((one) => "guard" in one), diagnostics: [] };
}

function readLifting(written: string, names: readonly string[]): Lifting | Diagnostic {
  const [guard = "", ...rest] = written.split("=");
  const listed = say`Guards: ${{ list: names }}.`;
  if (!names.includes(guard))
    return record({
      severity: "error",
      code: "allow/unknown-guard",
      message: say`There is no guard ${guard}.`,
      hint: didYouMean(guard, names, listed) ?? listed,
    });
  if (rest.length === 0) return { guard };
  const upTo = rest.join("=").replaceAll(",", "");
  if (/^\d+(\.\d{1,2})?$/.test(upTo)) return { guard, upTo };
  return diagnostic({
    severity: "error",
    code: "allow/not-an-amount",
    message: say`${written} does not say up to which amount ${guard} is lifted.`,
    hint: say`Write a number in the unit that the guard's message prints, such as --allow seats=500.`,
  });
}

/** Errors for lifted guards that require a reason, if no reason is given. */
export function withoutReason(
  lifted: readonly Tripped[],
  reason: string | undefined,
): readonly Diagnostic[] {
  return reason?.trim() ? [] : lifted.filter(({ needsReason }) => needsReason).map(noReason);
}

/** Whether one of these liftings covers the guard and its amount. */
export function isAllowed({ name, amount }: Tripped, liftings: readonly Lifting[]): boolean {
  return liftings.some((one) => allows(one, name, amount));
}

/** How the lifting is recorded: NAME, or NAME=UP-TO. */
export function liftedBy({ name, amount }: Tripped, liftings: readonly Lifting[]): string {
  const upTo = liftings.find((one) => allows(one, name, amount))?.upTo;
  return upTo === undefined ? name : `${name}=${upTo}`;
}

function allows({ guard, upTo }: Lifting, name: string, amount: string): boolean {
  return guard === name && (upTo === undefined || hundredths(amount) <= hundredths(upTo));
}

function noReason(tripped: Tripped): Diagnostic {
  const why = textOf(tripped, "message");
  return diagnostic({
    severity: "error",
    code: "allow/needs-reason",
    message: say`Lifting ${tripped.name} takes a reason, which is recorded: ${why}.`,
    hint: say`Say why with --reason TEXT.`,
  });
}
