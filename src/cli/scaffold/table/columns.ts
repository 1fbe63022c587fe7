import { followReference, schemaAt } from "../../../manifest/write/render.ts";
import type { Kind } from "../../../model/kind.ts";
import { isSpec, type JsonSchema } from "../../../model/values/json.ts";
import { below, type Pointer } from "../../../model/values/pointer.ts";

/** A column that a table of objects of a kind may have. */
export interface FieldColumn {
  /** Its name in the first row: `name`, `domain`, `billing.address.city`. */
  readonly name: string;
  /** The field of the manifest. */
  readonly pointer: Pointer;
  readonly schema: JsonSchema;
}

/** The columns for a kind: the object's name and id, and each field of its spec with a value. */
export function columnsFor({ schema }: Kind): readonly FieldColumn[] {
  const properties = schemaAt(schema, "properties");
  const metadata = schemaAt(schemaAt(properties, "metadata"), "properties");
  const own = ["name", "id"].flatMap((name) => {
    const field = schemaAt(metadata, name);
    return field ? [{ name, pointer: `/metadata/${name}`, schema: field }] : [];
  });
  return [...own, ...leaves(schemaAt(properties, "spec"), schema, "/spec")];
}

function leaves(
  schema: JsonSchema | undefined,
  root: JsonSchema,
  at: Pointer,
): readonly FieldColumn[] {
  const own = followReference(schema, root);
  const fields = own?.properties;
  if (isSpec(fields))
    return Object.entries(fields).flatMap(([name, field]) =>
      isSpec(field) && field["x-message"] === undefined ? leaves(field, root, below(at, name)) : [],
    );
  const name = at.slice("/spec/".length).replaceAll("/", ".");
  return own ? [{ name, pointer: at, schema: own }] : [];
}

/** The column of a name, whatever its letters' case and its spaces. */
export function columnOf(columns: readonly FieldColumn[], name: string): FieldColumn | undefined {
  const wanted = plain(name);
  return columns.find((one) => plain(one.name) === wanted);
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_-]/g, "");
}
