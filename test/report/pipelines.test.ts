import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import ajvDraft4 from "ajv-draft-04";
import ajvFormats from "ajv-formats";
import { SaxesParser } from "saxes";
import { describe, expect, test } from "vitest";
import type { Address } from "../../src/model/address.ts";
import type { Diagnostic } from "../../src/model/diagnostic.ts";
import type { ChangeId, Plan } from "../../src/model/plan/plan.ts";
import { type DocumentKind, formatsFor, report, type Style } from "../../src/report/index.ts";
import { documentOf } from "./show.ts";
import { language } from "../../src/report/language/language.ts";
import { madeUpCode } from "../made-up-code.ts";
import type { Code } from "../../src/model/codes.ts";

// The formats that pipelines read, over every document in cases/ that they can show. UPDATE=1
// writes anew what is expected of two of them.
const cases = new URL("cases/", import.meta.url);
const style: Style = { color: false, width: 80, folder: "accounts/contoso/" };

function read<T>(name: string, what: string): T {
  return JSON.parse(readFileSync(new URL(`${name}/${what}.json`, cases), "utf8"));
}

function shown(format: string, name: string): string {
  return report(format).show(documentOf(new URL(`${name}/`, cases)), style);
}

/** Every case that a format can show, with what it is. */
function shownBy(format: string): readonly (readonly [string, DocumentKind])[] {
  return readdirSync(cases)
    .map((name) => [name, documentOf(new URL(`${name}/`, cases)).kind] as const)
    .filter(([, kind]) => formatsFor([kind]).includes(format));
}

const require = createRequire(import.meta.url);
const schema = require("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
const ajv = new ajvDraft4.default({ strict: false, unicodeRegExp: false });
ajvFormats.default(ajv);
const isSarif = ajv.compile(schema);

interface SarifRule {
  readonly shortDescription: { readonly text: string };
  readonly help: { readonly text: string };
  readonly helpUri: string;
}

interface SarifResult {
  readonly ruleId: string;
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly locations: readonly [
    { readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } } },
  ];
}

function results(log: string): readonly SarifResult[] {
  return JSON.parse(log).runs[0].results;
}

describe("sarif", () => {
  test.each(shownBy("sarif"))(
    "%s (%s) is as its schema says, and each finding has a place and a fingerprint of its own",
    (name) => {
      const log = shown("sarif", name);
      expect(isSarif(JSON.parse(log)), JSON.stringify(isSarif.errors)).toBe(true);
      const prints = results(log).map((one) => one.partialFingerprints["partnerctl/v1"]);
      expect(new Set(prints).size).toBe(prints.length);
      for (const one of results(log))
        expect(one.locations[0].physicalLocation.artifactLocation.uri).toMatch(
          /^accounts\/contoso\/./,
        );
    },
  );

  test("fingerprints stay the same while lines move and values change, and the language does not matter", () => {
    const given: readonly Diagnostic[] = read("diagnostics", "diagnostics");
    const moved = given.map(({ at, ...one }) => ({
      ...one,
      message: `${one.message} And more.`,
      ...(at && {
        at: {
          ...at,
          line: at.line + 7,
          endLine: at.endLine + 7,
          excerpt: at.excerpt.replace("monthy", "yearly"),
        },
      }),
    }));
    const prints = (all: readonly Diagnostic[]) =>
      results(report("sarif").show({ kind: "diagnostics", diagnostics: all }, style)).map(
        (one) => one.partialFingerprints,
      );
    expect(prints(moved)).toEqual(prints(given));
    expect(given.length).toBeGreaterThan(2);
  });

  test("each rule says what it means and where to read on, in the reader's language", () => {
    const given = (["schema/enum", "policy/of-ours", "ledger/open"] as const).map(
      (code): Diagnostic => ({
        severity: "error",
        code,
        message: "No.",
      }),
    );
    const rulesIn = (how: Style): readonly SarifRule[] =>
      JSON.parse(report("sarif").show({ kind: "diagnostics", diagnostics: given }, how)).runs[0]
        .tool.driver.rules;
    expect(rulesIn(style)).toHaveLength(given.length);
    for (const { shortDescription, help, helpUri } of rulesIn(style)) {
      expect([shortDescription.text, help.text]).toEqual([
        expect.stringMatching(/\.$/),
        expect.stringMatching(/\.$/),
      ]);
      expect(helpUri).toMatch(/^https:\/\/partnerctl\.dev\/docs\/[\w/-]+\.md(#[\w-]+)?$/);
    }
    const chinese = language("zh-CN", JSON.parse(readFileSync("languages/zh-CN.json", "utf8")));
    for (const { shortDescription } of rulesIn({ ...style, language: chinese })) {
      expect(shortDescription.text).toMatch(/。$/);
    }
  });

  test("a guard is found in the settings", () => {
    const log = results(shown("sarif", "plan-stopped"));
    const guard = log.find(({ ruleId }) => ruleId.startsWith("guard/"));
    expect(guard?.locations[0].physicalLocation.artifactLocation.uri).toBe(
      "accounts/contoso/partnerctl.yaml",
    );
  });
});

describe("junit", () => {
  test.each(shownBy("junit"))(
    "%s (%s) is well-formed, and its counts are what it holds",
    (name) => {
      const counted = { testcase: 0, failure: 0 };
      let announced = {};
      const parser = new SaxesParser();
      parser.on("error", (error) => expect.unreachable(error.message));
      parser.on("opentag", ({ name: tag, attributes }) => {
        if (tag === "testcase" || tag === "failure") counted[tag] += 1;
        if (tag === "testsuites")
          announced = { testcase: Number(attributes.tests), failure: Number(attributes.failures) };
      });
      parser.write(shown("junit", name)).close();
      expect(announced).toEqual(counted);
      expect(counted.testcase).toBeGreaterThan(0);
    },
  );
});

/** What a runner makes of a line: actions/runner, src/Runner.Common/ActionCommand.cs. */
function command(line: string): {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
} {
  const [, name = "", all = "", data = ""] = /^::(\w+)(?: (.*?))?::(.*)$/su.exec(line) ?? [];
  const plain = (text: string) =>
    text
      .replaceAll("%0D", "\r")
      .replaceAll("%0A", "\n")
      .replaceAll("%3A", ":")
      .replaceAll("%2C", ",")
      .replaceAll("%25", "%");
  const properties = Object.fromEntries(
    all
      .split(",")
      .map((one) => [one.slice(0, one.indexOf("=")), plain(one.slice(one.indexOf("=") + 1))]),
  );
  return { name, properties, data: plain(data) };
}

describe("github", () => {
  test.each(shownBy("github"))("%s (%s): every line is a command, the errors first", (name) => {
    const lines = shown("github", name).split("\n").filter(Boolean).map(command);
    const order = lines.map((line) => ["error", "warning", "notice"].indexOf(line.name));
    expect(order).toEqual([...order].sort());
    expect(order).not.toContain(-1);
    for (const { properties, data } of lines) {
      expect(properties.title).not.toBe("");
      expect(data).not.toBe("");
      if (properties.file !== undefined) expect(properties.file).toMatch(/^accounts\/contoso\//u);
    }
  });

  test("a text cannot end its line or begin another command", () => {
    const hostile: Diagnostic = {
      severity: "error",
      code: "schema/type",
      message: "50%\n::set-output name=x::1,%0A",
      hint: "\r::error::x",
    };
    const told = report("github").show({ kind: "diagnostics", diagnostics: [hostile] }, style);
    expect(told.trimEnd().split("\n")).toHaveLength(1);
    expect(command(told.trimEnd()).data).toBe("50%␊::set-output name=x::1,%0A\n␍::error::x");
  });
});

test.each(["sarif", "junit", "github"])(
  "%s: diagnostics and a stopped plan, to the letter",
  (format) => {
    const told =
      shown(format, "diagnostics") +
      shown(format, "plan-stopped") +
      (format === "sarif" ? "" : shown(format, "receipt-mixed"));
    const expected = new URL(`pipelines/expected.${format}`, import.meta.url);
    if (process.env.UPDATE === "1") writeFileSync(expected, told);
    expect(told).toBe(readFileSync(expected, "utf8"));
  },
);

test("no more is told than the host shows, the gravest first, and how many more there are", () => {
  const note: Diagnostic = { severity: "note", code: madeUpCode("a/note"), message: "A note." };
  const all = [
    ...Array.from({ length: 9_999 }, () => note),
    { ...note, severity: "error", code: madeUpCode("an/error") } as const,
  ];
  const told = results(report("sarif").show({ kind: "diagnostics", diagnostics: all }, style));
  expect([told.length, told[0]?.ruleId, told.at(-1)?.ruleId]).toEqual([
    5_000,
    "an/error",
    "problems/more",
  ]);
  const lines = report("github")
    .show({ kind: "diagnostics", diagnostics: all }, style)
    .trimEnd()
    .split("\n");
  expect([lines.length, lines[0], lines.at(-1)]).toEqual([
    50,
    expect.stringContaining("title=an/error"),
    expect.stringContaining("… and 9,951 more: 9,951 × a/note"),
  ]);
  const plan: Plan = read("plan-typical", "plan");
  const ofPlan = report("github")
    .show({ kind: "plan", plan: { ...plan, tripped: [], open: [], problems: all } }, style)
    .trimEnd()
    .split("\n");
  expect([ofPlan.length, ofPlan.at(-2), ofPlan.at(-1)]).toEqual([
    50,
    expect.stringContaining("… and 9,952 more"),
    expect.stringContaining("title=plan::"),
  ]);
  const few = Array.from({ length: 50 }, () => note);
  expect(report("github").show({ kind: "diagnostics", diagnostics: few }, style)).not.toContain(
    "problems/more",
  );
});

test("json tells what is wrong with policy tests in the reader's language, as all else", () => {
  const chinese = language("zh-CN", JSON.parse(readFileSync("languages/zh-CN.json", "utf8")));
  const told = {
    severity: "error",
    code: madeUpCode("a/code"),
    message: "A comment needs a space before its #.",
  } as const;
  const found = JSON.parse(
    report("json").show(
      { kind: "policyTests", policyTests: { policies: [], diagnostics: [told] } },
      { ...style, language: chinese },
    ),
  );
  expect(found).toEqual({
    version: 1,
    policies: [],
    diagnostics: [{ ...told, message: chinese.told(told.message) }],
  });
  expect(chinese.told(told.message)).not.toBe(told.message);
});

test.each(["sarif", "junit", "github"])("%s gives nobody's data away", (format) => {
  const plan: Plan = read("plan-typical", "plan");
  const name = "Canary Personal";
  const field = {
    pointer: "/displayName",
    before: name,
    after: `${name} 2`,
    cause: "manifest",
    personal: true,
  } as const;
  const told = report(format).show(
    {
      kind: "plan",
      plan: { ...plan, changes: plan.changes.map((change) => ({ ...change, fields: [field] })) },
    },
    style,
  );
  expect(told).not.toContain(name);
});

test.each(["junit", "sarif", "github"])(
  "in %s an outcome that is open is a failure, told of once, and what is only late is none",
  (format) => {
    const problem = (code: Code, address: string): Diagnostic => ({
      severity: "warning",
      code,
      address: address as Address,
      message: "m",
    });
    const plan = (open: readonly string[], problems: readonly Diagnostic[]) =>
      report(format).show(
        {
          kind: "plan",
          plan: {
            ...read<Plan>("plan-nothing-to-do", "plan"),
            open: open as readonly ChangeId[],
            problems,
            tripped: [],
          },
        },
        style,
      );
    const failures = (text: string) =>
      (text.match(/<failure |"level": "error"|^::error /gm) ?? []).length;
    expect(failures(plan([], [problem("ledger/unsettled", "User/late")]))).toBe(0);
    expect(
      failures(
        plan(
          ["User/a#1"],
          [problem("ledger/unsettled", "User/a"), problem("ledger/unsettled", "User/late")],
        ),
      ),
    ).toBe(1);
    expect(failures(plan(["User/a#1", "User/b#2"], [problem("ledger/open", "User/b")]))).toBe(2);
  },
);
