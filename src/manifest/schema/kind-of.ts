import type { Kind } from "../../model/kind.ts";
import type { Spec } from "../../model/values/json.ts";

/** The kind named by a document. Undefined if it has none or it is unknown. */
export function kindOf(document: Spec, kinds: ReadonlyMap<string, Kind>): Kind | undefined {
  return typeof document.kind === "string" ? kinds.get(document.kind) : undefined;
}
