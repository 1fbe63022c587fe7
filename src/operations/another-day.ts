import { type Diagnostic, diagnostic } from "../model/diagnostic.ts";
import type { Plan } from "../model/plan/plan.ts";
import { say } from "../model/text/phrase.ts";

/**
 * The error for a plan made for a date that the user chose: it must not be approved, published or
 * applied. Undefined for any other plan.
 */
export function ofAnotherDay({ hypothetical, asOf }: Plan): Diagnostic | undefined {
  if (!hypothetical) return undefined;
  return diagnostic({
    severity: "error",
    code: "plan/hypothetical",
    message: say`This plan says what would be planned on ${asOf}, and is for looking only.`,
    hint: say`Plan again and have the new plan reviewed.`,
  });
}
