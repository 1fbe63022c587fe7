import type { Stretch } from "../model/policy.ts";
import { say } from "../model/text/say.ts";
import { withOwnTimes, wrongDateIn } from "./dates.ts";
import type { ExpressionLanguage } from "./language.ts";
import { charge, isSpent, meter, type Steps, tooLong } from "./meter.ts";
import { misspelt } from "./misspelt.ts";
import { isNode, type Loop } from "./node.ts";

/** What is wrong with an expression, and with which part of it. */
export interface ExpressionError {
  readonly message: string;
  readonly stretch: Stretch;
  /** The variable that is not known. */
  readonly unknown?: true;
}

/** What came of an expression: a value of CEL's, or why there is none. */
export type Evaluation = { readonly value: unknown } | { readonly fault: ExpressionError };

/** An expression that is ready to be evaluated, as often as wanted. Never throws. */
export type Expression = (context: object) => Evaluation;

/** Compiles an expression and checks its types; a condition has to be true or false. */
export function expression(
  source: string,
  { environment, spoken }: ExpressionLanguage,
  wanted: "condition" | "value",
): Expression | ExpressionError {
  try {
    const written = environment.parse(source);
    const noDate = wrongDateIn(written.ast);
    if (noDate) return noDate;
    const own = withOwnTimes(source, written.ast);
    const run = own === source ? written : environment.parse(own);
    const { valid, type, error } = run.check();
    if (!valid) return faultOf(error, source);
    if (wanted === "condition" && type !== "bool" && type !== "dyn")
      return { message: say`it has to be true or false, and is of type ${type ?? ""}`, stretch: [0, source.length] };
    const wrong = misspelt(source, run.ast, environment);
    if (wrong) return faultOf(wrong, source);
    const steps = { once: 0, altogether: 0 };
    prepare(run.ast, { steps, spoken });
    meter(run.ast, steps);
    return evaluating(run, steps, source);
  } catch (error) {
    return faultOf(error, source);
  }
}

/** An expression that took too long once is not tried again: it would take as long for each of a hundred thousand objects. */
function evaluating(run: (context: object) => unknown, steps: Steps, source: string): Expression {
  let spent: Evaluation | undefined;
  return (context) => {
    if (spent) return spent;
    steps.once = 0;
    const outcome = evaluated(run, context, source);
    if (isSpent(steps)) spent = { fault: faultOf(new RangeError(tooLong()), source) };
    steps.altogether += steps.once;
    return spent ?? outcome;
  };
}

function evaluated(run: (context: object) => unknown, context: object, source: string): Evaluation {
  try {
    return { value: run(context) };
  } catch (error) {
    return { fault: faultOf(error, source) };
  }
}

/** Notes the names it speaks of, and counts the elements each comprehension visits. Its condition is asked before each of them, and what it throws no `all` or `exists` passes over. */
function prepare(node: unknown, means: Means): void {
  if (Array.isArray(node)) for (const one of node) prepare(one, means);
  if (!isNode(node)) return;
  if (node.op === "id" && typeof node.args === "string") means.spoken.add(node.args);
  const loop = node.meta.alternate?.op === "comprehension" ? node.meta.alternate.args : undefined;
  if (loop) limit(loop, means.steps);
  prepare(node.args, means);
}

interface Means {
  readonly steps: Steps;
  readonly spoken: Set<string>;
}

function limit(loop: Loop, steps: Steps): void {
  const { condition } = loop;
  loop.condition = (soFar) => {
    charge(steps, 1);
    return condition === undefined || condition(soFar);
  };
}

function faultOf(error: unknown, source: string): ExpressionError {
  if (!(error instanceof Error)) throw error;
  const { summary, range, code } = error as Error & Told;
  const stretch: Stretch = range ? [range.start, Math.max(range.end, range.start + 1)] : [0, source.length];
  return { message: summary ?? error.message, stretch, ...(code === "unknown_variable" && { unknown: true }) };
}

interface Told {
  readonly summary?: string;
  readonly code?: string;
  readonly range?: { readonly start: number; readonly end: number };
}
