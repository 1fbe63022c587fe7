import { record } from "../../model/text/recorded.ts";
import type { Address } from "../../model/address.ts";
import { compare, type Diagnostic } from "../../model/diagnostic.ts";
import type { ChangeId } from "../../model/plan/plan.ts";
import { say } from "../../model/text/phrase.ts";
import { append } from "../multimap.ts";
import { findCycles } from "./cycles.ts";
import type { PlanContext, Draft } from "../diff/draft.ts";
import { type Edges, edges } from "./dependencies.ts";
import { problem, type ResourceProblem } from "../diagnostic-at.ts";

/** Why nothing can be planned for an address. `why` completes the sentence "ADDRESS, which …". */
export interface PlanRefusal {
  readonly severity: Diagnostic["severity"];
  readonly why: string;
}

/** The changes that can be made, with `requires` set, and the problems of the others. */
export interface Ordered {
  readonly drafts: readonly Draft[];
  readonly problems: readonly Diagnostic[];
}

/**
 * Sets what each change requires. Drops changes of refused addresses, changes that depend on such
 * an address or on an absent object, and dependency cycles. Keeps the order of `drafts`.
 */
export function order(
  drafts: readonly Draft[],
  refusals: ReadonlyMap<Address, PlanRefusal>,
  planContext: PlanContext,
): Ordered {
  const found = edges(drafts);
  const out = new Map(refusals);
  const byId = new Map(drafts.map((draft) => [draft.change.id, draft]));
  const cycles = findCycles(found.graph).flatMap((cycle) => refuseCycle(cycle, byId, out));
  const problems = [...cycles, ...block(drafts, { found, out, planContext, byId })];
  const kept = drafts.filter(({ change }) => !out.has(change.address));
  return {
    problems,
    drafts: kept.map((draft) => withRequires(draft, found.graph.get(draft.change.id))),
  };
}

function withRequires(draft: Draft, requires: ReadonlySet<ChangeId> = new Set()): Draft {
  return { ...draft, change: { ...draft.change, requires: [...requires].sort(compare) } };
}

function refuseCycle(
  cycle: readonly ChangeId[],
  byId: ReadonlyMap<ChangeId, Draft>,
  out: Map<Address, PlanRefusal>,
): readonly Diagnostic[] {
  const way = [...cycle, ...cycle.slice(0, 1)].join(" → ");
  const complaint: ResourceProblem = {
    code: "plan/dependency-cycle",
    message: say`These changes wait for each other: ${way}.`,
    hint: say`Make one of them in an apply of its own.`,
  };
  return cycle.flatMap((id) => {
    const draft = byId.get(id);
    if (draft === undefined || out.has(draft.change.address)) return [];
    out.set(draft.change.address, { severity: "error", why: say`waits for itself` });
    return [complainOf(draft, complaint)];
  });
}

interface Blocking {
  readonly found: Edges;
  /** Addresses without changes. Grows by those that wait for one of them. */
  readonly out: Map<Address, PlanRefusal>;
  readonly planContext: PlanContext;
  readonly byId: ReadonlyMap<ChangeId, Draft>;
}

function block(
  drafts: readonly Draft[],
  { found, out, planContext, byId }: Blocking,
): readonly Diagnostic[] {
  const dependants = new Map<Address, Draft[]>();
  for (const draft of drafts) {
    for (const id of found.graph.get(draft.change.id) ?? [])
      append(dependants, byId.get(id)?.change.address ?? draft.change.address, draft);
  }
  for (const [target, needing] of found.needs) {
    if (!planContext.matching.pairs.has(target))
      for (const draft of needing) append(dependants, target, draft);
  }
  const problems: Diagnostic[] = [];
  const keepBack = (draft: Draft, target: Address, { severity, why }: PlanRefusal) => {
    if (out.has(draft.change.address)) return;
    out.set(draft.change.address, {
      severity,
      why: say`waits for something that cannot be planned`,
    });
    problems.push(
      complainOf(draft, {
        severity,
        code: "plan/blocked",
        message: say`${draft.change.address} waits for ${target}, which ${why}.`,
      }),
    );
  };
  for (const { address, state } of planContext.input.desired.resources) {
    if (state === "absent")
      for (const draft of found.needs.get(address) ?? [])
        keepBack(draft, address, { severity: "error", why: say`is to be absent` });
  }
  for (const [target, refusal] of out)
    for (const draft of dependants.get(target) ?? []) keepBack(draft, target, refusal);
  return problems;
}

function complainOf({ change, resource }: Draft, complaint: ResourceProblem): Diagnostic {
  if (resource !== undefined) return problem(resource, "/spec", complaint);
  return record({ severity: "error", address: change.address, ...complaint });
}
