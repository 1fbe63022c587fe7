import type { Event } from "../../model/ledger/ledger.ts";
import type { ApplyOptions } from "./application.ts";
import type { ApplyRun, LeasedAccount, RunFacts } from "./apply-run.ts";
import type { PlanToApply } from "./check-plan.ts";
import type { ExaminedPlan } from "./examine-plan.ts";
import { headOf, ownState, seqOf } from "./head.ts";
import { countRequests } from "./request-counter.ts";

/** The options, with what the examination of the plan made of them. */
type Starting = Omit<ApplyOptions, keyof ExaminedPlan> & ExaminedPlan;

/** Records that the run is opened, after which the plan counts as spent, and makes its context. */
export async function openRun(
  account: LeasedAccount,
  { plan, observation, dropped, notes }: PlanToApply,
  options: Starting,
): Promise<ApplyRun> {
  const { project, view, writers, journal } = account;
  const facts = factsOf(account, options);
  const [id, startedAt] = [writers.runId(), view.now()];
  const sealed = (await writers.sealPlan?.(plan)) ?? [];
  await journal.append([
    {
      at: startedAt,
      type: "run-opened",
      plan: plan.digest,
      account: plan.account.id,
      changes: plan.changes.length,
      run: id,
      ...facts,
    },
    ...sealed.map((text, index): Event => {
      const part = { part: index + 1, parts: sealed.length, sealed: text };
      return { at: startedAt, type: "plan-sealed", run: id, ...part };
    }),
  ]);
  const ledger = ownState(await view.state());
  const since = await seqOf(view, plan.basis.ledger.head, ledger);
  return {
    ...account,
    ...{ id, startedAt, facts, plan, dropped, notes, ledger, since },
    head: headOf(ledger, since),
    kinds: new Map(project.kinds.map((kind) => [kind.name, kind])),
    adapter: countRequests(writers.adapter),
    observed: observation.observed,
    parallelism: options.parallelism ?? project.settings.parallelism,
    lifted: new Set(facts.allowed.map((one) => one.replace(/=.*/, ""))),
    turns: Promise.resolve(),
    ...{
      made: new Map(),
      bound: new Map(),
      bindings: new Map(),
      lists: new Map(),
      results: new Map(),
      remarks: [],
    },
  };
}

function factsOf(account: LeasedAccount, options: Starting): RunFacts {
  const { project, writers } = account;
  const { correlation } = writers.adapter;
  const { actor, lifted, reason, detached, approvals, hostApprovals } = options;
  return {
    actor,
    allowed: lifted,
    ...(lifted.length > 0 && reason !== undefined && { reason }),
    ...(project.commit !== undefined && { commit: project.commit }),
    ...(project.localChanges && { localChanges: true }),
    ...(correlation !== undefined && { correlation }),
    ...(detached && { detached: true }),
    ...(approvals.length > 0 && { approvals }),
    ...(hostApprovals.length > 0 && { hostApprovals }),
  };
}
