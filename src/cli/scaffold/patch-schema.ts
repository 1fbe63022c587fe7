import { isSpec, type Json, type JsonSchema, type Spec } from "../../model/values/json.ts";

/** What a whole manifest needs and a patch of one does not, and what names a schema of its own. */
const dropped: readonly string[] = ["required", "if", "then", "else", "minProperties", "$id", "$schema"];

/** The schema of what may be laid over a manifest: every field may be left out, and null takes it out. `at` is where the schema will stand in its file. */
export function patchSchema(schema: JsonSchema, at: string): JsonSchema {
  return patched(schema, at);
}

function patched(schema: Spec, at: string): Spec {
  const kept = Object.entries(schema).filter(([keyword]) => !dropped.includes(keyword));
  return Object.fromEntries(kept.map(([keyword, value]) => [keyword, part(keyword, value, at)]));
}

function part(keyword: string, value: Json, at: string): Json {
  if (keyword === "properties" || keyword === "$defs") return fields(value, at);
  if (keyword === "$ref" && typeof value === "string" && value.startsWith("#")) return at + value.slice(1);
  if (keyword === "items" && isSpec(value)) return patched(value, at);
  return value;
}

function fields(value: Json, at: string): Json {
  if (!isSpec(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, isSpec(field) ? nullable(patched(field, at)) : field]));
}

/** A constant is what tells documents apart, and cannot be taken out. */
function nullable(schema: Spec): Spec {
  const { type, enum: choices, anyOf } = schema;
  return {
    ...schema,
    ...(typeof type === "string" && { type: [type, "null"] }),
    ...(Array.isArray(choices) && { enum: [...choices, null] }),
    ...(Array.isArray(anyOf) && { anyOf: [...anyOf, { type: "null" }] }),
  };
}
