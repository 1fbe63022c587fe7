import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { report, reports } from "../../src/report/index.ts";
import { problemsOf } from "../cli/printed.ts";
import { formatNames } from "../../src/report/load.ts";
import { cases, documentOf, reading, shown } from "./show.ts";

// A case is a folder: one document named for what is shown (receipt.json may have a plan.json
// beside it), perhaps a style.json, and expected.txt and expected.md. UPDATE=1 writes what is
// expected anew; read the difference before you keep it.
describe.each(readdirSync(cases))("%s", (name) => {
  const folder = new URL(`${name}/`, cases);

  test.each([
    ["text", "txt"],
    ["markdown", "md"],
  ])("as %s", (format, ending) => {
    const expected = new URL(`expected.${ending}`, folder);
    const actual = shown(folder, format);
    if (process.env.UPDATE === "1") writeFileSync(expected, actual);
    expect(actual).toBe(readFileSync(expected, "utf8"));
  });

  test("as json: a document as its schema says, with a line break at the end", () => {
    const actual = shown(folder, "json");
    expect(actual.endsWith("}\n")).toBe(true);
    const document = JSON.parse(actual);
    // A name with a line break in it has no place in a pointer by the schema.
    if (name === "plan-hostile") expect(document).toMatchObject({ version: 1 });
    else expect(problemsOf(documentOf(folder).kind, document)).toBe("");
  });
});

test("json prints a plan and a receipt exactly", () => {
  for (const [what, name] of [
    ["plan", "plan-hostile"],
    ["receipt", "receipt-mixed"],
  ] as const) {
    const folder = new URL(`${name}/`, cases);
    expect(JSON.parse(shown(folder, "json"))).toEqual(reading(folder)(what));
  }
});

test("formats are found by name, and an unknown one is named in the error", () => {
  expect(reports.map((one) => one.name)).toEqual(formatNames);
  expect(() => report("pdf")).toThrow(/pdf.*text, json, markdown/);
});
