import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Kind } from "../../model/kind.ts";
import type { Observed } from "../../model/observed.ts";
import { covers, type Pointer } from "../../model/values/pointer.ts";
import type { Resource } from "../../model/resource.ts";
import { say } from "../../model/text/phrase.ts";
import { manualNow } from "../dated.ts";
import { create } from "./create.ts";
import type { PlanContext, Draft } from "./draft.ts";
import { contains, type Difference, differences } from "./fields.ts";
import { formerAddresses, formerKeys, homeOf } from "../match/previous-names.ts";
import type { Pair } from "../match/matching.ts";
import { nameReferences, whole } from "../match/names.ts";
import { problem } from "../diagnostic-at.ts";
import { remove } from "./remove.ts";
import { knownAs } from "./rename.ts";
import { isHidden } from "../match/kind-index.ts";
import type { FindPossibleDuplicate } from "../match/possible-duplicate.ts";
import { type Setting, update, planUpgrade } from "./update.ts";

/** A resource's changes in order, none if it is as declared, or the problems that prevent them. */
export type ResourceDiff = readonly Draft[] | readonly Diagnostic[];

/**
 * Plans the changes that make a resource as declared. Call it only for resources without an
 * identity problem.
 */
export function diff(
  resource: Resource,
  kind: Kind,
  context: { readonly planContext: PlanContext; readonly findDuplicate: FindPossibleDuplicate },
): ResourceDiff {
  const { planContext } = context;
  const pair =
    planContext.matching.pairs.get(resource.address) ?? presumeUnread(resource, kind, planContext);
  if (resource.state === "absent") return pair === undefined ? [] : remove(pair, kind, planContext);
  return pair === undefined ? create(resource, kind, context) : compare(pair, kind, planContext);
}

/**
 * The pair assumed for an object that was not observed: a singleton always exists, and an object of
 * an unreadable kind exists if the ledger knows its id. Undefined for all others.
 */
export function presumeUnread(
  resource: Resource,
  kind: Kind,
  planContext: PlanContext,
): Pair | undefined {
  const { input } = planContext;
  const names = [resource.address, ...formerly(resource, planContext)];
  const ids =
    kind.singleton || isHidden(kind, input)
      ? names.flatMap((name) => input.applied.id(name) ?? [])
      : [];
  const [id] = ids;
  if (id === undefined && !kind.singleton) return undefined;
  const observed: Observed = {
    kind: kind.name,
    id: id ?? "",
    key: kind.key(resource.spec, resource.name),
    spec: {},
  };
  return { resource, observed, bound: "ledger" };
}

function compare(matched: Pair, kind: Kind, planContext: PlanContext): ResourceDiff {
  const pair: Pair = { ...matched, resource: declaredAgain(matched, kind, planContext) };
  const { resource, observed } = pair;
  const byHand = manualNow(resource, planContext.dated.get(resource.address), planContext.input);
  const seen = nameReferences(observed.spec, kind, planContext.matching.nameOf);
  if (byHand.length === 0 && contains(seen, whole(resource.spec))) return [];
  const spec = whole(kind.normalize(seen));
  const { supports, applied } = planContext.input;
  const as = knownAs(pair, planContext) ?? resource.address;
  const support = supports[kind.name];
  const found = [...differences(resource, spec, { support, applied, as }), ...byHand];
  if (found.length === 0) return [];
  const live: Pair = { ...pair, observed: { ...observed, spec } };
  const fixed = found.filter(
    ({ field }) =>
      isFixed(resource, field.pointer, { kind, planContext }) &&
      !isRename(live, kind, { planContext, difference: field }),
  );
  const others = found.filter((difference) => !fixed.includes(difference));
  if (fixed.length === 0) return update(others, live, { kind, planContext });
  const verdict =
    kind.replaces?.(spec, resource.spec, planContext.input.catalogue) ??
    fixed.map((one) => cannotChange(one, resource, kind));
  if (verdict === "upgrade") return planUpgrade({ fixed, others }, live, { kind, planContext });
  if (!("code" in verdict)) return verdict;
  return [
    {
      ...verdict,
      at: resource.locate(`/spec${fixed[0]?.field.pointer ?? ""}`),
      address: resource.address,
    },
  ];
}

function formerly(
  resource: Resource,
  { input, matching }: PlanContext,
): ReturnType<typeof formerAddresses> {
  return formerAddresses(resource, homeOf(resource, matching.pairs, input.applied));
}

/**
 * If the tool removed the object and the account keeps a remainder (a suspended subscription), the
 * kind's `restored` fields count as declared unless the manifest sets them.
 */
function declaredAgain(pair: Pair, kind: Kind, planContext: PlanContext): Resource {
  const { resource, observed } = pair;
  const known = knownAs(pair, planContext);
  if (
    !kind.restored ||
    known === undefined ||
    !planContext.input.applied.removed(known) ||
    !kind.gone(observed.spec)
  )
    return resource;
  return { ...resource, spec: { ...kind.restored, ...resource.spec } };
}

/**
 * Whether a field is fixed and was read. A field that was not read cannot be known to have changed.
 */
function isFixed({ address }: Resource, pointer: Pointer, { kind, planContext }: Setting): boolean {
  const readable = planContext.input.supports[kind.name]?.readable ?? [];
  return (
    covers(kind.fixed, pointer) &&
    covers(readable, pointer) &&
    planContext.matching.pairs.has(address)
  );
}

/**
 * A field in the kind's `renames` may change if `previously` names the object's old name or key.
 */
function isRename(
  { resource, observed, bound }: Pair,
  kind: Kind,
  { planContext, difference }: { planContext: PlanContext; difference: Difference["field"] },
): boolean {
  if (!covers(kind.renames ?? [], difference.pointer)) return false;
  if (bound === "previously") return true;
  const known = formerly(resource, planContext).some(
    (one) => planContext.input.applied.id(one) === observed.id,
  );
  return (
    known ||
    resource.previously.some((old) => formerKeys(resource, old, kind).includes(observed.key))
  );
}

function cannotChange({ field }: Difference, resource: Resource, kind: Kind): Diagnostic {
  const fixed = say`${field.pointer} of ${resource.address} cannot change once it is created.`;
  const [before, after] = [JSON.stringify(field.before ?? null), JSON.stringify(field.after)];
  return problem(resource, `/spec${field.pointer}`, {
    code: "plan/fixed-field",
    message: covers(kind.personal, field.pointer)
      ? fixed
      : say`${fixed} The account has ${before}, the manifest says ${after}.`,
    hint: covers(kind.renames ?? [], field.pointer)
      ? say`If this is a rename, name the old one in metadata.previously; else declare a new object under another metadata.name.`
      : say`Write what the account has, or declare a new object under another metadata.name.`,
  });
}
