import { isSpec, type Json, type JsonSchema } from "./json.ts";
import { valueAt } from "./pointer.ts";

/**
 * Returns a value with the defaults of its schema filled in, also in nested mappings and lists.
 * `x-default-by` gives a default for each value of another field:
 * `{ "cloud": { "china": "CN", "global": "US" } }`.
 */
export function withDefaults(value: Json, schema: JsonSchema, root: JsonSchema = schema): Json {
  const own = dereference(schema, root);
  if (Array.isArray(value))
    return value.map((item: Json) =>
      isSpec(own.items) ? withDefaults(item, own.items, root) : item,
    );
  if (!isSpec(value) || !isSpec(own.properties)) return value;
  const filled: Record<string, Json> = { ...value };
  for (const [name, field] of Object.entries(own.properties)) {
    if (!isSpec(field)) continue;
    const given = filled[name] ?? defaultOf(field, filled);
    if (given !== undefined) filled[name] = withDefaults(given, field, root);
  }
  return filled;
}

/**
 * Returns a field's default. `beside` contains the fields as written and the defaults of earlier
 * ones.
 */
function defaultOf(field: JsonSchema, beside: Readonly<Record<string, Json>>): Json | undefined {
  if (!isSpec(field["x-default-by"])) return field.default;
  const [[other, choices] = []] = Object.entries(field["x-default-by"]);
  const chosen = other === undefined ? undefined : beside[other];
  return isSpec(choices) && typeof chosen === "string" ? choices[chosen] : undefined;
}

function dereference(schema: JsonSchema, root: JsonSchema): JsonSchema {
  const target =
    typeof schema.$ref === "string" && schema.$ref.startsWith("#")
      ? valueAt(root, schema.$ref.slice(1))
      : undefined;
  return isSpec(target) ? target : schema;
}
