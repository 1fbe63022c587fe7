import { resolve } from "node:path";
import type { Plan } from "../../model/plan.ts";
import { blocking, planChanges } from "../../operations/plan.ts";
import { changedSince } from "../../store/files.ts";
import { replaceFile } from "../../store/replace-file.ts";
import type { Invocation } from "../command.ts";
import { exitStatus, gravest } from "../exit-status.ts";
import { inAccount } from "../workspace.ts";

/** Shows what would change. */
export async function run(invocation: Invocation): Promise<number> {
  const { words, flags, terminal } = invocation;
  return inAccount(invocation, async ({ project, root }, { view }) => {
    const { only, since, asOf, out, detailedExitcode } = flags;
    const changed = since === undefined ? undefined : await changedSince(root, since);
    if (changed && !changed.ok) {
      terminal.diagnostics(changed.diagnostics);
      return exitStatus.error;
    }
    const planned = await planChanges(project, view, {
      ...(words.length > 0 && { paths: words }),
      ...(only && { only }),
      ...(changed && { changedFiles: changed.value }),
      ...(asOf !== undefined && { asOf }),
    });
    if (!planned.ok) {
      terminal.diagnostics(planned.diagnostics);
      return exitStatus.error;
    }
    if (out !== undefined) replaceFile(resolve(out), `${JSON.stringify(planned.value, null, 2)}\n`, { mode: 0o600 });
    terminal.aside(planned.diagnostics);
    terminal.result(terminal.report.plan(planned.value, terminal.style));
    return status(planned.value, detailedExitcode ?? false);
  });
}

function status(plan: Plan, detailed: boolean): number {
  return gravest([
    ...(blocking(plan).length > 0 ? [exitStatus.error] : []),
    ...(plan.tripped.length > 0 ? [exitStatus.guarded] : []),
    ...(detailed && plan.changes.length > 0 ? [exitStatus.pending] : []),
  ]);
}
