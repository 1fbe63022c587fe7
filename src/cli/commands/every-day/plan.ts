import type { Plan } from "../../../model/plan/plan.ts";
import { say } from "../../../model/text/phrase.ts";
import { blockingProblems, planChanges } from "../../../operations/plan/plan.ts";
import { changedSince } from "../../../store/files/files.ts";
import { shownApprovals } from "../../files/approvals.ts";
import { writePlan } from "../../files/plan-file.ts";
import { markPlan } from "../../files/plan-mark.ts";
import { nextStep } from "../../files/saved-plan.ts";
import { exitStatus, gravest, statusOf } from "../../output/exit-status.ts";
import type { Command, Invocation } from "../../parse/command.ts";
import { snapshotOption } from "../../files/snapshot.ts";
import type { Option } from "../../parse/option.ts";
import { at, detailed, except, only, paths, unreachable, wrong } from "../../parse/options.ts";
import { inAccount } from "../../project/workspace.ts";

const options = [
  {
    flag: "--out",
    value: "file",
    values: "file",
    description: "also write the plan to this file, for apply",
  },
  {
    flag: "--seal",
    value: "recipient",
    many: "each",
    description: "encrypt that file for this age recipient; once for each",
  },
  only,
  except,
  {
    flag: "--since",
    value: "revision",
    values: "revision",
    description: "only what changed in the manifests since a git revision",
  },
  at,
  {
    flag: "--max-age",
    value: "age",
    shape: "duration",
    description: "read anew only what was read longer ago than this (30m, 12h)",
  },
  { flag: "--fresh", description: "read the whole account, whatever the settings say" },
  detailed,
] as const satisfies readonly Option[];

/** The `partnerctl plan` command. */
export const planCommand: Command = {
  name: "plan",
  group: "everyDay",
  order: 3,
  summary: "compare the manifests with the account and show what would change",
  arguments: [paths],
  options,
  exits: {
    0: "planned",
    1: wrong,
    2: "changes, or objects of which nothing recent is known (only with --detailed-exitcode)",
    3: "an earlier write's outcome is not known",
    5: "a guard would stop it (only with --detailed-exitcode)",
    7: unreachable,
  },
  examples: [
    "partnerctl plan --out plan.json",
    "partnerctl plan --only 'Subscription/*/office'",
    "partnerctl plan --since origin/main",
  ],
  shows: ["plan"],
  load: () => import("./plan.ts"),
};

/** Shows what would change, and saves the plan if --out is given. */
export async function run(invocation: Invocation<typeof options>): Promise<number> {
  const { words, flags, terminal } = invocation;
  if (flags.seal && flags.out === undefined)
    return terminal.refuse(
      "usage/incomplete",
      say`--seal is about the plan's file: say --out FILE too.`,
    );
  if (flags.at !== undefined && flags.out !== undefined)
    return terminal.refuse(
      "usage/contradiction",
      say`--at is for looking, and --out keeps what is to be applied: leave one of them out.`,
    );
  return inAccount(invocation, async (workspace, { view }) => {
    const { project, root } = workspace;
    const { only, except, since, at, out, seal, detailedExitcode } = flags;
    const changed =
      since === undefined ? undefined : await changedSince(root, since, project.settings.overlay);
    if (changed && !changed.ok) {
      terminal.diagnostics(changed.diagnostics);
      return statusOf(changed.diagnostics);
    }
    const planned = await planChanges(project, view, {
      ...(words.length > 0 && { paths: words }),
      ...(only && { only }),
      ...(except && { except }),
      ...(changed && { isChanged: changed.value }),
      ...(at !== undefined && { asOf: at }),
      ...snapshotOption(workspace, flags),
    });
    if (!planned.ok) {
      terminal.diagnostics(planned.diagnostics);
      return statusOf(planned.diagnostics);
    }
    const made = out === undefined ? planned.value : markPlan(workspace, planned.value);
    const written =
      out === undefined
        ? planned
        : await writePlan(out, made, [...project.settings.plan.seal, ...(seal ?? [])]);
    if (!written.ok) {
      terminal.diagnostics(written.diagnostics);
      return statusOf(written.diagnostics);
    }
    terminal.aside(planned.diagnostics);
    // An identical plan gives an identical file, so approvals given earlier may still hold.
    const approved = out === undefined ? [] : (await shownApprovals(workspace, out, made)).held;
    terminal.show({ kind: "plan", plan: made, approvals: approved });
    if (out !== undefined) terminal.remark(nextStep(planned.value, out, invocation));
    return status(planned.value, detailedExitcode ?? false);
  });
}

function status(plan: Plan, detailed: boolean): number {
  return gravest([
    ...(blockingProblems(plan).length > 0 ? [exitStatus.error] : []),
    // Also without --detailed-exitcode: a write with an unknown outcome may have changed the
    // account.
    ...(plan.open ? [exitStatus.partly] : []),
    ...(detailed && plan.tripped.length > 0 ? [exitStatus.guarded] : []),
    ...(detailed && (plan.changes.length > 0 || plan.readings?.unknown)
      ? [exitStatus.pending]
      : []),
  ]);
}
