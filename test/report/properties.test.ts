import fc from "fast-check";
import { expect, test } from "vitest";
import { report, reports } from "../../src/report/index.ts";
import { diagnostic, hugePlan, plans } from "./plans.ts";
import { madeUpCode } from "../made-up-code.ts";

const style = { color: false, width: 80 };
const steers = /(?!\u200c|\u200d|\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes begin with one.
const colours = /\u001b\[\d+m/g;

/** Without colours, and without spaces at the end of a line, which nobody sees. */
function plain(text: string): string {
  return text.replace(colours, "").replace(/ +$/gm, "");
}

function bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}

test("whatever a plan holds, nothing in any format can steer a terminal", () => {
  fc.assert(
    fc.property(plans, fc.integer({ min: 20, max: 140 }), fc.boolean(), (plan, width, verbose) => {
      for (const { name } of reports)
        expect(report(name).show({ kind: "plan", plan }, { ...style, width, verbose })).not.toMatch(
          steers,
        );
    }),
    { numRuns: 40 },
  );
});

test("colour changes nothing but the colour", () => {
  fc.assert(
    fc.property(plans, fc.integer({ min: 40, max: 140 }), (plan, width) => {
      const colored = report("text").show({ kind: "plan", plan }, { color: true, width });
      expect(plain(colored)).toBe(
        plain(report("text").show({ kind: "plan", plan }, { color: false, width })),
      );
      expect(plain(colored)).not.toMatch(steers);
    }),
    { numRuns: 30 },
  );
});

test("json is the plan itself", () => {
  fc.assert(
    fc.property(plans, (plan) => {
      expect(JSON.parse(report("json").show({ kind: "plan", plan }, style))).toEqual(
        JSON.parse(JSON.stringify(plan)),
      );
    }),
    { numRuns: 25 },
  );
});

test("markdown is never over its limit", () => {
  fc.assert(
    fc.property(plans, fc.integer({ min: 0, max: 20_000 }), (plan, limit) => {
      expect(
        bytes(report("markdown").show({ kind: "plan", plan }, { ...style, limit })),
      ).toBeLessThanOrEqual(limit);
    }),
    { numRuns: 50 },
  );
});

test("markdown of anything else is never over its limit", () => {
  fc.assert(
    fc.property(
      fc.array(diagnostic, { maxLength: 60 }),
      fc.integer({ min: 0, max: 5000 }),
      (diagnostics, limit) => {
        const markdown = report("markdown");
        const all = [
          markdown.show({ kind: "diagnostics", diagnostics }, { ...style, limit }),
          markdown.show(
            {
              kind: "validation",
              validation: {
                resources: 1,
                files: 1,
                diagnostics,
                notChecked: diagnostics.map((one) => one.message),
              },
            },
            { ...style, limit },
          ),
          markdown.show(
            {
              kind: "verification",
              verification: {
                ledger: "l",
                entries: 1,
                head: "h",
                consistent: false,
                problems: diagnostics,
              },
            },
            { ...style, limit },
          ),
        ];
        for (const one of all) expect(bytes(one)).toBeLessThanOrEqual(limit);
        for (const one of all) expect(one).not.toMatch(steers);
      },
    ),
    { numRuns: 50 },
  );
});

/**
 * What is left of Markdown once code is taken out: there, somebody else's words could do something.
 */
function outsideCode(markdown: string): string {
  const withoutBlocks = markdown.replace(/^(`{3,})[^\n]*\n[\s\S]*?\n\1$/gm, "");
  return withoutBlocks
    .replace(/<code>[^<`|]*<\/code>/g, "")
    .replace(/`[^`\n]+`/g, "")
    .replace(/<\/?(details|summary)>/g, "");
}

test("in markdown nothing becomes markup, a link, a mention or a table cell", () => {
  fc.assert(
    fc.property(plans, (plan) => {
      const markdown = report("markdown").show(
        { kind: "plan", plan },
        { ...style, limit: 1_000_000 },
      );
      const rest = outsideCode(markdown);
      expect(rest).not.toMatch(/[<@\\$_`&]|:\/\/|www\.|\]\(|!\[/u);
      for (const row of rest.split("\n").filter((line) => line.startsWith("|")))
        expect(row.match(/\|/g)).toHaveLength(6);
    }),
    { numRuns: 50 },
  );
});

test("ten thousand changes are readable: alike ones together, grave ones never hidden", () => {
  const plan = hugePlan(10_000);
  const text = report("text").show({ kind: "plan", plan }, style);
  expect(text.split("\n").length).toBeLessThan(40);
  expect(text).toContain(
    "… and 9,995 more like these: +1 seat each, +CNY 90.00/month each; +9,995",
  );
  expect(text).toContain("! cannot be undone");
  expect(text).toContain("! takes service or data away");
  expect(
    report("text")
      .show({ kind: "plan", plan }, { ...style, verbose: true })
      .split("\n").length,
  ).toBeGreaterThan(10_000);
});

test("a hundred thousand changes stay under the limit, and what was left out is said", () => {
  const markdown = report("markdown").show({ kind: "plan", plan: hugePlan(100_000) }, style);
  expect(bytes(markdown)).toBeLessThanOrEqual(60_000);
  expect(markdown).toContain("99,995 more like these");
  const small = report("markdown").show(
    { kind: "plan", plan: hugePlan(30) },
    { ...style, limit: 3000 },
  );
  expect(bytes(small)).toBeLessThanOrEqual(3000);
  expect(small).toMatch(/… and \d+ more changes that did not fit here/);
});

test("no list is too long to be shown", () => {
  const many = Array.from(
    { length: 130_000 },
    () => ({ severity: "note", code: madeUpCode("a/b"), message: "c" }) as const,
  );
  expect(
    report("text").show({ kind: "diagnostics", diagnostics: many }, style).split("\n\n"),
  ).toHaveLength(many.length + 1);
});
