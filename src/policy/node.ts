/** A part of a parsed expression, as far as it is looked into here; positions are those of the text. */
export interface Node {
  readonly op: string;
  readonly args: unknown;
  /** Where it is named: for a field, where its name begins. */
  readonly pos: number;
  readonly start: number;
  readonly end: number;
  readonly meta: {
    readonly evaluate: Evaluate<Node>;
    readonly macro?: { readonly evaluate: Evaluate<unknown> };
    readonly alternate?: { readonly op: string; readonly args: Loop; readonly evaluate: Evaluate<unknown> };
  };
  evaluate: Evaluate<Node>;
}

/** How CEL evaluates a part of an expression. */
export type Evaluate<Part> = (evaluator: Evaluator, part: Part, context: unknown) => unknown;

/** What runs parts of expressions. */
export interface Evaluator {
  run(part: Node, context: unknown): unknown;
}

/** What becomes of a comprehension (`all`, `map`, …): its condition is asked before each element. */
export interface Loop {
  condition?: (soFar: unknown) => unknown;
}

/** Whether this is a part of a parsed expression. */
export function isNode(node: unknown): node is Node {
  return typeof node === "object" && node !== null && "op" in node && "args" in node && "start" in node;
}
