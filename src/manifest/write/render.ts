import { Document, isMap, isScalar, Scalar, visit } from "yaml";
import { isSpec, type Json, type JsonSchema, type Spec } from "../../model/values/json.ts";
import type { Kind } from "../../model/kind.ts";
import { type Pointer, segments, valueAt } from "../../model/values/pointer.ts";

/** Comments by JSON pointer. */
export type Comments = ReadonlyMap<Pointer, string>;

/** A manifest document and its kind, whose schema defines the order of fields. */
export interface Rendered {
  readonly document: Spec;
  readonly kind?: Kind;
  /** Comments behind scalars, such as the title of what an id stands for. */
  readonly beside?: Comments;
  /** Comments above fields. */
  readonly above?: Comments;
}

/** Optional additions to the text. */
export interface RenderOptions {
  /** The URL of a kind's schema, for completion in editors. */
  readonly schema?: (kind: Kind) => string;
}

/**
 * Renders manifest documents as YAML. The result is deterministic and reads back as the same
 * documents.
 */
export function render(documents: readonly Rendered[], options: RenderOptions = {}): string {
  return documents
    .map(
      (one) =>
        editorLine(one, options) +
        yaml(ordered(one.document, one.kind?.schema, one.kind?.schema), one),
    )
    .join("---\n");
}

function editorLine({ kind }: Rendered, { schema }: RenderOptions): string {
  return kind && schema ? `# yaml-language-server: $schema=${schema(kind)}\n` : "";
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for.
const unprintable = /[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/;

/**
 * A value as YAML text with a line end. Quotes are used only if a YAML 1.2 or 1.1 reader would read
 * something else.
 */
export function yaml(value: Json, comments: Pick<Rendered, "beside" | "above"> = {}): string {
  const document = new Document(value, { aliasDuplicateObjects: false, compat: "yaml-1.1" });
  comment(document, comments);
  visit(document, {
    Scalar: (_key, node) => {
      if (isScalar(node) && typeof node.value === "string" && isUneasy(node.value))
        node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return document.toString({ lineWidth: 0 }).replace(new RegExp(unprintable, "g"), escaped);
}

function comment(
  document: Document,
  { beside = new Map(), above = new Map() }: Pick<Rendered, "beside" | "above">,
): void {
  for (const [pointer, text] of beside) {
    const node = document.getIn(segments(pointer), true);
    if (isScalar(node)) node.comment = ` ${text.replaceAll(/\s+/g, " ").trim()}`;
  }
  for (const [pointer, text] of above) {
    const path = segments(pointer);
    const map = document.getIn(path.slice(0, -1), true);
    const pair = isMap(map)
      ? map.items.find(({ key }) => isScalar(key) && key.value === path.at(-1))
      : undefined;
    if (isScalar(pair?.key)) pair.key.commentBefore = text.replaceAll(/^/gm, " ");
  }
}

/** Whether text reads back unchanged only in double quotes. */
function isUneasy(text: string): boolean {
  return (
    unprintable.test(text) || /[\t]|^\s|\s$|\n\s|[ \t]\n|^---|^\.\.\./.test(text) || text === "<<"
  );
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** Sorts fields by the schema's order; unknown ones come last, by name. */
function ordered(value: Json, schema: JsonSchema | undefined, root: JsonSchema | undefined): Json {
  const own = followReference(schema, root);
  if (Array.isArray(value))
    return value.map((item: Json) => ordered(item, schemaAt(own, "items"), root));
  if (!isSpec(value)) return value;
  const known = isSpec(own?.properties) ? own.properties : {};
  const order = Object.keys(known).filter((field) => Object.hasOwn(value, field));
  const others = Object.keys(value)
    .filter((field) => !Object.hasOwn(known, field))
    .sort();
  return Object.fromEntries(
    [...order, ...others].map((field) => [
      field,
      ordered(value[field] ?? null, schemaAt(known, field), root),
    ]),
  );
}

/** The subschema under a keyword, or of a property. Undefined if it is missing or no object. */
export function schemaAt(schema: JsonSchema | undefined, field: string): JsonSchema | undefined {
  const found = schema && Object.hasOwn(schema, field) ? schema[field] : undefined;
  return isSpec(found) ? found : undefined;
}

/** The target of a schema's `$ref` within the root schema, or the schema itself. */
export function followReference(
  schema: JsonSchema | undefined,
  root: JsonSchema | undefined,
): JsonSchema | undefined {
  const target = schema?.$ref;
  if (typeof target !== "string" || !target.startsWith("#/")) return schema;
  const found = valueAt(root, target.slice(1));
  return isSpec(found) ? found : schema;
}
