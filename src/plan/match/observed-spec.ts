import type { Spec } from "../../model/values/json.ts";
import type { Kind } from "../../model/kind.ts";
import type { Observed } from "../../model/observed.ts";
import type { Matching } from "./match.ts";
import { nameReferences, whole } from "./names.ts";

/** The observed spec in the manifest's words and spelling. */
export function observedSpec(observed: Observed, kind: Kind, matching: Matching): Spec {
  return whole(kind.normalize(nameReferences(observed.spec, kind, matching.nameOf)));
}

/** The address of what an object lives in where a manifest claims that, else its id; undefined where it lives in nothing. */
export function parentOf({ parentId }: Observed, kind: Kind, matching: Matching): string | undefined {
  const parent = kind.references.find(({ pointer }) => pointer === kind.parent);
  if (parentId === undefined || parent === undefined) return undefined;
  return matching.addressOf(parentId, parent.kind) ?? parentId;
}
