import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Kind } from "../../model/kind.ts";
import type { ChangeId } from "../../model/plan/plan.ts";
import type { Resource } from "../../model/resource.ts";
import { say } from "../../model/text/phrase.ts";
import { diff, presumeUnread, type ResourceDiff } from "../diff/diff.ts";
import type { Draft, PlanContext } from "../diff/draft.ts";
import { planProtection } from "../diff/protection.ts";
import { rename } from "../diff/rename.ts";
import type { PlanInput } from "../input.ts";
import { ends, leaningOn } from "./leaning.ts";
import { duplicateFinder, type FindPossibleDuplicate } from "../match/possible-duplicate.ts";
import { otherValues, ownWrite, possibleCreation, referringWrite } from "./unsettled.ts";
import { openWriteOf, possibleCreationOf } from "./open-writes.ts";
import { addDated, addOutcome, awaitWrite, type Proposal, refuse } from "./proposal.ts";
import { proposeRemovals } from "./removals.ts";

/** Compares every resource in scope with the account, in the given order. */
export function propose(planContext: PlanContext): Proposal {
  const proposal: Proposal = {
    drafts: [],
    problems: [],
    refusals: new Map(),
    awaited: new Set(),
    sentOtherwise: new Set(),
    upcoming: [],
    unchanged: 0,
  };
  const kinds = new Map(planContext.input.kinds.map((kind) => [kind.name, kind]));
  const inScope = scopeOf(planContext);
  const findDuplicate = duplicateFinder(planContext);
  for (const resource of planContext.input.desired.resources) {
    const kind = kinds.get(resource.kind);
    if (kind === undefined) continue;
    if (inScope(resource)) {
      addDated(resource, planContext, proposal);
      if (!proposal.refusals.has(resource.address))
        consider(resource, kind, { planContext, findDuplicate, proposal });
    } else if (!planContext.matching.pairs.has(resource.address))
      proposal.refusals.set(resource.address, {
        severity: "error",
        why: say`is left out of this narrowed plan`,
      });
  }
  if (seesAll(planContext.input)) proposeRemovals(planContext, proposal);
  return proposal;
}

/** Whether all resources are planned, and an object that is not among them is undeclared. */
export function seesAll({ scope, partial }: PlanInput): boolean {
  return scope === undefined && !partial;
}

function scopeOf({ input: { scope } }: PlanContext): (resource: Resource) => boolean {
  if (scope === undefined) return () => true;
  const wanted = new Set(scope);
  return ({ address }) => wanted.has(address);
}

interface Context {
  readonly planContext: PlanContext;
  readonly findDuplicate: FindPossibleDuplicate;
  readonly proposal: Proposal;
}

function consider(
  resource: Resource,
  kind: Kind,
  { planContext, findDuplicate, proposal }: Context,
): void {
  const { address } = resource;
  const open = openWriteOf(resource, planContext);
  const trouble = planContext.matching.troubled.get(address);
  const doubt =
    open === undefined && trouble === undefined
      ? possibleCreationOf(resource, kind, planContext)
      : undefined;
  const awaited = open ?? doubt?.change;
  if (awaited !== undefined) proposal.awaited.add(awaited);
  if (open !== undefined)
    awaitWrite(proposal, ownWrite(resource, { change: open, isOpen: isOpen(open, planContext) }));
  else if (trouble !== undefined) refuse(proposal, trouble(), say`has a problem of its own`);
  else if (doubt !== undefined) awaitWrite(proposal, possibleCreation(resource, doubt));
  else {
    const { outcome, held } = withNews(diff(resource, kind, { planContext, findDuplicate }), {
      resource,
      kind,
      planContext,
    });
    const waiting = waitsFor(outcome, { resource, kind, planContext }, proposal);
    if (waiting) awaitWrite(proposal, waiting);
    else addOutcome(outcome, proposal);
    if (held) proposal.problems.push(held);
  }
}

/** Why a resource must wait: an object that refers to it, or its own creation, is unsettled. */
function waitsFor(
  outcome: ResourceDiff,
  { resource, kind, planContext }: Considered,
  { awaited, sentOtherwise }: Proposal,
): Diagnostic | undefined {
  const changes = outcome.flatMap((one) => ("change" in one ? [one.change] : []));
  const leaning = changes.some((change) => ends(change, kind))
    ? leaningOn(resource, kind, planContext)
    : undefined;
  if (leaning) awaited.add(leaning.change);
  if (leaning) return referringWrite(resource, leaning);
  const [sent] = changes.flatMap(
    (change) => planContext.input.applied.sentOtherwise(change, kind) ?? [],
  );
  if (sent === undefined) return undefined;
  sentOtherwise.add(sent);
  return otherValues(resource, sent);
}

function isOpen(open: ChangeId, { input }: PlanContext): boolean {
  return input.open?.some(({ change }) => change === open) === true;
}

interface Considered {
  readonly resource: Resource;
  readonly kind: Kind;
  readonly planContext: PlanContext;
}

/** Puts a rename first, adds changes of protection, and numbers the changes anew. */
function withNews(
  outcome: ResourceDiff,
  { resource, kind, planContext }: Considered,
): { readonly outcome: ResourceDiff; readonly held?: Diagnostic } {
  const pair =
    planContext.matching.pairs.get(resource.address) ?? presumeUnread(resource, kind, planContext);
  if (pair === undefined || outcome.some((one) => !("change" in one))) return { outcome };
  const { drafts, ...more } = planProtection(outcome as readonly Draft[], pair, {
    kind,
    planContext,
  });
  const first =
    resource.state === "absent" && outcome.length === 0 ? [] : rename(pair, kind, planContext);
  const later = drafts.map(
    (one, index): Draft => ({
      ...one,
      change: { ...one.change, id: `${resource.address}#${index + 1 + first.length}` },
    }),
  );
  return { outcome: [...first, ...later], ...more };
}
