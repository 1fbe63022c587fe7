import type { Plan } from "../model/plan.ts";
import { say } from "../model/say.ts";
import { blocking } from "../operations/plan.ts";

/** What comes next for a plan that was written to a file. */
export function nextStep(plan: Plan, file: string): string {
  if (blocking(plan).length > 0) return say`Saved to ${file}. It cannot be applied while it has problems.`;
  if (plan.hypothetical) return say`Saved to ${file}. It is for looking only, as if it were ${plan.asOf}, and cannot be applied.`;
  if (plan.changes.length === 0) return say`Saved to ${file}. There is nothing in it to apply.`;
  const needed = Math.max(0, ...(plan.approvals ?? []).map(({ approvals }) => approvals));
  const names = [...new Set(plan.tripped.map(({ name }) => name))];
  const lifted = names.map((name) => ` --allow ${name}`).join("");
  const reason = plan.tripped.some(({ needsReason }) => needsReason) ? " --reason TEXT" : "";
  const apply = `partnerctl apply ${quoted(file)}${lifted}${reason}`;
  return needed > 0
    ? say`Saved to ${file}. Next: partnerctl approve ${quoted(file)} (approvals needed: ${needed}), then ${apply}`
    : say`Saved to ${file}. Next: ${apply}`;
}

/** A file's name as a shell takes it for one word. */
function quoted(file: string): string {
  return /^[\w./:@%+=,-]+$/.test(file) ? file : `'${file.replaceAll("'", "'\\''")}'`;
}
