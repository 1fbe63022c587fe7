import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  type Node,
  type Pair,
  visit,
} from "yaml";
import { type Pointer, segments } from "../../model/values/pointer.ts";

/** A field in its document, or the node on its path that is shared through an anchor or alias. */
export type FieldNode =
  | { readonly pair: Pair; readonly inFlow: boolean }
  | { readonly shared: Node };

/** Finds a field that can be edited alone. Undefined if it is not written. */
export function findField(document: Document, pointer: Pointer): FieldNode | undefined {
  let node = document.contents as Node | null | undefined;
  let pair: Pair | undefined;
  let inFlow = false;
  const aliased = aliasesOf(document);
  for (const segment of segments(pointer)) {
    if (isAlias(node)) return { shared: node };
    if (!isMap(node)) return undefined;
    if (node.anchor !== undefined && aliased.has(node.anchor)) return { shared: node };
    inFlow ||= node.flow === true;
    pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === segment);
    node = pair?.value as Node | null | undefined;
  }
  if (!pair || !node) return undefined;
  const anchored = (isScalar(node) || isCollection(node)) && node.anchor !== undefined;
  return isAlias(node) || anchored ? { shared: node } : { pair, inFlow };
}

function aliasesOf(document: Document): ReadonlySet<string> {
  const found = new Set<string>();
  visit(document, {
    Alias: (_key, { source }) => {
      found.add(source);
    },
  });
  return found;
}
