/** A JSON value. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [field: string]: Json };

/** The fields of an object, desired or observed, with the names that manifests use. */
export type Spec = { readonly [field: string]: Json };

/** A JSON Schema document (2020-12). */
export type JsonSchema = { readonly [keyword: string]: Json };

/** Returns true if a value is an object, not null and not a list. */
export function isSpec(value: Json | undefined): value is Spec {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Returns true if two values are equal, independent of field order. */
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
