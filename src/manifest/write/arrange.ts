import {
  type CST,
  type Document,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  Scalar,
  visit,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import { isSpec, type JsonSchema } from "../../model/values/json.ts";
import { placeComments } from "./comments.ts";
import { rangeOf } from "../read/read-scalar.ts";
import { followReference, schemaAt } from "./render.ts";

/** The schema of each kind by name; it defines the order of fields. */
export type Schemas = ReadonlyMap<string, JsonSchema>;

interface Setting {
  readonly root: JsonSchema | undefined;
  /** False if the position of a field has a meaning; fields then keep their order. */
  readonly sorted: boolean;
}

const envelope: JsonSchema = { properties: { apiVersion: {}, kind: {}, metadata: {} } };

/**
 * Arranges a document for formatting: fields in the order of its kind's schema, in block style,
 * with comments at the nodes they belong to.
 */
export function arrange(document: Document, text: string, schemas: Schemas): void {
  const contents = document.contents as Node | null;
  if (!contents) return;
  visit(document, { Collection: (_key, node) => inBrackets(node, text) });
  placeComments(document);
  const kind = isMap(contents) ? contents.get("kind") : undefined;
  const root = (typeof kind === "string" ? schemas.get(kind) : undefined) ?? envelope;
  lay(contents, root, { root, sorted: !isPlaced(document) });
}

/**
 * Whether order matters: an alias follows its anchor, and `|+` text keeps the blank lines after it.
 */
function isPlaced(document: Document): boolean {
  let found = false;
  const stop = (): symbol => {
    found = true;
    return visit.BREAK;
  };
  visit(document, {
    Alias: stop,
    Scalar: (_key, { srcToken }) => (keepsLines(srcToken) ? stop() : undefined),
  });
  return found;
}

function keepsLines(token: CST.Token | undefined): boolean {
  return (
    token?.type === "block-scalar" &&
    token.props.some((prop) => "source" in prop && /^[|>].*\+/.test(prop.source))
  );
}

function lay(node: Node | null, schema: JsonSchema | undefined, setting: Setting): void {
  const own = followReference(schema, setting.root);
  if (isSeq(node)) {
    for (const item of node.items)
      if (isPair(item)) layPair(item, undefined, setting);
      else lay(item as Node, schemaAt(own, "items"), setting);
  }
  if (!isMap(node)) return;
  const fields = schemaAt(own, "properties");
  if (setting.sorted) sort(node, fields);
  for (const pair of node.items)
    layPair(pair, schemaAt(fields, nameOf(pair)) ?? schemaAt(own, "additionalProperties"), setting);
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

/** Brackets on one line are kept: [a, b], { a: 1 }. */
function inBrackets(node: YAMLMap | YAMLSeq, text: string): void {
  const [start, end] = rangeOf(node);
  const flowCollectionPadding = isMap(node) ? " " : "";
  node.flow =
    node.items.length === 0 ||
    (node.flow === true && end > start && !text.slice(start, end).includes("\n"));
  const write = node.toString.bind(node);
  if (node.flow)
    node.toString = (context, onComment, onChompKeep) =>
      write(context && { ...context, flowCollectionPadding }, onComment, onChompKeep);
}

/**
 * Known fields in the schema's order, then others as written; the first has no blank line before.
 */
function sort(map: YAMLMap, fields: JsonSchema | undefined): void {
  const order = new Map(
    Object.keys(isSpec(fields) ? fields : {}).map((name, index) => [name, index]),
  );
  const rank = (pair: Pair): number => order.get(nameOf(pair)) ?? order.size;
  map.items.sort((left, right) => rank(left) - rank(right));
  const key = map.items[0]?.key;
  if (isScalar(key)) key.spaceBefore = false;
}

function nameOf({ key }: Pair): string {
  return isScalar(key) ? String(key.value) : "";
}
