import { type CST, type Document, isAlias, isCollection, isMap, isPair, isScalar, isSeq, type Node, type Pair, Scalar, visit, type YAMLMap } from "yaml";
import { isSpec, type JsonSchema } from "../model/json.ts";
import { placeComments } from "./comments.ts";
import { followed, schemaAt } from "./render.ts";

/** What gives the order of fields: the schema of each kind, by its name. */
export type Schemas = ReadonlyMap<string, JsonSchema>;

interface Setting {
  readonly root: JsonSchema | undefined;
  /** An alias has to stand after its anchor, so where there are some, fields stay where they are. */
  readonly sorted: boolean;
}

const envelope: JsonSchema = { properties: { apiVersion: {}, kind: {}, metadata: {} } };

/** Lays a document out as it is to be written: fields in the order of its kind's schema, in blocks, comments with what they stood at. */
export function arrange(document: Document, schemas: Schemas): void {
  const contents = document.contents as Node | null;
  if (!contents) return;
  placeComments(document);
  const kind = isMap(contents) ? contents.get("kind") : undefined;
  const root = (typeof kind === "string" ? schemas.get(kind) : undefined) ?? envelope;
  lay(contents, root, { root, sorted: !hasAlias(document) });
}

function hasAlias(document: Document): boolean {
  let found = false;
  visit(document, {
    Alias: () => {
      found = true;
      return visit.BREAK;
    },
  });
  return found;
}

function lay(node: Node | null, schema: JsonSchema | undefined, setting: Setting): void {
  const own = followed(schema, setting.root);
  if (isSeq(node)) {
    if (!isShortList(node)) node.flow = node.items.length === 0;
    for (const item of node.items) if (isPair(item)) layPair(item, undefined, setting);
      else lay(item as Node, schemaAt(own, "items"), setting);
  }
  if (!isMap(node)) return;
  node.flow = node.items.length === 0;
  const fields = schemaAt(own, "properties");
  if (setting.sorted) sort(node, fields);
  for (const pair of node.items) layPair(pair, schemaAt(fields, nameOf(pair)) ?? schemaAt(own, "additionalProperties"), setting);
}

function layPair(pair: Pair, schema: JsonSchema | undefined, setting: Setting): void {
  pair.value ??= nothing();
  lay(pair.value as Node, schema, setting);
}

function nothing(): Scalar {
  const scalar = new Scalar("");
  scalar.type = Scalar.PLAIN;
  return scalar;
}

/** Brackets may stay around a list of single values on one line. */
function isShortList(node: Node): boolean {
  if (!isSeq(node) || !node.flow || node.comment?.includes("\n")) return false;
  return node.items.every((item) => (isScalar(item) || isAlias(item)) && !item.comment && !item.commentBefore && !item.spaceBefore && !spans(item));
}

function spans(node: Node): boolean {
  const token: CST.Token | undefined = node.srcToken;
  return token !== undefined && "source" in token && token.source.includes("\n");
}

/** Known fields first, in the schema's order, then the others as they are written; a blank line is no beginning. */
function sort(map: YAMLMap, fields: JsonSchema | undefined): void {
  const order = new Map(Object.keys(isSpec(fields) ? fields : {}).map((name, index) => [name, index]));
  const rank = (pair: Pair): number => order.get(nameOf(pair)) ?? order.size;
  const [first] = map.items;
  map.items.sort((left, right) => rank(left) - rank(right));
  if (first && isScalar(first.key) && map.items[0] !== first && isCollection(map)) first.key.spaceBefore ??= false;
  const key = map.items[0]?.key;
  if (isScalar(key)) key.spaceBefore = false;
}

function nameOf({ key }: Pair): string {
  return isScalar(key) ? String(key.value) : "";
}
