import type { Plan } from "../../model/plan/plan.ts";
import { say } from "../../model/text/say.ts";
import { type ApplyOptions, apply } from "../../operations/apply/apply.ts";
import type { Approvals } from "../../operations/apply/check-approvals.ts";
import { actor } from "../project/actor.ts";
import { showApplyResult } from "../output/apply-result.ts";
import { approvalsOf } from "../files/approvals.ts";
import type { Invocation } from "../parse/command.ts";
import { secondsOf } from "../parse/duration.ts";
import { exitStatus } from "../output/exit-status.ts";
import { askHost } from "../files/host-approvals.ts";
import { interruption } from "../output/signals.ts";
import { forgetful } from "../project/ephemeral-runner.ts";
import { isMarked } from "../files/plan-mark.ts";
import { isPlanFile, readPlan } from "../files/plan-file.ts";
import type { Terminal } from "../output/terminal.ts";
import { inWritableAccount } from "../project/workspace.ts";

/** Applies a saved plan as it is, or plans, shows, asks and applies. */
export async function run(invocation: Invocation): Promise<number> {
  const { words, flags, terminal } = invocation;
  const [first = ""] = words;
  const saved = isPlanFile(first) ? await readPlan(first) : undefined;
  if (saved && !saved.ok) {
    terminal.diagnostics(saved.diagnostics);
    return exitStatus.error;
  }
  if (saved && (flags.only || flags.except)) {
    terminal.problem(say`A saved plan is applied as it was reviewed: --only and --except belong to planning.`);
    return exitStatus.error;
  }
  if (!saved && !flags.yes && !terminal.interactive) {
    terminal.problem(
      `${say`Nothing was applied: there is nobody to ask.`}\n${say`Apply a reviewed plan (partnerctl plan --out plan.json, then partnerctl apply plan.json), or say --yes.`}`,
    );
    return exitStatus.error;
  }
  const signal = interruption(() => {
    if (!terminal.isAsking()) terminal.problem(say`Stopping: what is in flight is finished and recorded. Ctrl-C again ends it at once.`);
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
      const approvals = plan && (await approvalsOf(workspace, { file: first, plan }, flags.approvals));
      const wait = flags.wait === undefined ? {} : { wait: secondsOf(flags.wait, project.settings) };
      const applied = await apply(project, view, writers, {
        ...options(invocation, { plan, approvals, signal }),
        ...{ ...wait, marked: plan !== undefined && isMarked(workspace, plan) },
      });
      const status = showApplyResult(applied, terminal);
      return applied.status === "declined" && signal.aborted ? exitStatus.stopped : status;
    },
    signal,
  );
}

function options(
  { words, flags, terminal }: Invocation,
  { plan, approvals, signal }: { readonly plan: Plan | undefined; readonly approvals: Approvals | undefined; readonly signal: AbortSignal },
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
    confirm: async (made) => (asking ? agreed(made, terminal, signal) : told(made, plan, terminal)),
  };
}

/** Nobody has seen a plan that is made here and now: what it sets belongs to the log. */
function told(made: Plan, saved: Plan | undefined, terminal: Terminal): true {
  if (!saved && !terminal.quiet) terminal.show((report, style) => report.plan(made, style));
  return true;
}

async function agreed(plan: Plan, terminal: Terminal, signal: AbortSignal): Promise<boolean> {
  terminal.show((report, style) => report.plan(plan, style));
  return (await terminal.ask(question(plan), signal)).trim().toLowerCase() === "yes";
}

/** Guards that still stood would have stopped it before anybody is asked: the answer, or --allow, lifts these. */
function question({ changes, tripped }: Plan): string {
  const count = changes.length;
  const guards = [...new Set(tripped.map(({ name }) => name))].join(", ");
  if (guards === "") return count === 1 ? say`Apply this change? Type yes: ` : say`Apply these ${count} changes? Type yes: `;
  return count === 1
    ? say`Apply this change, with these guards lifted: ${guards}? Type yes: `
    : say`Apply these ${count} changes, with these guards lifted: ${guards}? Type yes: `;
}
