import { isSpec, type Json, type JsonSchema } from "../model/values/json.ts";
import { below, type Pointer } from "../model/values/pointer.ts";

/**
 * The fields of a kind's spec that its schema marks as personal data (`x-personal`). Everything
 * below such a field is personal too.
 */
export function personalIn(schema: JsonSchema): readonly Pointer[] {
  const spec = isSpec(schema.properties) ? schema.properties.spec : undefined;
  return isSpec(spec) ? [...marked(spec, "", schema)] : [];
}

function* marked(written: JsonSchema, at: Pointer, root: JsonSchema): Generator<Pointer> {
  const schema = { ...definition(written, root), ...written };
  if (schema["x-personal"] === true) yield at;
  else if (isSpec(schema.properties))
    for (const [name, field] of Object.entries(schema.properties))
      if (isSpec(field)) yield* marked(field, below(at, name), root);
}

function definition({ $ref }: JsonSchema, { $defs }: JsonSchema): JsonSchema {
  const found: Json | undefined =
    typeof $ref === "string" && isSpec($defs) ? $defs[$ref.replace("#/$defs/", "")] : undefined;
  return isSpec(found) ? found : {};
}
