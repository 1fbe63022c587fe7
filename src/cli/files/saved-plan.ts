import type { Plan } from "../../model/plan/plan.ts";
import { say, type Wording } from "../../model/text/phrase.ts";
import { blockingProblems } from "../../operations/plan/plan.ts";
import type { Invocation } from "../parse/command.ts";

/** A message with the next command for a saved plan, including the paths and options it needs. */
export function nextStep(
  plan: Plan,
  file: string,
  { words, flags }: Pick<Invocation, "words" | "flags">,
): Wording {
  if (blockingProblems(plan).length > 0)
    return say`Saved to ${file}. It cannot be applied while it has problems.`;
  if (plan.changes.length === 0) return say`Saved to ${file}. There is nothing in it to apply.`;
  const needed = Math.max(0, ...(plan.approvals ?? []).map(({ approvals }) => approvals));
  const names = [...new Set(plan.tripped.map(({ name }) => name))];
  const lifted = names.map((name) => ` --allow ${name}`).join("");
  const reason = plan.tripped.some(({ needsReason }) => needsReason) ? " --reason TEXT" : "";
  const { project, env } = flags;
  const where = [
    ...(project === undefined ? [] : ["--project", project]),
    ...(env === undefined ? [] : ["--env", env]),
  ];
  const apply = `partnerctl apply ${quoted(file, ...words, ...where)}${lifted}${reason}`;
  return needed > 0
    ? say`Saved to ${file}. Next: partnerctl approve ${quoted(file, ...where)} (approvals needed: ${needed}), then ${apply}`
    : say`Saved to ${file}. Next: ${apply}`;
}

/** Quotes words for a POSIX shell. */
function quoted(...words: readonly string[]): string {
  return words
    .map((word) => (/^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))
    .join(" ");
}
