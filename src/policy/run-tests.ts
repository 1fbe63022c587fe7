import { type Diagnostic, diagnostic } from "../model/diagnostic.ts";
import type { Policy, PolicyTest, PolicyTestResult, PolicyTests } from "../model/policy.ts";
import { say } from "../model/text/phrase.ts";
import type { Rule, Rulebook } from "./compile.ts";
import { dayTimestamp } from "./language.ts";
import { changeRecord, liveRecord, planRecord, resourceRecord } from "./records.ts";
import { type RuleVerdict, verdict } from "./verdict.ts";
import { record } from "../model/text/recorded.ts";
import { wordingOf } from "../model/text/worded-error.ts";

/** Runs the tests in the policies, and adds a note for each policy without tests. */
export function runPolicyTests({ rules }: Rulebook): PolicyTests {
  return {
    policies: rules.map((rule) => ({
      name: rule.policy.name,
      tests: (rule.policy.spec.tests ?? []).map((test, index) => runPolicyTest(rule, test, index)),
    })),
    diagnostics: rules.flatMap(({ policy }) =>
      policy.spec.tests?.length ? [] : [untested(policy)],
    ),
  };
}

function untested(policy: Policy): Diagnostic {
  const message = say`Policy \`${policy.name}\` has no tests.`;
  const hint = say`Give it tests under \`spec.tests\`: one that passes and one that fails.`;
  return diagnostic({
    severity: "note",
    code: "policy/untested",
    message,
    at: policy.locate("/metadata/name"),
    hint,
  });
}

function runPolicyTest(rule: Rule, test: PolicyTest, index: number): PolicyTestResult {
  const said = asked(rule, test);
  const message =
    said.says === "fail" ? said.message : said.says === "error" ? said.fault.message : undefined;
  const wrongWords =
    said.says === "fail" && test.message !== undefined && test.message !== said.message;
  return record({
    name: test.name,
    expected: test.expect,
    actual: said.says,
    passed: said.says === test.expect && !wrongWords,
    ...(message !== undefined && { message }),
    ...(wrongWords && { expectedMessage: test.message }),
    at: rule.policy.locate(`/spec/tests/${index}/name`),
  });
}

function asked(rule: Rule, test: PolicyTest): RuleVerdict {
  try {
    return verdict(rule, kindOf(rule.policy, test), context(test));
  } catch (error) {
    // Users write the values in a test, so their shape may be wrong.
    if (!(error instanceof Error)) throw error;
    const message = say`what it gives is not of the right form: ${wordingOf(error)}`;
    return { says: "error", part: "expression", fault: { message, stretch: [0, 1] } };
  }
}

function kindOf({ spec }: Policy, test: PolicyTest): string | undefined {
  if (spec.on === "plan") return undefined;
  const given: { readonly kind?: unknown } =
    (spec.on === "change" ? test.change : test.resource) ?? {};
  return typeof given.kind === "string" ? given.kind : spec.kinds?.[0];
}

function context({ today = "2026-01-01", environment = "", ...given }: PolicyTest): object {
  const changes: object = given.plan ?? {};
  const listed =
    "changes" in changes && Array.isArray(changes.changes)
      ? changes.changes
      : given.change
        ? [given.change]
        : [];
  return {
    today: dayTimestamp(today),
    environment,
    change: changeRecord(given.change ?? {}),
    resource: resourceRecord(given.resource ?? {}),
    plan: planRecord(given.plan ?? {}, listed.map(changeRecord)),
    resources: (given.resources ?? []).map(resourceRecord),
    account: (given.account ?? []).map(liveRecord),
    after: (given.after ?? []).map(liveRecord),
  };
}
