import type { Address } from "../model/address.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Kind } from "../model/kind.ts";
import type { Doubt } from "../model/ledger/ledger.ts";
import type { ChangeId } from "../model/plan/plan.ts";
import type { Resource } from "../model/resource.ts";
import { say } from "../model/text/say.ts";
import { diff, type ResourceDiff, presumeUnread } from "./diff/diff.ts";
import type { PlanContext, Draft } from "./diff/draft.ts";
import { formerAddresses, homeOf } from "./match/previous-names.ts";
import type { PlanInput } from "./input.ts";
import { ends, leaningOn } from "./leaning.ts";
import { whole } from "./match/names.ts";
import type { PlanRefusal } from "./order/order.ts";
import { planProtection } from "./diff/protection.ts";
import { removeUnmanaged } from "./diff/remove.ts";
import { rename } from "./diff/rename.ts";
import { type FindPossibleDuplicate, duplicateFinder } from "./match/possible-duplicate.ts";
import { otherValues, ownWrite, possibleCreation, referringWrite } from "./unsettled.ts";

/** The changes to be made, and the addresses for which nothing can be planned. */
export interface Proposal {
  readonly drafts: Draft[];
  readonly problems: Diagnostic[];
  readonly refusals: Map<Address, PlanRefusal>;
  /** Open writes that prevent planning; `problems` mention them. */
  readonly awaited: Set<ChangeId>;
  /**
   * Creates that were sent with other values. Only a later read showed that they did not happen.
   */
  readonly sentOtherwise: Set<ChangeId>;
  /** The number of resources that are as declared. */
  unchanged: number;
}

/** Compares every resource in scope with the account, in the given order. */
export function propose(planContext: PlanContext): Proposal {
  const proposal: Proposal = {
    drafts: [],
    problems: [],
    refusals: new Map(),
    awaited: new Set(),
    sentOtherwise: new Set(),
    unchanged: 0,
  };
  const kinds = new Map(planContext.input.kinds.map((kind) => [kind.name, kind]));
  const inScope = scopeOf(planContext);
  const findDuplicate = duplicateFinder(planContext);
  for (const resource of planContext.input.desired.resources) {
    const kind = kinds.get(resource.kind);
    if (kind === undefined) continue;
    if (inScope(resource)) consider(resource, kind, { planContext, findDuplicate, proposal });
    else if (!planContext.matching.pairs.has(resource.address))
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

/** An open write to the resource or, if the ledger has no id for it, to a former address. */
function openOf(
  resource: Resource,
  { input: { applied }, matching }: PlanContext,
): ChangeId | undefined {
  const { address } = resource;
  const open = applied.open(address);
  if (open !== undefined || applied.id(address) !== undefined) return open;
  const former = formerAddresses(resource, homeOf(resource, matching.pairs, applied));
  const live = matching.pairs.get(address)?.observed;
  const known = live && applied.nameOf(live.id, live.kind);
  return [...former, ...(known === undefined ? [] : [known])]
    .map((one) => applied.open(one))
    .find((one) => one !== undefined);
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
  const open = openOf(resource, planContext);
  const trouble = planContext.matching.troubled.get(address);
  const doubt =
    open === undefined && trouble === undefined ? doubtOf(resource, kind, planContext) : undefined;
  const awaited = open ?? doubt?.change;
  if (awaited !== undefined) proposal.awaited.add(awaited);
  if (open !== undefined)
    wait(proposal, ownWrite(resource, { change: open, isOpen: isOpen(open, planContext) }));
  else if (trouble !== undefined) refuse(proposal, trouble(), say`has a problem of its own`);
  else if (doubt !== undefined) wait(proposal, possibleCreation(resource, doubt));
  else {
    const { outcome, held } = withNews(diff(resource, kind, { planContext, findDuplicate }), {
      resource,
      kind,
      planContext,
    });
    const waiting = waitsFor(outcome, { resource, kind, planContext }, proposal);
    if (waiting) wait(proposal, waiting);
    else take(outcome, proposal);
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

function wait(proposal: Proposal, why: Diagnostic): void {
  refuse(proposal, why, say`has a write whose outcome is not known yet`);
}

function isOpen(open: ChangeId, { input }: PlanContext): boolean {
  return input.open?.some(({ change }) => change === open) === true;
}

/** An unsettled create under another name that may be what this resource asks for. */
function doubtOf(
  resource: Resource,
  kind: Kind,
  { input: { applied, desired }, matching }: PlanContext,
): Doubt | undefined {
  const { address, parent, state, name } = resource;
  if (state === "absent" || matching.pairs.has(address) || applied.id(address) !== undefined)
    return undefined;
  const parentId = parent === undefined ? undefined : matching.pairs.get(parent)?.observed.id;
  if (parent !== undefined && parentId === undefined) return undefined;
  const spec = whole(kind.complete(resource.spec, name));
  const doubts = applied.doubts(kind, {
    key: kind.key(spec, name),
    spec,
    ...(parentId !== undefined && { parentId }),
  });
  // An object that is known and declared cannot be this one too.
  return doubts.find(
    (one) => !one.known || !desired.resources.some((other) => other.address === one.address),
  );
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

function take(outcome: ResourceDiff, proposal: Proposal): void {
  if (outcome.length === 0) proposal.unchanged += 1;
  for (const one of outcome) {
    if ("change" in one) proposal.drafts.push(one);
    else refuse(proposal, one, say`has a problem of its own`);
  }
}

function refuse(proposal: Proposal, diagnostic: Diagnostic, why: string): void {
  proposal.problems.push(diagnostic);
  if (diagnostic.address !== undefined)
    proposal.refusals.set(diagnostic.address, { severity: diagnostic.severity, why });
}

function proposeRemovals(planContext: PlanContext, proposal: Proposal): void {
  const { kinds, desired, exclusive } = planContext.input;
  if (exclusive.length === 0) return;
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
  if (matching.troubled.has(address) || openOf(resource, planContext) !== undefined) return true;
  return state === "present" && refusals.has(address) && !matching.pairs.has(address);
}

function notExclusive({ name }: Kind): Diagnostic {
  return {
    severity: "error",
    code: "plan/not-exclusive",
    message: say`The settings declare ${name} exclusive, but what is not declared of it can never be removed.`,
    hint: say`Take ${name} out of the settings' exclusive.`,
  };
}
