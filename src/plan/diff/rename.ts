import { type Address, address } from "../../model/address.ts";
import type { Kind } from "../../model/kind.ts";
import { type PlanContext, type Draft, draft } from "./draft.ts";
import type { Pair } from "../match/matching.ts";
import { parentName, whole } from "../match/names.ts";
import { observedSpec } from "../match/observed-spec.ts";
import { before, header } from "./update.ts";

/**
 * The address by which the ledger knows an object: its own, or another one that no manifest
 * declares any more. Undefined if the ledger does not know the object.
 */
export function knownAs(
  { resource, observed }: Pair,
  { input: { applied }, matching }: PlanContext,
): Address | undefined {
  if (applied.id(resource.address) !== undefined) return resource.address;
  const known = applied.nameOf(observed.id, observed.kind);
  return known === undefined || matching.pairs.has(known) || matching.troubled.has(known)
    ? undefined
    : known;
}

/**
 * Plans the change that records a new address in the ledger. Empty if the address stays the same.
 * An object that was matched by `previously` and is unknown to the ledger is renamed from its id.
 */
export function rename(pair: Pair, kind: Kind, planContext: PlanContext): readonly Draft[] {
  const { resource, observed, bound } = pair;
  const known = knownAs(pair, planContext) ?? (bound === "previously" ? unnamed(pair) : undefined);
  if (known === undefined || known === resource.address) return [];
  const mention = whole(resource.spec);
  const sketch = {
    ...header(resource, 1),
    action: "rename",
    by: "adapter",
    reason: "renamed",
    cause: "manifest",
    basedOn: [],
    fields: [],
    observed: before({
      ...pair,
      observed: { ...observed, spec: observedSpec(observed, kind, planContext.matching) },
    }),
    from: known,
  } as const;
  return [draft(sketch, kind, { planContext, mention, resource })];
}

/** The address, with the id as its name, of an object that the ledger does not know. */
function unnamed({ resource: { kind, parent }, observed: { id } }: Pair): Address {
  return address(kind, id, parentName(parent));
}
