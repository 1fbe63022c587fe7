import { isSpec, type Json, type Spec } from "../../model/values/json.ts";

/**
 * Applies a merge patch (RFC 7396): fields of the patch replace the value's, and null removes one.
 */
export function mergePatch(value: Json | undefined, patch: Json): Json {
  if (!isSpec(patch)) return patch;
  const merged: Record<string, Json> = isSpec(value) ? { ...value } : {};
  for (const [field, wanted] of Object.entries(patch)) {
    if (wanted === null) delete merged[field];
    else merged[field] = mergePatch(own(merged, field), wanted);
  }
  return merged satisfies Spec;
}

function own(fields: Spec, field: string): Json | undefined {
  return Object.hasOwn(fields, field) ? fields[field] : undefined;
}
