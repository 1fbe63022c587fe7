/** A JSON value, as it stands in a manifest, a plan or on the wire. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [field: string]: Json };

/** The fields of an object: what a manifest asks for, or what a backend holds, in the manifest's vocabulary. */
export type Spec = { readonly [field: string]: Json };

/** A JSON Schema document (2020-12). */
export type JsonSchema = { readonly [keyword: string]: Json };

/** Whether a value is an object with fields (not null, not a list). */
export function isSpec(value: Json | undefined): value is Spec {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether two values are the same, field order aside. */
export function equal(left: Json | undefined, right: Json | undefined): boolean {
  if (left === right) return true;
  if (Array.isArray(left)) return Array.isArray(right) && equalLists(left, right);
  if (!isSpec(left) || !isSpec(right)) return false;
  const fields = Object.keys(left);
  if (fields.length !== Object.keys(right).length) return false;
  return fields.every((field) => Object.hasOwn(right, field) && equal(left[field], right[field]));
}

function equalLists(left: readonly Json[], right: readonly Json[]): boolean {
  return left.length === right.length && left.every((item, index) => equal(item, right[index]));
}
