import type { Plan } from "../../model/plan/plan.ts";
import { say, type Wording } from "../../model/text/phrase.ts";
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
function question({ changes, tripped }: Plan): Wording {
  const count = { count: changes.length, noun: "change" } as const;
  const list = [...new Set(tripped.map(({ name }) => name))];
  return list.length === 0
    ? say`Apply ${count}? Type yes: `
    : say`Apply ${count}, with these guards lifted: ${{ list }}? Type yes: `;
}
