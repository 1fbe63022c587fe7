import { record } from "../../model/text/recorded.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { ChangeId } from "../../model/plan/plan.ts";
import { say } from "../../model/text/phrase.ts";
import type { OpenWrite } from "../input.ts";

/**
 * Warnings for open writes that prevent no planning, for example because their object is no longer
 * declared.
 */
export function openElsewhere(
  open: readonly OpenWrite[],
  awaited: ReadonlySet<ChangeId>,
): readonly Diagnostic[] {
  return open
    .filter(({ change }) => !awaited.has(change))
    .map(({ change, address }) =>
      record({
        severity: "warning",
        code: "ledger/open",
        address,
        message: say`Whether ${change} of an earlier run was done is not known.`,
        hint: say`Apply again later, which finds out by reading. If it never shows, look in the account and say so: partnerctl ledger settle ${change} --id ID, or --did-not-happen.`,
      }),
    );
}
