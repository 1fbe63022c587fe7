import { setFlagsFromString } from "node:v8";
import { describe, expect, test } from "vitest";
import { WordedError } from "../../src/model/text/worded-error.ts";
import { type Expression, expression } from "../../src/policy/expression.ts";
import { language, dayTimestamp } from "../../src/policy/language.ts";
import { meter, mostSteps } from "../../src/policy/meter.ts";
import { matcher } from "../../src/policy/pattern.ts";
import { resourceRecord } from "../../src/policy/records.ts";

// As the command line does before it reads policies.
setFlagsFromString("--enable-experimental-regexp-engine");

function context(
  spec: Readonly<Record<string, string | readonly string[]>> = {},
  resources: readonly object[] = [],
): object {
  return {
    resource: resourceRecord({ kind: "User", name: "a", spec }),
    resources,
    today: dayTimestamp("2026-01-01"),
    environment: "",
  };
}

function compiled(source: string): Expression {
  const made = expression(source, language("resource"), "condition");
  if (typeof made !== "function") throw new WordedError(made.message);
  return made;
}

/** How many steps an expression takes before it ends, or is ended. */
function stepsOf(source: string, given = context()): number {
  const run = language("resource").environment.parse(source);
  expect(run.check().valid).toBe(true);
  const steps = { once: 0, altogether: 0 };
  meter(run.ast, steps);
  try {
    run(given);
  } catch (error) {
    expect(String(error)).toContain("it takes more than 10000000 steps at once");
  }
  return steps.once;
}

const doubled = (times: number) => `["${"a".repeat(64)}"]${".map(s, s + s)".repeat(times)}`;
const held = (times: number): string =>
  times === 0 ? "x == x" : `cel.bind(x, [x, x, x, x], ${held(times - 1)})`;
const hundred = `[${Array.from({ length: 100 }, (_, index) => index)}]`;

describe("an expression is charged for what it goes through", () => {
  test.each<readonly [string, (more: number) => string]>([
    ["a text that is doubled", (more) => `${doubled(22 + more)}[0].size() > 0`],
    [
      "lists of lists",
      (more) =>
        `${hundred}.map(a, ${hundred}.map(b, ${hundred}.map(c, ${hundred}${".map(d, d)".repeat(more)}))).size() > 0`,
    ],
    ["a list in itself, compared", (more) => `cel.bind(x, [1, 2], ${held(12 + more / 2)})`],
    [
      "texts that are joined",
      (more) =>
        `${doubled(14)}.map(s, [${"s, ".repeat(200 + more)}s].join("") + [${"s, ".repeat(200)}s].join("")).map(s, ${hundred}.map(i, s.contains("b"))).size() > 0`,
    ],
  ])("%s is given up, and ten times as much takes no more", (_, made) => {
    const [some, more] = [stepsOf(made(0)), stepsOf(made(10))];
    for (const taken of [some, more]) expect(taken).toBeGreaterThan(mostSteps.once);
    for (const taken of [some, more]) expect(taken).toBeLessThan(4 * mostSteps.once);
  });

  test("and is not tried again, for any other object", () => {
    let asked = 0;
    const watched = Object.defineProperty(context(), "resource", {
      enumerable: true,
      get: () => {
        asked += 1;
        return resourceRecord({ kind: "User", name: "a", spec: {} });
      },
    });
    const own = compiled(`resource.name == "b" || ${doubled(30)}[0].size() > 0`);
    expect(own(watched)).toMatchObject({
      fault: { message: { template: expect.stringContaining("it takes more than") } },
    });
    const before = asked;
    for (let count = 0; count < 1000; count++) expect(own(watched)).toMatchObject({ fault: {} });
    expect(asked).toBe(before);
  });

  test("what exists passes over is charged all the same", () => {
    expect(
      compiled(`[0, 1].exists(i, i == 1 || ${doubled(30)}[0].size() > 0)`)(context()),
    ).toMatchObject({ fault: {} });
  });

  test("a policy that looks at a hundred thousand objects has enough", () => {
    const resources = Array.from({ length: 100_000 }, (_, index) =>
      resourceRecord({ kind: "User", name: `u${index}`, spec: { displayName: "x" } }),
    );
    const source =
      'resources.filter(r, r.kind == "User" && has(r.spec.displayName) && r.name.startsWith("u")).size() == 100000';
    expect(compiled(source)(context({}, resources))).toEqual({ value: true });
  });
});

describe("a pattern takes a time that is known before", () => {
  test.each([
    ["^(a+)+$", "aaa", true],
    ["^[A-Z]{2,20}$", "ABC", true],
    ["^([a-z]+\\.)*example$", "a.b.example", true],
    ["[0-9]{30}", "1", false],
    ["^([0-9a-f][0-9a-f]){32}$", "00".repeat(32), true],
  ])("%s", (pattern, text, expected) => {
    const { test: matches, steps } = matcher(pattern);
    expect(matches(text)).toBe(expected);
    expect(steps(1000)).toBeLessThan(mostSteps.once);
  });

  test.each([
    "(?=a)b",
    "(?<!a)b",
    "(a)\\1",
    "(?<x>a)\\k<x>",
    "^(a{1,30}){1,30}$",
    "^(a+){1,30}$",
    "^(a|a){20,30}b$",
  ])("or is refused: %s", (pattern) => {
    expect(() => matcher(pattern)).toThrow(WordedError);
  });

  test("a pattern that backtracks without end is matched, and costs what it is long", () => {
    const spec = { displayName: `${"a".repeat(50_000)}b` };
    expect(compiled("resource.spec.displayName.matches('^(a+)+$')")(context(spec))).toEqual({
      value: false,
    });
    expect(
      stepsOf(
        "resource.spec.displayName.matches('^(a+)+$')",
        context({ displayName: "a".repeat(500_000) }),
      ),
    ).toBeLessThan(100_000);
    const many = "resource.spec.displayName.matches('^[a-z]{2,30}[a-z]{2,30}[a-z]{2,30}!$')";
    expect(compiled(many)(context(spec))).toMatchObject({
      fault: { message: { template: expect.stringContaining("it takes more than") } },
    });
  });

  test("what is no pattern is told as CEL tells it", () => {
    expect(compiled("'a'.matches('(')")(context())).toMatchObject({
      fault: { message: expect.stringContaining("Invalid regular expression") },
    });
  });
});
