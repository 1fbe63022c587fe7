import { type Address, nameOf, parentNameOf } from "../../model/address.ts";
import { after, before } from "../../model/plan/before-after.ts";
import type { Kind } from "../../model/kind.ts";
import type { Unsettled } from "../../model/ledger/ledger.ts";
import type { Change } from "../../model/plan/plan.ts";
import type { Resource } from "../../model/resource.ts";
import type { PlanContext } from "../diff/draft.ts";
import { otherAddresses } from "./open-writes.ts";
import { referencedAddresses, whole } from "../match/names.ts";

/** Whether, according to the ledger, the write left nothing that could be ended. */
export function isEnded({ left, spec }: Unsettled, kind: Kind): boolean {
  return left === "removed" || (left === "there" && kind.gone(spec));
}

/**
 * Whether a change ends an existing object: removes it, or leaves it in a state that counts as
 * gone.
 */
export function ends(change: Change, kind: Kind): boolean {
  if (change.action === "remove") return true;
  return (
    change.action === "update" &&
    !kind.gone(whole(before(change) ?? {})) &&
    kind.gone(whole(after(change) ?? {}))
  );
}

/**
 * An unsettled write to an object that refers to this resource and may still exist. If the resource
 * ended, that object would be left with a dangling reference. Undefined if there is none.
 */
export function leaningOn(
  resource: Resource,
  kind: Kind,
  planContext: PlanContext,
): Unsettled | undefined {
  const { kinds, applied } = planContext.input;
  const { address, parent } = resource;
  const live = planContext.matching.pairs.get(address)?.observed;
  const names = new Set([address, ...otherAddresses(resource, planContext)]);
  const means = (target: Address) => names.has(target) || nameOf(target) === live?.id;
  const referring = kinds.flatMap((one) =>
    one.references.flatMap((reference) =>
      reference.kind === kind.name ? [{ one, reference }] : [],
    ),
  );
  return referring
    .flatMap(({ one, reference }) =>
      applied
        .unsettled(one.name)
        .filter((write) => write.address !== address && !isEnded(write, one))
        .filter((write) =>
          referencedAddresses(write.spec, reference, parentNameOf(write.address) ?? parent).some(
            means,
          ),
        ),
    )
    .at(0);
}
