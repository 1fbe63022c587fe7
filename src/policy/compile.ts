import { byPlace, type Checked, type Diagnostic, diagnostic } from "../model/diagnostic.ts";
import type { Pointer } from "../model/values/pointer.ts";
import type { Policies, Policy, Suppression } from "../model/policy.ts";
import { say, type Wording } from "../model/text/phrase.ts";
import { didYouMean } from "../model/text/similar.ts";
import { type Expression, expression, type ExpressionError } from "./expression.ts";
import { type ExpressionLanguage, language, variables } from "./language.ts";
import { type Message, message } from "./message.ts";
import { recordFields } from "./record-types.ts";

/** A policy with compiled expressions. */
export interface Rule {
  readonly policy: Policy;
  readonly when?: Expression;
  readonly expression: Expression;
  readonly message: Message;
}

/** Compiled rules in the order of the policies, and the suppressions. */
export interface Rulebook {
  readonly rules: readonly Rule[];
  readonly suppressions: readonly Suppression[];
  readonly digest: Policies["digest"];
  /** Whether an expression uses `account` or `after`. */
  readonly needsAccount: boolean;
}

/**
 * Compiles all expressions of the policies. Fails with policy/expression errors, one for each
 * invalid expression.
 */
export function compilePolicies({ policies, suppressions, digest }: Policies): Checked<Rulebook> {
  const languages = {
    resource: language("resource"),
    change: language("change"),
    plan: language("plan"),
  };
  const diagnostics: Diagnostic[] = [];
  const rules = policies.flatMap((policy) => {
    const compiled = rule(policy, languages[policy.spec.on]);
    if ("expression" in compiled) return [compiled];
    diagnostics.push(...compiled.faults);
    return [];
  });
  if (diagnostics.length > 0) return { ok: false, diagnostics: diagnostics.sort(byPlace) };
  const needsAccount = [languages.change, languages.plan].some(
    ({ spoken }) => spoken.has("account") || spoken.has("after"),
  );
  return { ok: true, value: { rules, suppressions, digest, needsAccount }, diagnostics };
}

function rule(
  policy: Policy,
  language: ExpressionLanguage,
): Rule | { readonly faults: readonly Diagnostic[] } {
  const { spec } = policy;
  const when = spec.when === undefined ? undefined : expression(spec.when, language, "condition");
  const own = expression(spec.expression, language, "condition");
  const words = message(spec.message, language);
  if (
    typeof own === "function" &&
    typeof words === "function" &&
    (when === undefined || typeof when === "function")
  )
    return { policy, expression: own, message: words, ...(when && { when }) };
  const parts = { "/spec/when": when, "/spec/expression": own, "/spec/message": words };
  return {
    faults: Object.entries(parts).flatMap(([pointer, part]) =>
      typeof part === "object" ? [wrong(policy, pointer, part)] : [],
    ),
  };
}

function wrong(policy: Policy, pointer: Pointer, fault: ExpressionError): Diagnostic {
  const field = pointer.slice("/spec/".length);
  return diagnostic({
    severity: "error",
    code: "policy/expression",
    message: say`\`${field}\` of policy \`${policy.name}\` is not right: ${fault.message}.`,
    at: policy.locate(pointer, fault.stretch),
    hint: meant(policy, fault),
  });
}

function meant({ spec: { on } }: Policy, { unknown }: ExpressionError): Wording | undefined {
  const rest = say`It is CEL; partnerctl schema Policy lists what it can speak of.`;
  if (unknown === undefined) return rest;
  if (unknown.of === "fields") return didYouMean(unknown.name, allFields, rest);
  const known = Object.keys(variables[on]);
  return didYouMean(
    unknown.name,
    known,
    say`Known where a policy is on ${on}: ${{ list: known }}.`,
  );
}

const allFields = new Set(Object.values(recordFields).flatMap((fields) => Object.keys(fields)));
