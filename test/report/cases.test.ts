import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Attestation, Run } from "../../src/model/history.ts";
import { type Report, report, reports, type Style } from "../../src/report/index.ts";

// A case is a folder: one document named for what is shown (receipt.json may have a plan.json beside it), perhaps a
// style.json, and expected.txt and expected.md. UPDATE=1 writes what is expected anew; read the difference before you keep it.
const cases = new URL("cases/", import.meta.url);

const usual: Style = { color: false, width: 80 };

type Show = (one: Report, document: (name: string) => never, style: Style) => string;

const shows: Readonly<Record<string, Show>> = {
  receipt: (one, read, style) => one.receipt(read("receipt"), read("plan"), style),
  plan: (one, read, style) => one.plan(read("plan"), style),
  diagnostics: (one, read, style) => one.diagnostics(read("diagnostics"), style),
  validation: (one, read, style) => one.validation(read("validation"), style),
  history: (one, read, style) => one.history(history(read), style),
  run: (one, read, style) => one.run(read("run"), style),
  verification: (one, read, style) => one.verification(read("verification"), style),
  explanation: (one, read, style) => one.explanation(read("explanation"), style),
  offers: (one, read, style) => one.offers(read("offers"), style),
  provenance: (one, read, style) => one.provenance(read("provenance"), style),
  capabilities: (one, read, style) => one.capabilities(read("capabilities"), style),
  reference: (one, read, style) => one.reference(read("reference"), style),
  lease: (one, read, style) => one.lease(read("lease") ?? undefined, style),
};

function history(read: (name: string) => never): {
  readonly runs: readonly Run[];
  readonly attestations: readonly Attestation[];
} {
  return read("history");
}

function reading(folder: URL): (name: string) => never {
  return (name) => {
    const file = new URL(`${name}.json`, folder);
    return (existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined) as never;
  };
}

function shown(folder: URL, format: string): string {
  const read = reading(folder);
  const what = Object.keys(shows).find((name) => existsSync(new URL(`${name}.json`, folder)));
  const show = shows[what ?? ""];
  if (show === undefined) throw new Error(`${folder.pathname} holds no document of a known name`);
  return show(report(format), read, { ...usual, ...(read("style") as Partial<Style> | undefined) });
}

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

  test("as json: a versioned document with a line break at the end", () => {
    const actual = shown(folder, "json");
    expect(actual.endsWith("}\n")).toBe(true);
    expect(JSON.parse(actual)).toMatchObject({ version: 1 });
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
  expect(reports.map((one) => one.name)).toEqual(["text", "json", "markdown"]);
  expect(() => report("html")).toThrow(/html.*text, json, markdown/);
});
