import type { Node, Scalar } from "yaml";
import { type Diagnostic, mostProblems } from "../../model/diagnostic.ts";
import { say } from "../../model/text/phrase.ts";
import type { Json } from "../../model/values/json.ts";
import { problem, type SyntaxWords } from "./syntax-message.ts";
import type { Text, TextRange } from "./text.ts";

/** A document while it is being read. */
export interface ReadState {
  readonly text: Text;
  readonly nulls: boolean;
  readonly anchors: Map<string, Node>;
  readonly problems: Diagnostic[];
  /** Number of values copied by aliases so far. */
  copies: number;
  /** Anchored values under construction; an alias to one of them would be infinite. */
  readonly open: Set<Node>;
  /** A limit was exceeded; aliases are no longer followed. */
  stopped: boolean;
  /** Inside an alias's copy; its problems were already reported at the anchor. */
  copying: boolean;
}

/** The value of a scalar. A null or an unsafe number is a problem. */
export function readScalar(node: Scalar, state: ReadState): Json {
  const { value } = node;
  if (value === null && !state.nulls) return nullProblem(state, node);
  if (typeof value === "number") return number(node, value, state);
  return value === null || typeof value === "boolean" || typeof value === "string"
    ? value
    : String(value);
}

function number(node: Scalar, value: number, state: ReadState): Json {
  const digits = (node.source ?? "")
    .replace(/[eE].*$/, "")
    .replace(/\D/g, "")
    .replace(/^0+/, "");
  if (
    Number.isFinite(value) &&
    (Number.isInteger(value) ? Number.isSafeInteger(value) : digits.length <= 17)
  )
    return value;
  const words = [
    "number",
    say`This number cannot be kept exactly.`,
    say`Put it in quotes if it is an id or a text.`,
  ] as const;
  return addProblem(state, node, words);
}

/** Adds a problem about a null. */
export function nullProblem(state: ReadState, node: Node): null {
  const words = [
    "null",
    say`There is no value here, and null is not allowed.`,
    say`Omit the field to leave it as it is; write [] for an empty list.`,
  ] as const;
  return addProblem(state, node, words);
}

/** Adds a problem, but not inside an alias's copy. Returns null. */
export function addProblem(state: ReadState, node: Node, words: SyntaxWords): null {
  if (state.copying) return null;
  // One problem above the limit makes `limitDiagnostics` report that there are more.
  if (state.problems.length <= mostProblems)
    state.problems.push(problem(state.text, rangeOf(node), words));
  return null;
}

/** The range of a node's own text. */
export function rangeOf(node: Node): TextRange {
  return node.range ? [node.range[0], node.range[1]] : [0, 0];
}
