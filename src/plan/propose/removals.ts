import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Kind } from "../../model/kind.ts";
import type { Resource } from "../../model/resource.ts";
import { say } from "../../model/text/phrase.ts";
import { didYouMean } from "../../model/text/similar.ts";
import type { PlanContext } from "../diff/draft.ts";
import { removeUnmanaged } from "../diff/remove.ts";
import { openWriteOf } from "./open-writes.ts";
import type { Proposal } from "./proposal.ts";
import { record } from "../../model/text/recorded.ts";

/** Proposes to remove what no manifest declares of the exclusive kinds. */
export function proposeRemovals(planContext: PlanContext, proposal: Proposal): void {
  const { kinds, desired, exclusive } = planContext.input;
  if (exclusive.length === 0) return;
  const names = kinds.map(({ name }) => name);
  for (const one of exclusive) if (!names.includes(one)) proposal.problems.push(noKind(one, names));
  const unclear = new Set(
    desired.resources
      .filter((resource) => isUnclear(resource, planContext, proposal))
      .map(({ kind }) => kind),
  );
  for (const kind of kinds) {
    if (!exclusive.includes(kind.name)) continue;
    if (kind.exclusive === "never") proposal.problems.push(notExclusive(kind));
    // While a declared object is unmatched, any unmanaged object might be that one.
    else if (!unclear.has(kind.name))
      for (const draft of removeUnmanaged(kind, planContext)) proposal.drafts.push(draft);
  }
}

function isUnclear(resource: Resource, planContext: PlanContext, { refusals }: Proposal): boolean {
  const { address, state } = resource;
  const { matching } = planContext;
  if (matching.troubled.has(address) || openWriteOf(resource, planContext) !== undefined)
    return true;
  return state === "present" && refusals.has(address) && !matching.pairs.has(address);
}

function noKind(name: string, names: readonly string[]): Diagnostic {
  return record({
    severity: "error",
    code: "schema/unknown-kind",
    message: say`The settings declare ${name} exclusive, and there is no such kind.`,
    hint: didYouMean(name, names, say`Kinds are ${{ list: names }}.`),
  });
}

function notExclusive({ name }: Kind): Diagnostic {
  return record({
    severity: "error",
    code: "plan/not-exclusive",
    message: say`The settings declare ${name} exclusive, but what is not declared of it can never be removed.`,
    hint: say`Take ${name} out of the settings' exclusive.`,
  });
}
