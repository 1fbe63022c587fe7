import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Json, Spec } from "../../model/values/json.ts";
import type { Kind } from "../../model/kind.ts";
import type { FieldChange } from "../../model/plan/plan.ts";
import { covers, type Pointer } from "../../model/values/pointer.ts";
import type { Resource } from "../../model/resource.ts";
import { type PlanContext, type Draft, draft } from "./draft.ts";
import { mentionedFields, vouchedFor } from "./fields.ts";
import { whole } from "../match/names.ts";
import { isHidden } from "../match/kind-index.ts";
import type { FindPossibleDuplicate } from "../match/possible-duplicate.ts";
import {
  can,
  header,
  impossible,
  type Setting,
  describeFields,
  updateOf,
  omitFields,
} from "./update.ts";

/**
 * Plans a creation with defaults filled in. Declared fields that the adapter cannot write follow in
 * a manual update. Returns no changes if the kind cannot be read and every declared field is
 * attested, and an error if the service offers no creation or a possible duplicate exists.
 */
export function create(
  resource: Resource,
  kind: Kind,
  context: { readonly planContext: PlanContext; readonly findDuplicate: FindPossibleDuplicate },
): readonly Draft[] | readonly Diagnostic[] {
  const { planContext, findDuplicate } = context;
  const support = planContext.input.supports[kind.name];
  if (isHidden(kind, planContext.input) && vouchedFor(resource, planContext.input.applied))
    return [];
  if (!kind.verbs.includes("create")) return [impossible(resource, "create")];
  const double = findDuplicate(resource, kind);
  if (double !== undefined) return [double];
  const setting = { kind, planContext };
  const completed = whole(kind.complete(resource.spec, resource.name));
  const fields = mentionedFields(completed).map(asNew);
  const ours = fields.filter(({ pointer }) => covers(support?.writable ?? [], pointer));
  if (!can(setting, "create") || ours.length === 0)
    return [created(resource, completed, { ...setting, fields, by: "manual" })];
  const theirs =
    ours.length === fields.length ? [] : fields.filter((field) => !ours.includes(field));
  const desired = omitFields(completed, theirs);
  const first = created(resource, desired, { ...setting, fields: ours, by: "adapter" });
  const rest = theirs.filter(({ pointer }) => mentions(resource, pointer));
  return rest.length === 0 ? [first] : [first, byHand(resource, desired, { ...setting, rest })];
}

interface Creation extends Setting {
  readonly fields: readonly FieldChange[];
  readonly by: "adapter" | "manual";
}

function created(
  resource: Resource,
  desired: Spec,
  { kind, planContext, fields, by }: Creation,
): Draft {
  const key = kind.key(desired, resource.name);
  const sketch = {
    ...header(resource, 1),
    ...describeFields(fields),
    action: "create",
    by,
    reason: "declared",
    key,
    desired,
  } as const;
  return draft(sketch, kind, { planContext, mention: desired, resource });
}

function byHand(
  resource: Resource,
  made: Spec,
  { kind, planContext, rest }: Setting & { readonly rest: readonly FieldChange[] },
): Draft {
  const observed = { kind: kind.name, id: "", key: kind.key(made, resource.name), spec: made };
  return updateOf(
    rest,
    { resource, observed, bound: "key" },
    { kind, planContext, number: 2, by: "manual", leave: [] },
  );
}

function asNew([pointer, after]: readonly [Pointer, Json]): FieldChange {
  return { pointer, after, cause: "new" };
}

function mentions(resource: Resource, pointer: Pointer): boolean {
  return mentionedFields(whole(resource.spec)).some(([one]) => one === pointer);
}
