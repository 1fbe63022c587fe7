/** The used properties of a node in CEL's syntax tree. Positions are offsets in the text. */
export interface Node {
  readonly op: string;
  readonly args: unknown;
  /** The position of its name; for a field, the start of the field's name. */
  readonly pos: number;
  readonly start: number;
  readonly end: number;
  readonly meta: {
    readonly evaluate: Evaluate<Node>;
    readonly macro?: { readonly evaluate: Evaluate<unknown> };
    readonly alternate?: {
      readonly op: string;
      readonly args: Loop;
      readonly evaluate: Evaluate<unknown>;
    };
  };
  evaluate: Evaluate<Node>;
}

/** The function with which CEL evaluates a node. */
export type Evaluate<Part> = (evaluator: Evaluator, part: Part, context: unknown) => unknown;

/** CEL's evaluator. */
export interface Evaluator {
  run(part: Node, context: unknown): unknown;
}

/** A comprehension (`all`, `map`, …). CEL evaluates `condition` before each element. */
export interface Loop {
  condition?: (soFar: unknown) => unknown;
}

/** Whether a value is a node of a syntax tree. */
export function isNode(node: unknown): node is Node {
  return (
    typeof node === "object" && node !== null && "op" in node && "args" in node && "start" in node
  );
}
