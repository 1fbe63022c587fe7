import type { Address } from "../model/address.ts";
import {
  type Diagnostic,
  diagnostic,
  limitDiagnostics,
  mostProblems,
} from "../model/diagnostic.ts";
import type { PolicySubject } from "../model/policy.ts";
import type { Resource } from "../model/resource.ts";
import { english, say } from "../model/text/phrase.ts";
import type { Rule, Rulebook } from "./compile.ts";
import { type Exceptions, exceptions } from "./exceptions.ts";
import { type RuleVerdict, verdict } from "./verdict.ts";

/** An object that rules are evaluated on. */
export interface RuleSubject {
  readonly kind?: string;
  readonly address?: Address;
  /** Its manifest, if present. */
  readonly resource?: Resource;
  /** The variables of expressions. */
  readonly context: object;
}

/**
 * All subjects. Policies on an omitted type are not evaluated, and their suppressions are not
 * reported.
 */
export interface Subjects {
  readonly resource: readonly RuleSubject[];
  readonly change?: readonly RuleSubject[];
  readonly plan?: readonly RuleSubject[];
}

/**
 * Evaluates the rules. Returns the findings that are not suppressed, and diagnostics about
 * suppressions; beyond `mostProblems`, only the most severe.
 */
export function findings(
  book: Rulebook,
  subjects: Subjects,
  asked: PolicySubject,
): readonly Diagnostic[] {
  const known = exceptions(book.suppressions, asked.today);
  const found = book.rules.flatMap((rule) =>
    ofRule(rule, subjects[rule.policy.spec.on] ?? [], known),
  );
  const asking = new Set(
    book.rules
      .filter(({ policy }) => subjects[policy.spec.on] !== undefined)
      .map(({ policy }) => policy.name),
  );
  const whole = asked.scope === undefined && asked.partial === undefined;
  return limitDiagnostics([...found, ...known.remarks((policy) => asking.has(policy), whole)]);
}

function ofRule(
  rule: Rule,
  subjects: readonly RuleSubject[],
  known: Exceptions,
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const broken = new Map<string, Broken>();
  const { name } = rule.policy;
  for (const subject of subjects) {
    const said = verdict(rule, subject.kind, subject.context);
    if (said.says === "error") breaks(broken, said, subject);
    else if (
      said.says === "fail" &&
      !known.covers(name, subject.address) &&
      found.length <= mostProblems
    )
      found.push(finding(rule, subject, said.message));
  }
  for (const one of broken.values()) found.push(unanswered(rule, one));
  return found;
}

function finding(
  { policy: { name, spec } }: Rule,
  { address, resource }: RuleSubject,
  message: string,
): Diagnostic {
  const { severity = "error", hint, at = "/metadata/name" } = spec;
  return {
    severity,
    code: `policy/${name}`,
    message,
    ...(resource && { at: resource.locate(at) }),
    ...(address !== undefined && { address }),
    ...(hint !== undefined && { hint }),
  };
}

interface Broken {
  readonly error: RuleVerdict & { readonly says: "error" };
  readonly first: RuleSubject;
  others: number;
}

/** Errors with the same message are reported once. */
function breaks(broken: Map<string, Broken>, error: Broken["error"], subject: RuleSubject): void {
  const key = `${error.part} ${english(error.fault.message)}`;
  const known = broken.get(key);
  if (known) known.others += 1;
  else broken.set(key, { error, first: subject, others: 0 });
}

function unanswered(
  { policy }: Rule,
  { error: { part, fault }, first, others }: Broken,
): Diagnostic {
  const where = first.address ?? say`the plan`;
  return diagnostic({
    severity: "error",
    code: "policy/evaluation",
    message:
      others === 0
        ? say`\`${part}\` of policy \`${policy.name}\` cannot be evaluated for ${where}: ${fault.message}.`
        : say`\`${part}\` of policy \`${policy.name}\` cannot be evaluated for ${where} and ${others} more: ${fault.message}.`,
    at: policy.locate(`/spec/${part}`, fault.stretch),
    ...(first.address !== undefined && { address: first.address }),
    hint: say`Ask whether a field is there with has(…), or write spec.?field.orValue(…); what cannot be told counts as an error.`,
  });
}
