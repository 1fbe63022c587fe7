import type { Stretch } from "../model/policy.ts";
import { say, type Wording } from "../model/text/phrase.ts";
import { withOwnTimes, wrongDateIn } from "./dates.ts";
import type { ExpressionLanguage } from "./language.ts";
import { charge, isSpent, meter, type Steps, tooLong } from "./meter.ts";
import { misspelt } from "./misspelt.ts";
import { isNode, type Loop } from "./node.ts";
import { WordedError, wordingOf } from "../model/text/worded-error.ts";

/** An error in an expression, and the part of the text that it refers to. */
export interface ExpressionError {
  readonly message: Wording;
  readonly stretch: Stretch;
  /** The name of a variable or a field that there is not. */
  readonly unknown?: { readonly name: string; readonly of: "variables" | "fields" };
}

/** The CEL value of an expression, or why it could not be evaluated. */
export type Evaluation = { readonly value: unknown } | { readonly fault: ExpressionError };

/** A compiled expression, which can be evaluated any number of times. Never throws. */
export type Expression = (context: object) => Evaluation;

/** Compiles an expression and checks its types. A condition must be a bool, or `dyn`. */
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
      return {
        message: say`it has to be true or false, and is of type ${type ?? ""}`,
        stretch: [0, source.length],
      };
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

/**
 * An expression that exceeded its limit is not evaluated again: each of 100,000 objects would take
 * as long.
 */
function evaluating(run: (context: object) => unknown, steps: Steps, source: string): Expression {
  let spent: Evaluation | undefined;
  return (context) => {
    if (spent) return spent;
    steps.once = 0;
    const outcome = evaluated(run, context, source);
    if (isSpent(steps)) spent = { fault: faultOf(new WordedError(tooLong()), source) };
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

/**
 * Records the names in an expression, and counts the elements that each comprehension visits. The
 * count is in the loop's condition, because `all` and `exists` ignore errors elsewhere.
 */
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
  const stretch: Stretch = range
    ? [range.start, Math.max(range.end, range.start + 1)]
    : [0, source.length];
  return {
    message: summary ?? wordingOf(error),
    stretch,
    ...unknownIn(code, source.slice(...stretch)),
  };
}

function unknownIn(code: string | undefined, name: string): Pick<ExpressionError, "unknown"> {
  if (code === "unknown_variable") return { unknown: { name, of: "variables" } };
  return code === "no_such_key" ? { unknown: { name, of: "fields" } } : {};
}

interface Told {
  readonly summary?: string;
  readonly code?: string;
  readonly range?: { readonly start: number; readonly end: number };
}
