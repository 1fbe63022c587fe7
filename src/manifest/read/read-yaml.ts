import {
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type YAMLMap,
} from "yaml";
import { type Diagnostic, limitDiagnostics } from "../../model/diagnostic.ts";
import { say } from "../../model/text/phrase.ts";
import type { Json } from "../../model/values/json.ts";
import { limits } from "./decode.ts";
import { addProblem, nullProblem, rangeOf, readScalar, type ReadState } from "./read-scalar.ts";
import { problem, syntaxProblem, type SyntaxWords } from "./syntax-message.ts";
import type { Text } from "./text.ts";

/** A document's value and its syntax problems. With problems, the value is incomplete. */
export interface ReadDocument {
  readonly value: Json;
  readonly problems: readonly Diagnostic[];
}

/**
 * Converts a composed document to a JSON value. With `nulls`, null is a value (as in a merge
 * patch); otherwise it is an error. If the parser reports errors, only the first is returned.
 */
export function readDocument(text: Text, document: Document, nulls: boolean): ReadDocument {
  const state: ReadState = {
    text,
    nulls,
    anchors: new Map(),
    problems: [],
    copies: 0,
    open: new Set(),
    stopped: false,
    copying: false,
  };
  const value = document.contents ? convert(document.contents as Node, state, 0) : null;
  // Later parser errors usually follow from the first.
  const first = firstOf([...document.errors, ...document.warnings]);
  return {
    value,
    problems: first ? [syntaxProblem(text, first)] : limitDiagnostics(state.problems),
  };
}

function firstOf<T extends { readonly pos: readonly [number, number] }>(
  found: readonly T[],
): T | undefined {
  return found.reduce<T | undefined>(
    (first, one) => (first && first.pos[0] <= one.pos[0] ? first : one),
    undefined,
  );
}

/** Whether a document contains only comments. */
export function isEmpty(document: Document): boolean {
  const { contents, errors } = document;
  return (
    errors.length === 0 &&
    (contents === null ||
      (isScalar(contents) &&
        contents.value === null &&
        contents.source === "" &&
        !contents.tag &&
        !contents.anchor))
  );
}

function convert(node: Node | null, state: ReadState, depth: number): Json {
  if (node === null) return null;
  if (depth > limits.depth)
    return stop(state, node, [
      "depth",
      say`This is nested more than ${limits.depth} levels deep.`,
      say`Nest less.`,
    ]);
  if (state.copying && ++state.copies > limits.copies) return stop(state, node, tooManyCopies);
  if (isAlias(node)) return copy(node, state, depth);
  if (!("anchor" in node) || !node.anchor) return made(node, state, depth);
  if (!state.copying) state.anchors.set(node.anchor, node);
  state.open.add(node);
  const value = made(node, state, depth);
  state.open.delete(node);
  return value;
}

function made(node: Node, state: ReadState, depth: number): Json {
  if (isMap(node)) return fields(node, state, depth);
  if (isSeq(node)) return node.items.map((item) => convert(item as Node, state, depth + 1));
  return isScalar(node) ? readScalar(node, state) : null;
}

function copy(node: Node & { readonly source: string }, state: ReadState, depth: number): Json {
  const target = state.anchors.get(node.source);
  if (!target) {
    return addProblem(state, node, [
      "alias",
      say`There is no anchor &${node.source} before this.`,
      say`Text that starts with * goes in quotes.`,
    ]);
  }
  if (state.open.has(target))
    return stop(state, node, [
      "alias",
      say`The value of &${node.source} would hold itself.`,
      say`Write the value out.`,
    ]);
  const outer = state.copying;
  state.copying = true;
  const value = state.stopped ? null : convert(target, state, depth + 1);
  state.copying = outer;
  return value;
}

const tooManyCopies = [
  "alias-limit",
  say`Aliases would copy more than ${limits.copies} values.`,
  say`Write the values out, or use fewer aliases.`,
] as const;

/** Reports a problem only once, also inside an alias's copy. */
function stop(state: ReadState, node: Node, words: SyntaxWords): null {
  if (!state.stopped) state.problems.push(problem(state.text, rangeOf(node), words));
  state.stopped = true;
  return null;
}

function fields(node: YAMLMap, state: ReadState, depth: number): Json {
  const found: Record<string, Json> = {};
  for (const pair of node.items) {
    if (!isPair(pair)) continue;
    const name = fieldName(pair.key as Node | null, state, node);
    if (name === undefined) continue;
    if (Object.hasOwn(found, name)) duplicate(state, pair.key as Node, name);
    else found[name] = fieldValue(pair.key as Node, pair.value as Node | null, { state, depth });
  }
  return found;
}

function fieldValue(
  key: Node,
  value: Node | null,
  { state, depth }: { readonly state: ReadState; readonly depth: number },
): Json {
  const written = value !== null && rangeOf(value)[1] > rangeOf(value)[0];
  if (written || state.nulls) return convert(value, state, depth + 1);
  if (isScalar(value) && value.value !== null) return convert(value, state, depth + 1);
  return nullProblem(state, key);
}

function fieldName(key: Node | null, state: ReadState, map: Node): string | undefined {
  const resolved = isAlias(key) ? state.anchors.get(key.source) : key;
  if (!isAlias(key) && isScalar(key) && key.anchor) state.anchors.set(key.anchor, key);
  const name = isScalar(resolved) ? resolved.value : undefined;
  const at = key ?? map;
  if (typeof name !== "string")
    return unsaid(state, at, ["key", say`A field name must be text.`, say`Put it in quotes.`]);
  if (name === "<<" && isScalar(key) && key.type === "PLAIN") {
    return unsaid(state, at, [
      "merge-key",
      say`Merge keys (<<) are not supported.`,
      say`Write the fields out, or alias a whole value.`,
    ]);
  }
  if (name === "__proto__")
    return unsaid(state, at, [
      "key",
      say`\`__proto__\` cannot be a field name.`,
      say`Use another name.`,
    ]);
  return name;
}

function duplicate(state: ReadState, key: Node, name: string): void {
  addProblem(state, key, [
    "duplicate-key",
    say`The field ${name} is written twice.`,
    say`Keep one of them.`,
  ]);
}

function unsaid(state: ReadState, node: Node, words: SyntaxWords): undefined {
  addProblem(state, node, words);
  return undefined;
}
