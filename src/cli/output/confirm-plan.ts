import type { Plan } from "../../model/plan/plan.ts";
import { say } from "../../model/text/say.ts";
import type { Terminal } from "./terminal.ts";

/** Shows a plan and asks whether to apply it. */
export async function confirmPlan(
  plan: Plan,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<boolean> {
  terminal.preview({ kind: "plan", plan });
  return (await terminal.ask(question(plan), signal)).trim().toLowerCase() === "yes";
}

/**
 * The confirmation question. It names the tripped guards: a yes lifts `irreversible`, and --allow
 * has lifted the others. Any other guard has already stopped the apply.
 */
function question({ changes, tripped }: Plan): string {
  const count = changes.length;
  const guards = [...new Set(tripped.map(({ name }) => name))].join(", ");
  if (guards === "")
    return count === 1
      ? say`Apply this change? Type yes: `
      : say`Apply these ${count} changes? Type yes: `;
  return count === 1
    ? say`Apply this change, with these guards lifted: ${guards}? Type yes: `
    : say`Apply these ${count} changes, with these guards lifted: ${guards}? Type yes: `;
}
