import { type Address, nameOf } from "../../model/address.ts";
import { compare, type Diagnostic } from "../../model/diagnostic.ts";
import { canonical } from "../../model/values/digest.ts";
import type { Spec } from "../../model/values/json.ts";
import type { Kind } from "../../model/kind.ts";
import type { Observed } from "../../model/observed.ts";
import { valueAt } from "../../model/values/pointer.ts";
import type { Resource } from "../../model/resource.ts";
import { say } from "../../model/text/phrase.ts";
import { append } from "../multimap.ts";
import type { PlanContext } from "../diff/draft.ts";
import { whole } from "./names.ts";
import { problem } from "../diagnostic-at.ts";
import { observedSpec } from "./observed-spec.ts";

/**
 * Returns an error if a resource must not be created because an existing object may be the same
 * one. Undefined otherwise.
 */
export type FindPossibleDuplicate = (resource: Resource, kind: Kind) => Diagnostic | undefined;

/**
 * Looks for possible duplicates among the parent's unmanaged objects, then among objects that only
 * the ledger knows. Each kind is indexed on first use.
 */
export function duplicateFinder(planContext: PlanContext): FindPossibleDuplicate {
  const indices = new Map<string, ReadonlyMap<string, readonly Observed[]>>();
  return (resource, kind) => {
    const parentId =
      resource.parent === undefined
        ? ""
        : planContext.matching.pairs.get(resource.parent)?.observed.id;
    const like = likeness(whole(resource.spec), kind);
    if (parentId === undefined || like === undefined) return undefined;
    const index = indices.get(kind.name) ?? indexOf(kind, planContext);
    indices.set(kind.name, index);
    const duplicates = (index.get(`${parentId}\n${like}`) ?? []).filter(
      ({ id }) => !resource.beside?.includes(id),
    );
    const name = ({ id }: Observed) => planContext.input.applied.nameOf(id, kind.name);
    const ours = duplicates.find((one) => name(one) !== undefined);
    const [duplicate = ours] = resource.allowDuplicate ? [ours] : duplicates;
    if (duplicate)
      return complain(resource, kind, {
        duplicate,
        known: ours === duplicate ? name(duplicate) : undefined,
      });
    const hidden = hiddenDuplicate(resource, { kind, parentId, planContext });
    return hidden && complainOfHidden(resource, kind, hidden);
  };
}

interface Place {
  readonly kind: Kind;
  readonly parentId: string;
  readonly planContext: PlanContext;
}

interface Hidden {
  readonly id: string;
  readonly known: Address;
}

/**
 * An object that the ledger knows, that no manifest declares and that the account does not show. It
 * may still appear: a read can lag longer than the backend states.
 */
function hiddenDuplicate(
  resource: Resource,
  { kind, parentId, planContext: { input } }: Place,
): Hidden | undefined {
  const { applied, desired, observed } = input;
  const spec = whole(kind.complete(resource.spec, resource.name));
  const making = {
    key: kind.key(spec, resource.name),
    spec,
    ...(resource.parent !== undefined && { parentId }),
  };
  for (const known of applied.alike(kind, making)) {
    const bound = applied.id(known);
    if (bound === undefined || desired.resources.some(({ address }) => address === known)) continue;
    const id = applied.successor(bound);
    const shows = observed.some(
      (one) => one.kind === kind.name && one.id.toLowerCase() === id.toLowerCase(),
    );
    if (!shows) return { id, known };
  }
  return undefined;
}

function indexOf(kind: Kind, planContext: PlanContext): ReadonlyMap<string, readonly Observed[]> {
  const index = new Map<string, Observed[]>();
  for (const observed of planContext.matching.unmanaged) {
    if (observed.kind !== kind.name) continue;
    const spec = observedSpec(observed, kind, planContext.matching);
    if (!kind.gone(spec))
      append(index, `${observed.parentId ?? ""}\n${likeness(spec, kind)}`, observed);
  }
  for (const all of index.values()) all.sort((left, right) => compare(left.id, right.id));
  return index;
}

/**
 * The values of the kind's `duplicateKey` fields as one string: equal strings mean a possible
 * duplicate. Undefined if the kind has no such fields or one of them is missing.
 */
export function likeness(spec: Spec, { duplicateKey = [] }: Kind): string | undefined {
  const values = duplicateKey.map((pointer) => valueAt(spec, pointer));
  return values.length === 0 || values.includes(undefined) ? undefined : canonical(values);
}

interface Found {
  readonly duplicate: Observed;
  /**
   * The ledger's address for it, which no manifest declares. Undefined if the ledger does not know
   * it.
   */
  readonly known: Address | undefined;
}

function complain(resource: Resource, kind: Kind, { duplicate, known }: Found): Diagnostic {
  const fields = (kind.duplicateKey ?? []).map((pointer) => pointer.slice(1)).join(", ");
  if (known !== undefined)
    return problem(resource, "/metadata/name", {
      code: "identity/possible-duplicate",
      message: say`${resource.address} is not in the account. The ledger knows ${duplicate.key} (${duplicate.id}) with the same ${fields} as ${known}, which no manifest declares any more.`,
      hint: say`If it was renamed, name the old one in metadata.previously (${nameOf(known)}). To have another one, declare ${known} again beside it.`,
    });
  return problem(resource, "/metadata/name", {
    code: "identity/possible-duplicate",
    message: say`${resource.address} is not in the account, but ${duplicate.key} (${duplicate.id}) is live there with the same ${fields}, and no manifest claims it.`,
    hint: say`If it is that one, pin its id (metadata.id: ${duplicate.id}) or name it in metadata.previously; to have another one, say metadata.allowDuplicate: true.`,
  });
}

function complainOfHidden(resource: Resource, kind: Kind, { id, known }: Hidden): Diagnostic {
  const fields = (kind.duplicateKey ?? []).map((pointer) => pointer.slice(1)).join(", ");
  return problem(resource, "/metadata/name", {
    code: "identity/possible-duplicate",
    message: say`${resource.address} is not in the account. The ledger knows ${id} with the same ${fields} or name as ${known}, which no manifest declares any more and the account does not show.`,
    hint: say`If it was renamed, name the old one in metadata.previously (${nameOf(known)}). If it is gone for good, declare ${known} beside it with state: absent.`,
  });
}
