import { type Address, address } from "../../model/address.ts";
import type { Spec } from "../../model/values/json.ts";
import type { Kind } from "../../model/kind.ts";
import type { Observed } from "../../model/observed.ts";
import { covers, type Pointer } from "../../model/values/pointer.ts";
import { firstCause } from "./cause.ts";
import { type PlanContext, type Draft, draft } from "./draft.ts";
import { mentionedFields } from "./fields.ts";
import type { Pair } from "../match/matching.ts";
import { cutToMention, parentName, whole } from "../match/names.ts";
import { knownAs } from "./rename.ts";
import { parentOf, observedSpec } from "../match/observed-spec.ts";
import { before, can, header } from "./update.ts";

/**
 * Plans a tombstone: a removal or, if the service offers none, a `forget` that ends the ledger's
 * management of the object. Empty if the object already counts as gone.
 */
export function remove(pair: Pair, kind: Kind, planContext: PlanContext): readonly Draft[] {
  const { resource } = pair;
  const { applied } = planContext.input;
  const spec = observedSpec(pair.observed, kind, planContext.matching);
  if (kind.gone(spec)) return [];
  const removable = kind.verbs.includes("remove");
  const known = knownAs(pair, planContext);
  if (!removable && known === undefined) return [];
  const mention = whole(resource.spec);
  const sketch = {
    ...header(resource, 1),
    reason: "tombstone",
    cause: firstCause(known ?? resource.address, applied),
    fields: [],
    basedOn: removable ? ownFields(cutToMention(spec, mention), kind) : [],
    observed: before({ ...pair, observed: { ...pair.observed, spec } }),
    ...(resource.reason !== undefined && { note: resource.reason }),
  } as const;
  const context = { planContext, mention, resource };
  if (!removable) return [draft({ ...sketch, action: "forget", by: "adapter" }, kind, context)];
  return [
    draft(
      {
        ...sketch,
        action: "remove",
        by: can({ kind, planContext }, "remove") ? "adapter" : "manual",
      },
      kind,
      context,
    ),
  ];
}

/**
 * Plans the removal of an exclusive kind's live objects that no manifest claims. Keeps guests,
 * synced users, the user that the tool runs as, and objects that the ledger knows as protected.
 */
export function removeUnmanaged(kind: Kind, planContext: PlanContext): readonly Draft[] {
  if (kind.exclusive !== "allowed" || !kind.verbs.includes("remove")) return [];
  return planContext.matching.unmanaged
    .filter(
      (one) =>
        one.kind === kind.name &&
        one.exempt === undefined &&
        one.id !== planContext.input.account.principal,
    )
    .filter((one) => !isProtected(one, planContext))
    .flatMap((one) => removeOne(one, kind, planContext));
}

function isProtected({ id, kind }: Observed, { input: { applied } }: PlanContext): boolean {
  const known = applied.nameOf(id, kind);
  return known !== undefined && applied.protects(known);
}

function removeOne(observed: Observed, kind: Kind, planContext: PlanContext): readonly Draft[] {
  const { id, key } = observed;
  const spec = observedSpec(observed, kind, planContext.matching);
  if (kind.gone(spec)) return [];
  const parent = parentOf(observed, kind, planContext.matching);
  const at = nameFor(observed, kind, planContext) ?? address(kind.name, id, parentName(parent));
  const by = can({ kind, planContext }, "remove") ? "adapter" : "manual";
  const sketch = {
    id: `${at}#1`,
    address: at,
    kind: kind.name,
    ...(parent !== undefined && { parent }),
    action: "remove",
    by,
    reason: "exclusive",
    cause: "new",
    fields: [],
    basedOn: ownFields(spec, kind),
    observed: { id, key, spec },
  } as const;
  return [draft(sketch, kind, { planContext, mention: spec })];
}

/** The ledger's address for an unmanaged object, unless a manifest now declares that address. */
function nameFor(
  { id }: Observed,
  kind: Kind,
  { input: { applied, desired } }: PlanContext,
): Address | undefined {
  const known = applied.nameOf(id, kind.name);
  return known === undefined || desired.resources.some((one) => one.address === known)
    ? undefined
    : known;
}

/** The spec's fields that are not references: a name in a spec cannot be compared with an id. */
function ownFields(spec: Spec, kind: Kind): readonly Pointer[] {
  const references = kind.references.map(({ pointer }) => pointer);
  return mentionedFields(spec).flatMap(([pointer]) => (covers(references, pointer) ? [] : pointer));
}
