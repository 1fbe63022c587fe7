import { expect, test } from "vitest";
import { kinds } from "../../src/kinds/index.ts";
import { compile } from "../../src/manifest/compile.ts";
import { text } from "../../src/manifest/read/text.ts";
import {
  limitDiagnostics,
  type Diagnostic,
  more,
  mostProblems,
} from "../../src/model/diagnostic.ts";
import { madeUpCode } from "../made-up-code.ts";

function problems(content: string): readonly Diagnostic[] {
  const compiled = compile([{ path: "a.yaml", bytes: Buffer.from(content) }], { kinds, names: {} });
  expect(compiled.ok).toBe(false);
  return compiled.diagnostics;
}

/** What is kept of problems, in characters. */
function size(diagnostics: readonly Diagnostic[]): number {
  return JSON.stringify(diagnostics).length;
}

const head = "apiVersion: partnercenter/v1\nkind: User\nmetadata: { name: a }\nspec:\n";

test.each<readonly [string, (count: number) => string, string]>([
  ["a field written again and again", (count) => "a: 1\n".repeat(count), "syntax/duplicate-key"],
  [
    "unknown fields",
    (count) => head + Array.from({ length: count }, (_, index) => `  a${index}: 1\n`).join(""),
    "schema/unknown-field",
  ],
  [
    "nulls",
    (count) => head + Array.from({ length: count }, (_, index) => `  a${index}:\n`).join(""),
    "syntax/null",
  ],
  ["documents of no kind", (count) => "a: 1\n---\n".repeat(count), "schema/required"],
  ["nulls on one line", (count) => `${head}  a: [${"        ~, ".repeat(count)}]\n`, "syntax/null"],
  [
    "unknown fields on one line",
    (count) =>
      `{ apiVersion: partnercenter/v1, kind: User, ${Array.from({ length: count }, (_, index) => `a${index}: 1`).join(", ")} }`,
    "schema/unknown-field",
  ],
])("of %s the first thousand are told, and of ten times as many no more", (_, made, code) => {
  const [few, many] = [problems(made(1500)), problems(made(15_000))];
  for (const found of [few, many]) {
    expect(found.length).toBeLessThanOrEqual(mostProblems + 1);
    expect(found.filter((one) => one.code === code).length).toBeGreaterThan(0.9 * mostProblems);
    expect(found.at(-1)).toMatchObject({
      severity: "error",
      code: "problems/more",
      hint: "Mend those that are listed first.",
    });
  }
  expect(size(many)).toBeLessThan(1.1 * size(few));
});

test("that some are left out is said once, and the gravest of them counts", () => {
  const one: Diagnostic = { severity: "warning", code: madeUpCode("a/b"), message: "c" };
  const warnings = Array.from({ length: mostProblems + 3 }, () => one);
  expect(limitDiagnostics(warnings.slice(3))).toEqual(warnings.slice(3));
  expect(limitDiagnostics(warnings).at(-1)).toEqual({ ...more, severity: "warning" });
  expect(limitDiagnostics([...warnings, { ...one, severity: "error" }]).at(-1)).toEqual({
    ...more,
    severity: "error",
  });
  expect(limitDiagnostics([{ ...more, severity: "error" }, one])).toEqual([
    one,
    { ...more, severity: "error" },
  ]);
});

test("an error is told before what stops nothing, wherever it stands", () => {
  const warnings = Array.from(
    { length: 2 * mostProblems },
    (_, index): Diagnostic => ({
      severity: index % 2 === 0 ? "note" : "warning",
      code: madeUpCode("a/b"),
      message: String(index),
    }),
  );
  const error: Diagnostic = { severity: "error", code: madeUpCode("c/d"), message: "here" };
  const kept = limitDiagnostics([...warnings, error]);
  expect(kept.slice(-2)).toEqual([error, { ...more, severity: "error" }]);
  expect(kept.filter(({ severity }) => severity === "warning")).toHaveLength(mostProblems - 1);
  expect(kept.slice(0, 2)).toEqual([warnings[1], warnings[3]]);
});

test("of a line as much is shown as helps to find the place, and no secret in it, however long it is", () => {
  const line = `a: ${"x".repeat(100)}, password: ${"y".repeat(1_000_000)}`;
  const { at } = text("a.yaml", line);
  expect(at([0, 1]).excerpt).toBe(`a: ${"x".repeat(100)}, password: ${"*".repeat(12_000 - 115)}`);
  expect(at([500_000, 500_001])).toMatchObject({ column: 500_001, excerpt: "" });
  expect(at([0, 500_000]).excerpt).toBe("");
});

test("a text that is too long is held against no pattern, however much too long it is", () => {
  const before = { test: RegExp.prototype.test, exec: RegExp.prototype.exec };
  let longest = 0;
  const watch = (pattern: RegExp, given: string): void => {
    // What stands in a schema begins with ^; other patterns split and read files.
    if (pattern.source.startsWith("^")) longest = Math.max(longest, given.length);
  };
  const longestFor = (length: number): number => {
    longest = 0;
    for (const kind of kinds) {
      if (!kind.declared) continue;
      const long = {
        "a@": `a@${".".repeat(length)} `,
        a: "a".repeat(length),
        "-": "a-".repeat(length),
      };
      for (const value of Object.values(long)) kind.validate(filled(kind.schema, value));
    }
    return longest;
  };
  try {
    RegExp.prototype.test = function (given) {
      watch(this, given);
      return before.test.call(this, given);
    };
    RegExp.prototype.exec = function (given) {
      watch(this, given);
      return before.exec.call(this, given);
    };
    expect([longestFor(3), longestFor(50_000), longestFor(500_000)]).toEqual([6, 0, 0]);
  } finally {
    Object.assign(RegExp.prototype, before);
  }
});

/** A document in which every text that a schema speaks of is the same. */
function filled(schema: unknown, value: string, root: unknown = schema): unknown {
  const { properties, items, type, $ref } = Object(schema) as Readonly<Record<string, unknown>>;
  if (typeof $ref === "string")
    return filled(
      $ref
        .slice(2)
        .split("/")
        .reduce((one, part) => Object(one)[part], root),
      value,
      root,
    );
  if (properties)
    return Object.fromEntries(
      Object.entries(properties).map(([name, own]) => [name, filled(own, value, root)]),
    );
  if (items) return [filled(items, value, root)];
  return type === "boolean" ? true : type === "integer" ? 1 : value;
}
