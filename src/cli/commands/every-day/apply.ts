import type { Plan } from "../../../model/plan/plan.ts";
import { say } from "../../../model/text/phrase.ts";
import { type ApplyOptions, apply } from "../../../operations/apply/apply.ts";
import type { Approvals } from "../../../operations/apply/check-approvals.ts";
import { approvalsOf } from "../../files/approvals.ts";
import { askHost } from "../../files/host-approvals.ts";
import { isPlanFile, readPlan } from "../../files/plan-file.ts";
import { isMarked } from "../../files/plan-mark.ts";
import { showApplyResult } from "../../output/apply-result.ts";
import { confirmPlan } from "../../output/confirm-plan.ts";
import { exitStatus } from "../../output/exit-status.ts";
import { interruption } from "../../output/signals.ts";
import type { Terminal } from "../../output/terminal.ts";
import type { Command, Invocation } from "../../parse/command.ts";
import { secondsOf } from "../../parse/duration.ts";
import type { Option } from "../../parse/option.ts";
import { except, only, unreachable, wrong } from "../../parse/options.ts";
import { actor } from "../../project/actor.ts";
import { forgetful } from "../../project/ephemeral-runner.ts";
import { inWritableAccount } from "../../project/workspace.ts";

const options = [
  { flag: "--yes", description: "do not ask" },
  {
    flag: "--allow",
    value: "guard[=up-to]",
    values: "guard",
    many: "each",
    description:
      "lift this guard for this run, up to an amount in the unit its message prints; once for each guard",
  },
  {
    flag: "--reason",
    value: "text",
    description: "why guards are lifted; recorded, and required where somebody loses something",
  },
  only,
  except,
  {
    flag: "--approvals",
    value: "path",
    many: "each",
    values: "file",
    description:
      "approvals of that plan, files or folders of them (default: those beside the plan)",
  },
  {
    flag: "--wait",
    value: "duration",
    shape: "duration",
    description:
      "wait so long for a lease that another run holds (90s, 6m, 1h; lease+1m: as long as one lasts, and a minute)",
  },
  {
    flag: "--detached",
    description: "apply a plan without the manifests it was made from; recorded",
  },
  {
    flag: "--parallelism",
    value: "count",
    shape: "count",
    description:
      "how many changes to work on at once, 1 to 256 (default: as the settings say, or 16)",
  },
] as const satisfies readonly Option[];

/** The `partnerctl apply` command. */
export const applyCommand: Command = {
  name: "apply",
  group: "everyDay",
  order: 4,
  summary: "apply a reviewed plan as it is, or plan, show, ask and apply",
  arguments: [
    {
      name: "plan.json|path",
      description: "a plan's file, and the manifest files or folders it is about (default: all)",
      repeated: true,
      values: "file",
    },
  ],
  options,
  exits: {
    0: "done, or nothing to do",
    1: wrong,
    3: "applied in part, or an outcome is unknown",
    4: "stale: the account changed since the plan",
    5: "stopped by a guard, or not approved as the settings ask",
    6: "locked by another run",
    7: unreachable,
    130: "stopped at the question",
  },
  examples: [
    "partnerctl apply",
    "partnerctl apply plan.json",
    "partnerctl apply --yes --allow irreversible=3",
  ],
  shows: ["plan", "receipt"],
  load: () => import("./apply.ts"),
};

/** Applies a saved plan; or makes a plan, shows it, asks for confirmation and applies it. */
export async function run(invocation: Invocation<typeof options>): Promise<number> {
  const { words, flags, terminal } = invocation;
  const [first = ""] = words;
  const saved = isPlanFile(first) ? await readPlan(first) : undefined;
  if (saved && !saved.ok) {
    terminal.diagnostics(saved.diagnostics);
    return exitStatus.error;
  }
  if (saved && (flags.only || flags.except))
    return terminal.refuse(
      "usage/contradiction",
      say`A saved plan is applied as it was reviewed: --only and --except belong to planning.`,
    );
  if (!saved && !flags.yes && !terminal.interactive)
    return terminal.refuse(
      "usage/nobody-to-ask",
      say`Nothing was applied, because this is not an interactive terminal.`,
      say`Apply a reviewed plan (partnerctl plan --out plan.json, then partnerctl apply plan.json), or say --yes.`,
    );
  const signal = interruption(() => {
    if (!terminal.isAsking())
      terminal.problem(
        say`Stopping: what is in flight is finished and recorded. Ctrl-C again ends it at once.`,
      );
  });
  return inWritableAccount(
    invocation,
    async (workspace, { view, writers }) => {
      const { project } = workspace;
      const forgotten = forgetful(project.settings, process.env);
      if (forgotten.length > 0) {
        terminal.diagnostics(forgotten);
        return exitStatus.error;
      }
      const plan = saved?.value;
      const approvals =
        plan && (await approvalsOf(workspace, { file: first, plan }, flags.approvals));
      const wait =
        flags.wait === undefined ? {} : { wait: secondsOf(flags.wait, project.settings) };
      const applied = await apply(project, view, writers, {
        ...optionsOf(invocation, { plan, approvals, signal }),
        ...{ ...wait, marked: plan !== undefined && isMarked(workspace, plan) },
      });
      const status = showApplyResult(applied, terminal);
      return applied.status === "declined" && signal.aborted ? exitStatus.stopped : status;
    },
    signal,
  );
}

function optionsOf(
  { words, flags, terminal }: Invocation<typeof options>,
  {
    plan,
    approvals,
    signal,
  }: {
    readonly plan: Plan | undefined;
    readonly approvals: Approvals | undefined;
    readonly signal: AbortSignal;
  },
): ApplyOptions {
  const paths = plan ? words.slice(1) : words;
  const { only, except, detached, parallelism, yes } = flags;
  const asking = !plan && !yes;
  return {
    ...(plan && { plan }),
    ...(paths.length > 0 && { paths }),
    ...(only && { only }),
    ...(except && { except }),
    ...(detached && { detached }),
    ...(approvals && { approvals }),
    ...(parallelism !== undefined && { parallelism }),
    allow: flags.allow ?? [],
    hostApprovals: askHost,
    ...(flags.reason !== undefined && { reason: flags.reason }),
    actor: actor(flags.actor, process.env),
    interactive: asking,
    confirm: async (made) =>
      asking ? confirmPlan(made, terminal, signal) : told(made, plan, terminal),
  };
}

/** Confirms without asking. Shows a plan made in this run, because nobody has reviewed it. */
function told(made: Plan, saved: Plan | undefined, terminal: Terminal): true {
  if (!saved && !terminal.quiet) terminal.preview({ kind: "plan", plan: made });
  return true;
}
