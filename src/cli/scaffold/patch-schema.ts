import { isSpec, type Json, type JsonSchema, type Spec } from "../../model/values/json.ts";

/**
 * Keywords that a patch does not need: required fields, conditions, and identifiers of the schema
 * itself.
 */
const dropped: readonly string[] = [
  "required",
  "if",
  "then",
  "else",
  "minProperties",
  "$id",
  "$schema",
];

/**
 * The schema of a patch: every field is optional and may be null, which removes it. `at` is the
 * JSON pointer of the schema in its file.
 */
export function patchSchema(schema: JsonSchema, at: string): JsonSchema {
  return patched(schema, at);
}

function patched(schema: Spec, at: string): Spec {
  const kept = Object.entries(schema).filter(([keyword]) => !dropped.includes(keyword));
  return Object.fromEntries(kept.map(([keyword, value]) => [keyword, part(keyword, value, at)]));
}

function part(keyword: string, value: Json, at: string): Json {
  if (keyword === "properties" || keyword === "$defs") return fields(value, at);
  if (keyword === "$ref" && typeof value === "string" && value.startsWith("#"))
    return at + value.slice(1);
  if (keyword === "items" && isSpec(value)) return patched(value, at);
  return value;
}

function fields(value: Json, at: string): Json {
  if (!isSpec(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      name,
      isSpec(field) ? nullable(patched(field, at)) : field,
    ]),
  );
}

/** Allows null. Constants stay as they are: they identify the document and cannot be removed. */
function nullable(schema: Spec): Spec {
  const { type, enum: choices, anyOf } = schema;
  return {
    ...schema,
    ...(typeof type === "string" && { type: [type, "null"] }),
    ...(Array.isArray(choices) && { enum: [...choices, null] }),
    ...(Array.isArray(anyOf) && { anyOf: [...anyOf, { type: "null" }] }),
  };
}
