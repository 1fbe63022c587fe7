import { type Document, isAlias, isMap, isPair, isScalar, isSeq, type Node, type Pair, visit } from "yaml";
import { type Pointer, segments } from "../../model/values/pointer.ts";
import { rangeOf } from "./read-yaml.ts";
import type { TextRange } from "./text.ts";

/** Which part of a field is meant: its name, or its value (for a mapping or a list with a name, its name all the same). */
export type FieldPart = "key" | "value";

interface Found {
  readonly key?: Node;
  readonly value: Node | null;
}

/** Where a field of a document was written; the nearest parent where it was not. */
export function position(document: Document, pointer: Pointer, part: FieldPart): TextRange {
  let found: Found = { value: document.contents as Node | null };
  for (const segment of segments(pointer)) {
    const next = step(target(found.value, document), segment);
    if (!next) return shown(found, "value");
    found = next;
  }
  return shown(found, part);
}

function step(node: Node | null | undefined, segment: string): Found | undefined {
  if (isSeq(node)) return item(node.items[Number(segment)]);
  if (!isMap(node)) return undefined;
  const pair = node.items.find((one) => isPair(one) && isScalar(one.key) && String(one.key.value) === segment);
  return pair && field(pair);
}

function item(node: unknown): Found | undefined {
  return node === undefined ? undefined : { value: node as Node };
}

function field(pair: Pair): Found {
  return { key: pair.key as Node, value: pair.value as Node | null };
}

function shown({ key, value }: Found, part: FieldPart): TextRange {
  if (key && (part === "key" || !isLeaf(value))) return rangeOf(key);
  return value ? firstOf(value) : [0, 0];
}

function isLeaf(value: Node | null): boolean {
  return value !== null && !isMap(value) && !isSeq(value) && rangeOf(value)[1] > rangeOf(value)[0];
}

/** For a mapping or a list its first name or item, so that what is underlined is short. */
function firstOf(node: Node): TextRange {
  const [first] = isMap(node) || isSeq(node) ? node.items : [];
  if (isPair(first) && first.key) return rangeOf(first.key as Node);
  return isSeq(node) && first ? firstOf(first as Node) : rangeOf(node);
}

function target(node: Node | null, document: Document): Node | null | undefined {
  return isAlias(node) ? anchorsOf(document).get(node.source) : node;
}

function anchorsOf(document: Document): ReadonlyMap<string, Node> {
  const anchors = new Map<string, Node>();
  visit(document, {
    Node: (_key, node) => {
      if (!isAlias(node) && node.anchor) anchors.set(node.anchor, node);
    },
  });
  return anchors;
}
