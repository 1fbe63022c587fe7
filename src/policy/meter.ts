import { say, type Wording } from "../model/text/phrase.ts";
import { isNode, type Node } from "./node.ts";
import { type Matcher, matcher } from "./pattern.ts";
import { WordedError } from "../model/text/worded-error.ts";

/** The steps of the current evaluation, and the total of the completed ones. */
export interface Steps {
  once: number;
  altogether: number;
}

/**
 * Maximum steps of an expression: in one evaluation, and in total. A step is the evaluation of a
 * node, or a small part of the data it processes.
 */
export const mostSteps = { once: 10_000_000, altogether: 500_000_000 } as const;

/**
 * Whether a limit is exceeded. Check this after evaluation, because some CEL functions ignore
 * errors.
 */
export function isSpent({ once, altogether }: Steps): boolean {
  return once > mostSteps.once || altogether + once > mostSteps.altogether;
}

/** Adds steps. Throws WordedError if a limit is exceeded. */
export function charge(steps: Steps, count: number): void {
  steps.once += count;
  if (isSpent(steps)) throw new WordedError(tooLong());
}

/** The message for an expression that exceeds a limit. */
export function tooLong(): Wording {
  return say`it takes more than ${mostSteps.once} steps at once, or ${mostSteps.altogether} in all`;
}

type Weigh = (value: unknown, left: number) => number;

/** Makes a node and all nodes below it count their steps whenever they are evaluated. */
export function meter(node: unknown, steps: Steps, weigh: Weigh = () => 0): void {
  if (Array.isArray(node)) for (const one of node) meter(one, steps, weigh);
  if (!isNode(node)) return;
  meter(node.args, steps, weighing(node));
  const run = matching(node, steps) ?? running(node);
  node.evaluate = (evaluator, _, context) => {
    charge(steps, 1);
    const value = run(evaluator, context);
    charge(steps, weigh(value, mostSteps.once - steps.once));
    return value;
  };
}

type Run = (evaluator: Evaluator, context: unknown) => unknown;
type Evaluator = Parameters<Node["evaluate"]>[0];

/** CEL's own evaluation of a node, selected as CEL does. */
function running(node: Node): Run {
  const { alternate, macro, evaluate } = node.meta;
  if (alternate) return (evaluator, context) => alternate.evaluate(evaluator, alternate, context);
  if (macro) return (evaluator, context) => macro.evaluate(evaluator, macro, context);
  return (evaluator, context) => evaluate(evaluator, node, context);
}

/** How an operator weighs the data of its operands. */
function weighing({ op, args }: Node): Weigh {
  if (
    ["==", "!=", "in"].includes(op) ||
    (op === "rcall" && Array.isArray(args) && args[0] === "join")
  )
    return deepSize;
  return ["+", "<", "<=", ">", ">=", "call", "rcall", "[]"].includes(op) ? size : () => 0;
}

/** Number of characters or list items that one step covers. */
const perStep = 16;

const size: Weigh = (value) =>
  typeof value === "string" || Array.isArray(value) ? Math.floor(value.length / perStep) : 0;

/** Stops when no steps are left: a value may contain another many times. */
const deepSize: Weigh = (value, left) => {
  if (typeof value !== "object") return size(value, left);
  let found = 0;
  for (const open: unknown[] = [value]; open.length > 0 && found <= left; ) {
    const one = open.pop();
    found += 1 + size(one, left);
    if (typeof one === "object" && one !== null)
      for (const inner of one instanceof Map ? one.values() : Object.values(one)) open.push(inner);
  }
  return found;
};

/** Evaluates `matches` in a time that is known in advance; undefined for any other node. */
function matching(node: Node, steps: Steps): Run | undefined {
  const [name, text, [pattern] = []] =
    node.op === "rcall" && Array.isArray(node.args) ? node.args : [];
  if (name !== "matches" || !isNode(text) || !isNode(pattern)) return undefined;
  const otherwise = running(node);
  const known = new Map<string, Matcher>();
  return (evaluator, context) => {
    const [given, wanted] = [evaluator.run(text, context), evaluator.run(pattern, context)];
    if (typeof given !== "string" || typeof wanted !== "string" || !isPattern(wanted))
      return otherwise(evaluator, context);
    const found = known.get(wanted) ?? matcher(wanted);
    if (known.size < 100) known.set(wanted, found);
    charge(steps, found.steps(given.length));
    return found.test(given);
  };
}

/** CEL reports an invalid pattern itself, with a better message. */
function isPattern(text: string): boolean {
  try {
    return Boolean(new RegExp(text));
  } catch {
    return false;
  }
}
