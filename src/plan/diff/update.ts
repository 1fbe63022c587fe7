import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Spec } from "../../model/values/json.ts";
import type { Kind, Verb } from "../../model/kind.ts";
import type { FieldChange } from "../../model/plan/plan.ts";
import { withValue } from "../../model/values/pointer.ts";
import type { Resource } from "../../model/resource.ts";
import { say } from "../../model/text/phrase.ts";
import { union } from "./cause.ts";
import { type PlanContext, type Draft, draft } from "./draft.ts";
import type { Difference } from "./fields.ts";
import type { Pair } from "../match/matching.ts";
import { whole } from "../match/names.ts";
import { patch } from "./patch.ts";
import { problem } from "../diagnostic-at.ts";

/** The kind that is planned, and the planning context. */
export interface Setting {
  readonly kind: Kind;
  readonly planContext: PlanContext;
}

/**
 * Plans updates of these fields: one by the adapter for those it can write, one manual for the
 * rest. Returns an error if the service offers no update of the kind.
 */
export function update(
  found: readonly Difference[],
  pair: Pair,
  setting: Setting,
): readonly Draft[] | readonly Diagnostic[] {
  if (!setting.kind.verbs.includes("update")) return [impossible(pair.resource, "update")];
  return updates(found, pair, { ...setting, first: 1 });
}

/** Plans an upgrade for the fixed fields, followed by updates of the others. */
export function planUpgrade(
  {
    fixed,
    others,
  }: { readonly fixed: readonly Difference[]; readonly others: readonly Difference[] },
  pair: Pair,
  setting: Setting,
): readonly Draft[] {
  const { kind, planContext } = setting;
  const { resource } = pair;
  const fields = fixed.map(({ field }) => field);
  const by = can(setting, "upgrade") ? "adapter" : "manual";
  const sketch = {
    ...header(resource, 1),
    ...describeFields(fields),
    action: "upgrade",
    by,
    reason: "upgraded",
    desired: omitFields(
      whole(resource.spec),
      others.map(({ field }) => field),
    ),
    observed: before(pair),
  } as const;
  const first = draft(sketch, kind, { planContext, mention: whole(resource.spec), resource });
  return [first, ...updates(others, changed(pair, fields), { ...setting, first: 2 })];
}

/**
 * The pair as observed after these fields change. The next change then does not count them again.
 */
function changed(pair: Pair, fields: readonly FieldChange[]): Pair {
  const { observed } = pair;
  const spec = fields.reduce(
    (old: Spec, { pointer, after }) => withValue(old, pointer, after),
    observed.spec,
  );
  return { ...pair, observed: { ...observed, spec } };
}

function updates(
  found: readonly Difference[],
  pair: Pair,
  setting: Setting & { readonly first: number },
): readonly Draft[] {
  const able = can(setting, "update");
  const ours = found.filter(({ writable }) => able && writable).map(({ field }) => field);
  const theirs = found.filter(({ writable }) => !(able && writable)).map(({ field }) => field);
  const drafts: Draft[] = [];
  if (ours.length > 0)
    drafts.push(
      updateOf(ours, pair, { ...setting, number: setting.first, by: "adapter", leave: theirs }),
    );
  const number = setting.first + drafts.length;
  if (theirs.length > 0)
    drafts.push(
      updateOf(theirs, changed(pair, ours), { ...setting, number, by: "manual", leave: [] }),
    );
  return drafts;
}

interface Part extends Setting {
  readonly number: number;
  readonly by: "adapter" | "manual";
  /** Fields that another change of the same object sets. */
  readonly leave: readonly FieldChange[];
}

/** Drafts a single update of these fields. */
export function updateOf(fields: readonly FieldChange[], pair: Pair, part: Part): Draft {
  const { resource, observed } = pair;
  const sketch = {
    ...header(resource, part.number),
    ...describeFields(fields),
    action: "update",
    by: part.by,
    reason: isDue(fields, resource, part) ? "due" : "differs",
    desired: omitFields(whole(resource.spec), part.leave),
    observed: before(pair),
    patch: patch(observed.spec, fields),
  } as const;
  return draft(sketch, part.kind, {
    planContext: part.planContext,
    mention: whole(resource.spec),
    resource,
  });
}

/** Whether a date has brought about one of these fields. */
function isDue(fields: readonly FieldChange[], { address }: Resource, { planContext }: Part) {
  const { due = [], manual = [] } = planContext.dated.get(address) ?? {};
  const dated = [...due, ...manual.map(({ pointer }) => pointer)];
  return fields.some(({ pointer }) => dated.includes(pointer));
}

/** The properties that every change of a resource has: id, address, kind, parent and protection. */
export function header(resource: Resource, number: number) {
  const { address, kind, parent, protect } = resource;
  return {
    id: `${address}#${number}`,
    address,
    kind,
    ...(parent !== undefined && { parent }),
    ...(protect && { protect }),
  } as const;
}

/** The cause, the fields and the basis of a change of these fields. */
export function describeFields(fields: readonly FieldChange[]) {
  return {
    cause: union(fields.map(({ cause }) => cause)),
    basedOn: fields.map(({ pointer }) => pointer),
    fields,
  };
}

/** A copy of the spec without these fields. */
export function omitFields(spec: Spec, fields: readonly { readonly pointer: string }[]): Spec {
  return fields.reduce((rest: Spec, { pointer }) => withValue(rest, pointer, undefined), spec);
}

/** Whether the adapter supports this verb for the kind. */
export function can({ kind, planContext }: Setting, verb: Verb): boolean {
  return planContext.input.supports[kind.name]?.verbs.includes(verb) === true;
}

/** The object that a change starts from. */
export function before({ observed: { id, key, spec } }: Pair) {
  return { id, key, spec };
}

/** The error for a verb that the service does not offer for the kind. */
export function impossible(resource: Resource, verb: Verb): Diagnostic {
  return problem(resource, "/spec", {
    code: "plan/impossible",
    message: say`${resource.address} would need to be changed by ${verb}, which the service does not offer for a ${resource.kind}.`,
    hint: say`Write what the account has.`,
  });
}
