import type { Spec } from "../../model/values/json.ts";
import type { Kind } from "../../model/kind.ts";
import type { Observed } from "../../model/observed.ts";
import type { Matching } from "./matching.ts";
import { nameReferences, whole } from "./names.ts";

/** The observed spec as a manifest would have it: references as names, values normalized. */
export function observedSpec(observed: Observed, kind: Kind, matching: Matching): Spec {
  return whole(kind.normalize(nameReferences(observed.spec, kind, matching.nameOf)));
}

/** The parent's address, or its id if the parent is unmanaged. Undefined if there is no parent. */
export function parentOf(
  { parentId }: Observed,
  kind: Kind,
  matching: Matching,
): string | undefined {
  const parent = kind.references.find(({ pointer }) => pointer === kind.parent);
  if (parentId === undefined || parent === undefined) return undefined;
  return matching.addressOf(parentId, parent.kind) ?? parentId;
}
