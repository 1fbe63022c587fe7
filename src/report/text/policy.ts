import type { PolicyTestResult, PolicyTests } from "../../model/policy.ts";
import { clean } from "../sanitize.ts";
import { languageOf } from "../language/language.ts";
import { indentLines, page, wrap } from "../wording/layout.ts";
import { paint } from "../wording/paint.ts";
import type { Style } from "../report.ts";
import { diagnosticLines } from "./diagnostics.ts";
import { number } from "../wording/format.ts";
import { textOf } from "../../model/text/recorded.ts";

/**
 * The results of policy tests: each test by name, failed ones with the actual result, and the
 * count.
 */
export function textPolicyTests(result: PolicyTests, style: Style): string {
  const { policies, diagnostics } = clean(result);
  const tests = policies.flatMap((one) => one.tests);
  const failed = tests.filter(({ passed }) => !passed).length;
  const language = languageOf(style);
  const told =
    failed === 0
      ? language.say`${number(tests.length)} passed.`
      : language.say`${number(failed)} failed, ${number(tests.length - failed)} passed.`;
  return page([
    ...policies
      .filter((one) => one.tests.length > 0)
      .map(({ name, tests: own }) => [
        paint("strong", name, style),
        ...own.flatMap((one) => lines(one, style)),
      ]),
    ...diagnostics.map((one) => diagnosticLines(one, style)),
    [paint(failed === 0 ? "good" : "bad", told, style)],
  ]);
}

function lines(test: PolicyTestResult, style: Style): readonly string[] {
  if (test.passed) return [`  ${paint("good", "✓", style)} ${test.name}`];
  const { at } = test;
  const because = why(test, style).flatMap((one) => wrap(one, style.width - 6));
  return [
    `  ${paint("bad", "✗", style)} ${test.name}  ${paint("dim", `${at.file}:${at.line}`, style)}`,
    ...indentLines(because, 6),
  ];
}

function why(test: PolicyTestResult, style: Style): readonly string[] {
  const { expected, actual, expectedMessage } = test;
  const language = languageOf(style);
  const message = test.message && language.told(textOf(test, "message"));
  if (expectedMessage !== undefined)
    return [
      language.say`expected it to say: ${expectedMessage}`,
      language.say`and it says: ${message ?? ""}`,
    ];
  const outcome =
    actual === "error"
      ? language.say`expected ${expected}, and it could not be evaluated`
      : language.say`expected ${expected}, got ${actual}`;
  return [message === undefined ? outcome : language.say`${outcome}: ${message}`];
}
