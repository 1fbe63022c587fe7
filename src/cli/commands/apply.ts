import type { Plan } from "../../model/plan.ts";
import type { Receipt } from "../../model/receipt.ts";
import { type Application, apply, type ApplyOptions } from "../../operations/apply.ts";
import { actor } from "../actor.ts";
import type { Invocation } from "../command.ts";
import { exitStatus, gravest } from "../exit-status.ts";
import { interruption } from "../interruption.ts";
import { readPlan } from "../plan-file.ts";
import type { Terminal } from "../terminal.ts";
import { inAccount } from "../workspace.ts";

/** Applies a saved plan as it is, or plans, shows, asks and applies. */
export async function run(invocation: Invocation): Promise<number> {
  const { words, flags, terminal } = invocation;
  const [first = ""] = words;
  const saved = first.endsWith(".json") ? readPlan(first) : undefined;
  if (saved && !saved.ok) {
    terminal.diagnostics(saved.diagnostics);
    return exitStatus.error;
  }
  if (!saved && !flags.yes && !terminal.interactive) {
    terminal.problem("Nothing was applied: there is nobody to ask.\nApply a reviewed plan (partnerctl plan --out plan.json, then partnerctl apply plan.json), or say --yes.");
    return exitStatus.error;
  }
  const signal = interruption(() => terminal.problem("Stopping: what is in flight is finished and recorded. Ctrl-C again ends it at once."));
  return inAccount(invocation, async ({ project }, { view, writers }) => {
    const ended = await apply(project, view, writers, options(invocation, { plan: saved?.value, signal }));
    tell(ended, terminal);
    return status(ended);
  }, signal);
}

function options({ words, flags, terminal }: Invocation, { plan, signal }: { readonly plan: Plan | undefined; readonly signal: AbortSignal }): ApplyOptions {
  const paths = plan ? words.slice(1) : words;
  const { only, asOf, detached, parallelism, yes } = flags;
  const asking = !plan && !yes;
  return {
    ...(plan && { plan }),
    ...(paths.length > 0 && { paths }),
    ...(only && { only }),
    ...(asOf !== undefined && { asOf }),
    ...(detached && { detached }),
    ...(parallelism !== undefined && { parallelism }),
    allow: flags.allow ?? [],
    actor: actor(flags.actor, process.env),
    interactive: asking,
    confirm: async (made) => !asking || agreed(made, terminal, signal),
  };
}

async function agreed(plan: Plan, terminal: Terminal, signal: AbortSignal): Promise<boolean> {
  terminal.show((report, style) => report.plan(plan, style));
  const count = plan.changes.length;
  const answer = await terminal.ask(`Apply ${count === 1 ? "this change" : `these ${count} changes`}? Type yes: `, signal);
  return answer.trim().toLowerCase() === "yes";
}

function tell({ status, plan, receipt, diagnostics }: Application, terminal: Terminal): void {
  const { report, style } = terminal;
  if (receipt) {
    terminal.aside(diagnostics);
    terminal.result(report.receipt(receipt, plan, style));
  } else if (status === "declined") {
    terminal.problem("Nothing was applied.");
  } else if (plan) {
    terminal.result(report.plan(plan, style));
    if (status !== "nothing") terminal.problem(`Nothing was applied: ${status === "guarded" ? "a guard stopped it" : "the plan has problems"}.`);
  } else {
    terminal.diagnostics(diagnostics);
  }
}

function status({ status, receipt }: Application): number {
  switch (status) {
    case "locked":
      return exitStatus.locked;
    case "guarded":
      return exitStatus.guarded;
    case "refused":
    case "declined":
      return exitStatus.error;
    case "nothing":
      return exitStatus.done;
    case "stale":
    case "applied":
      return receipt ? outcome(receipt) : exitStatus.stale;
  }
}

function outcome({ results }: Receipt): number {
  const ended = new Set(results.map((result) => result.status));
  const partly = ended.has("failed") || ended.has("skipped") || ended.has("unknown");
  return gravest([...(partly ? [exitStatus.partly] : []), ...(ended.has("stale") ? [exitStatus.stale] : [])]);
}
