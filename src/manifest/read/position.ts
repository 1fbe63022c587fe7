import {
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  visit,
} from "yaml";
import { type Pointer, segments } from "../../model/values/pointer.ts";
import { rangeOf } from "./read-scalar.ts";
import type { TextRange } from "./text.ts";

/**
 * The part of a field to locate: its name or its value. For a named mapping or list, the name is
 * located in both cases.
 */
export type FieldPart = "key" | "value";

interface Found {
  readonly key?: Node;
  readonly value: Node | null;
}

/** The range of a field in its document, or of its nearest parent if it is not written. */
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
  const pair = node.items.find(
    (one) => isPair(one) && isScalar(one.key) && String(one.key.value) === segment,
  );
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

/** For a mapping or list, the first name or item: a short range is easier to read in an excerpt. */
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
