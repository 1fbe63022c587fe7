import { say } from "../model/text/phrase.ts";
import type { Rule } from "./compile.ts";
import type { Expression, ExpressionError } from "./expression.ts";

/**
 * The result of a rule for one subject. `skip`: the rule does not apply. `error`: the expression in
 * `part` could not be evaluated.
 */
export type RuleVerdict =
  | { readonly says: "pass" | "skip" }
  | { readonly says: "fail"; readonly message: string }
  | {
      readonly says: "error";
      readonly part: "when" | "expression";
      readonly fault: ExpressionError;
    };

const pass: RuleVerdict = { says: "pass" };
const skip: RuleVerdict = { says: "skip" };

/**
 * Evaluates a rule for a subject of this kind (undefined for a plan). `context` contains the
 * variables of its expressions.
 */
export function verdict(rule: Rule, kind: string | undefined, context: object): RuleVerdict {
  const { kinds } = rule.policy.spec;
  if (kinds !== undefined && !kinds.some((one) => one === kind)) return skip;
  if (rule.when) {
    const applies = truth(rule.when, context);
    if (typeof applies === "object") return { says: "error", part: "when", fault: applies };
    if (!applies) return skip;
  }
  const fine = truth(rule.expression, context);
  if (typeof fine === "object") return { says: "error", part: "expression", fault: fine };
  return fine ? pass : { says: "fail", message: rule.message(context) };
}

function truth(condition: Expression, context: object): boolean | ExpressionError {
  const outcome = condition(context);
  if ("fault" in outcome) return outcome.fault;
  if (typeof outcome.value === "boolean") return outcome.value;
  return {
    message: say`it has to be true or false, and is a ${typeof outcome.value}`,
    stretch: [0, 1],
  };
}
