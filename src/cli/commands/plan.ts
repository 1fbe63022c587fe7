import type { Plan } from "../../model/plan/plan.ts";
import { say } from "../../model/text/say.ts";
import { blockingProblems, planChanges } from "../../operations/plan/plan.ts";
import { changedSince } from "../../store/files/files.ts";
import { shownApprovals } from "../files/approvals.ts";
import type { Invocation } from "../parse/command.ts";
import { exitStatus, gravest } from "../output/exit-status.ts";
import { writePlan } from "../files/plan-file.ts";
import { markPlan } from "../files/plan-mark.ts";
import { nextStep } from "../files/saved-plan.ts";
import { inAccount } from "../project/workspace.ts";

/** Shows what would change. */
export async function run(invocation: Invocation): Promise<number> {
  const { words, flags, terminal } = invocation;
  if (flags.seal && flags.out === undefined) {
    terminal.problem(say`--seal is about the plan's file: say --out FILE too.`);
    return exitStatus.error;
  }
  if (flags.at !== undefined && flags.out !== undefined) {
    terminal.problem(say`--at is for looking, and --out keeps what is to be applied: leave one of them out.`);
    return exitStatus.error;
  }
  return inAccount(invocation, async (workspace, { view }) => {
    const { project, root } = workspace;
    const { only, except, since, at, out, seal, detailedExitcode } = flags;
    const changed = since === undefined ? undefined : await changedSince(root, since, project.settings.overlay);
    if (changed && !changed.ok) {
      terminal.diagnostics(changed.diagnostics);
      return exitStatus.error;
    }
    const planned = await planChanges(project, view, {
      ...(words.length > 0 && { paths: words }),
      ...(only && { only }),
      ...(except && { except }),
      ...(changed && { isChanged: changed.value }),
      ...(at !== undefined && { asOf: at }),
    });
    if (!planned.ok) {
      terminal.diagnostics(planned.diagnostics);
      return exitStatus.error;
    }
    const made = out === undefined ? planned.value : markPlan(workspace, planned.value);
    const written = out === undefined ? planned : await writePlan(out, made, [...(project.settings.plan?.seal ?? []), ...(seal ?? [])]);
    if (!written.ok) {
      terminal.diagnostics(written.diagnostics);
      return exitStatus.error;
    }
    terminal.aside(planned.diagnostics);
    // The same plan again is the same file: whoever approved it has.
    const approved = out === undefined ? [] : (await shownApprovals(workspace, out, made)).held;
    terminal.result(terminal.report.plan(made, terminal.style, approved));
    if (out !== undefined) terminal.remark(nextStep(planned.value, out, invocation));
    return status(planned.value, detailedExitcode ?? false);
  });
}

function status(plan: Plan, detailed: boolean): number {
  return gravest([
    ...(blockingProblems(plan).length > 0 ? [exitStatus.error] : []),
    ...(plan.tripped.length > 0 ? [exitStatus.guarded] : []),
    // Whether or not the details are asked for: what may have been done is not as declared.
    ...(plan.open ? [exitStatus.partly] : []),
    ...(detailed && plan.changes.length > 0 ? [exitStatus.pending] : []),
  ]);
}
