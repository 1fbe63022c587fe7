import type { Approval, HostApproval } from "../../model/plan/approval.ts";
import type { Observed } from "../../model/observed.ts";
import type { Plan } from "../../model/plan/plan.ts";
import { quoter } from "../../model/text/quotes.ts";
import type { Receipt, Result } from "../../model/plan/receipt.ts";
import { personalOf } from "../../plan/diff/personal.ts";
import type { Reviewed } from "../../plan/plan.ts";
import { applyChange } from "../change/apply-change.ts";
import { countRequests } from "./request-counter.ts";
import { lostCredential } from "../change/prepare-credential.ts";
import { headOf, ownState, seqOf } from "./head.ts";
import type { EventAppender, Project, View, Writers } from "../project/project.ts";
import type { ApplyRun } from "./apply-run.ts";
import { inOrder } from "./schedule.ts";
import { sealedParts } from "./sealed-parts.ts";
import { settleOpen } from "../settle/settle.ts";
import type { Ended } from "../settle/infer-outcome.ts";

/** What a run needs. */
export interface Execution {
  readonly project: Project;
  readonly view: View;
  readonly writers: Writers;
  readonly journal: EventAppender;
  /** See `ApplyRun.confirm`. */
  confirm(): Promise<number>;
  readonly plan: Plan;
  /** The result of planning a reviewed plan again. */
  readonly again?: Pick<Reviewed, "dropped" | "notes">;
  /** The account as it was read for planning. */
  readonly observed: readonly Observed[];
  readonly ledgerKey: Uint8Array;
}

/** How a run was started. */
export interface ExecuteOptions {
  readonly actor: string;
  /** Guards that are lifted, each as NAME or NAME=UP-TO. */
  readonly allow: readonly string[];
  /** Why they are lifted. */
  readonly reason?: string;
  readonly detached?: boolean;
  /** Only those that count. */
  readonly approvals?: readonly Approval[];
  readonly hostApprovals?: readonly HostApproval[];
  readonly parallelism?: number;
}

/**
 * Executes a plan's changes in order and returns how each ended. The plan counts as spent once the
 * run is opened.
 */
export async function execute(execution: Execution, options: ExecuteOptions): Promise<Receipt> {
  const { project, view, journal, plan } = execution;
  const opened = { run: execution.writers.runId(), startedAt: view.now(), ...facts(execution, options) };
  await journal.append([
    {
      at: opened.startedAt,
      type: "run-opened",
      plan: plan.digest,
      account: plan.account.id,
      changes: plan.changes.length,
      ...forLedger(opened),
    },
    ...(await sealedParts(execution, { run: opened.run, at: opened.startedAt })),
  ]);
  const run = await startRun(execution, opened);
  let done = 0;
  await inOrder(plan.changes, options.parallelism ?? project.settings.parallelism, async (change) => {
    run.results.set(change.id, await applyChange(run, change));
    done += 1;
    view.progress?.({
      phase: "applying",
      done,
      total: plan.changes.length,
      requests: run.adapter.spent().reads + run.adapter.spent().writes,
    });
  });
  await settleUnknown(execution, run);
  return close(execution, run, opened);
}

function facts({ project }: Execution, options: ExecuteOptions) {
  return {
    actor: options.actor,
    allowed: options.allow,
    ...(options.allow.length > 0 && options.reason !== undefined && { reason: options.reason }),
    ...(project.commit !== undefined && { commit: project.commit }),
    ...(project.localChanges && { localChanges: true as const }),
    ...(options.detached && { detached: true as const }),
    ...(options.approvals && options.approvals.length > 0 && { approvals: options.approvals }),
    ...(options.hostApprovals && options.hostApprovals.length > 0 && { hostApprovals: options.hostApprovals }),
  };
}

type Opened = { readonly run: string; readonly startedAt: string } & ReturnType<typeof facts>;

function forLedger({ startedAt: _, ...rest }: Opened) {
  return rest;
}

async function startRun(execution: Execution, { run: id, allowed, detached }: Opened): Promise<ApplyRun> {
  const { project, view, writers, journal, confirm, plan, again, observed, ledgerKey } = execution;
  const kinds = new Map(project.kinds.map((kind) => [kind.name, kind]));
  const ledger = ownState(await view.state());
  const since = await seqOf(view, plan.basis.ledger.head, ledger);
  const nothing = { made: new Map(), bound: new Map(), bindings: new Map(), lists: new Map(), results: new Map() };
  const judged = {
    dropped: again?.dropped ?? new Map(),
    observed,
    ...(detached && { detached }),
    lifted: new Set(allowed.map((one) => one.replace(/=.*/, ""))),
    turns: Promise.resolve(),
  };
  const known = { ledger, since, head: headOf(ledger, since) };
  return {
    id,
    plan,
    view,
    writers,
    journal,
    confirm,
    kinds,
    ledgerKey,
    ...known,
    ...judged,
    adapter: countRequests(writers.adapter),
    ...nothing,
  };
}

/**
 * Looks once more for writes of this run whose replies were lost. After an interruption, the next
 * run does that.
 */
async function settleUnknown({ project, view, journal, writers }: Execution, run: ApplyRun): Promise<void> {
  const unknown = [...run.results.values()].filter(({ status }) => status === "unknown");
  if (unknown.length === 0 || view.signal.aborted) return;
  view.progress?.({ phase: "settling", done: 0, total: unknown.length, requests: run.adapter.spent().reads });
  const patient = { ...view, reader: run.adapter, signal: new AbortController().signal };
  const endings = await settleOpen(patient, { journal, sink: writers.sink, kinds: project.kinds });
  for (const ended of endings) {
    const result = run.results.get(ended.change);
    if (ended.run === run.id && ended.status !== "unknown" && result) run.results.set(ended.change, settled(result, ended));
  }
}

function settled({ change, address, action, credential: had }: Result, { status, id, code, because, credential = had }: Ended): Result {
  const known = {
    ...(id !== undefined && { id }),
    ...(code !== undefined && { code }),
    ...(because !== undefined && { because }),
    ...(credential && { credential }),
  };
  return { change, address, action, status, ...known, ...(credential === "lost" && lostCredential(address)) };
}

async function close(execution: Execution, run: ApplyRun, opened: Opened): Promise<Receipt> {
  const { view, journal, plan, again } = execution;
  // A backend's message may quote personal data.
  const quotes = quoter(() => plan.changes.flatMap((change) => personalOf(change, run.kinds.get(change.kind)?.personal ?? [])));
  const results = plan.changes.flatMap((change): readonly Result[] => {
    const result = run.results.get(change.id);
    return result ? [{ ...result, ...quotes(result.because, result.hint) }] : [];
  });
  const count = (...statuses: readonly Result["status"][]) => results.filter(({ status }) => statuses.includes(status)).length;
  const interrupted = view.signal.aborted ? { interrupted: true as const } : {};
  const endedAt = view.now();
  await journal.append([
    {
      at: endedAt,
      type: "run-closed",
      run: run.id,
      done: count("done"),
      failed: count("failed", "stale", "skipped"),
      unknown: count("unknown"),
      ...interrupted,
    },
  ]);
  const { run: id, startedAt, ...who } = opened;
  const ledger = { id: await view.ledger.id(), head: journal.head() };
  return {
    version: 1,
    run: id,
    plan: plan.digest,
    account: plan.account,
    startedAt,
    endedAt,
    ledger,
    ...who,
    ...interrupted,
    results,
    ...(again && again.notes.length > 0 && { notes: again.notes }),
    spent: run.adapter.spent(),
    ...(run.adapter.correlation !== undefined && { correlation: run.adapter.correlation }),
  };
}
