import { followReference, render, schemaAt } from "../../manifest/write/render.ts";
import type { Kind } from "../../model/kind.ts";
import { isSpec, type Json, type JsonSchema, type Spec } from "../../model/values/json.ts";
import { below, type Pointer, withValue } from "../../model/values/pointer.ts";
import { languageOf } from "../../report/language/language.ts";
import type { Style } from "../../report/report.ts";
import { wrap } from "../../report/wording/layout.ts";

/** What a first manifest of a kind looks like. */
export interface ManifestText {
  readonly name?: string;
  /** The line for editors: the path or URL of the kind's schema. */
  readonly schema?: string;
  readonly style: Pick<Style, "language">;
}

/** The width of comments, beside their indentation. */
const width = 88;

/**
 * A manifest of a kind to start with: the fields of the schema's example, each under a comment that
 * says what it is.
 */
export function manifestText(kind: Kind, { name, schema, style }: ManifestText): string {
  const [example] = Array.isArray(kind.schema.examples) ? kind.schema.examples : [];
  const own: Spec = isSpec(example) ? example : {};
  const document =
    name === undefined || kind.singleton ? own : withValue(own, "/metadata/name", name);
  const above = new Map<Pointer, string>();
  const { told } = languageOf(style);
  for (const [pointer, found] of describedFields(document, kind.schema, kind.schema, "")) {
    const text = [found.description, choicesIn(found)]
      .filter(Boolean)
      .map((one) => told(String(one)));
    if (text.length > 0) above.set(pointer, wrap(text.join(" "), width).join("\n"));
  }
  return render([{ document, kind, above }], schema === undefined ? {} : { schema: () => schema });
}

/** The fields of a document whose meaning is not plain, with their schemas. */
function* describedFields(
  value: Json,
  schema: JsonSchema | undefined,
  root: JsonSchema,
  at: Pointer,
): Generator<readonly [Pointer, JsonSchema]> {
  if (!isSpec(value)) return;
  const properties = schemaAt(followReference(schema, root), "properties");
  for (const [name, field] of Object.entries(value)) {
    const own = followReference(schemaAt(properties, name), root);
    const pointer = below(at, name);
    if (own && !["/apiVersion", "/kind", "/metadata"].includes(pointer)) yield [pointer, own];
    yield* describedFields(field, own, root, pointer);
  }
}

function choicesIn({ enum: choices }: JsonSchema): string {
  return Array.isArray(choices) ? `(${choices.join(" | ")})` : "";
}
