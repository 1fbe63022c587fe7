import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { registeredCodes } from "../src/model/codes.ts";

// Every code of the registry, and every action, reason, cause, status and guard, has an example: a
// code in what a golden case is expected to say or in another test, the rest in the golden cases.
// That a code which is reported is in the registry, the compiler holds. Made-up documents that a
// test is given (test/report) are no examples.
const here = import.meta.dirname;
const src = join(here, "../src");

interface Text {
  readonly file: string;
  readonly text: string;
}

function texts(root: string, wanted: (file: string) => boolean): readonly Text[] {
  const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(wanted);
  return files.map((file) => ({ file, text: readFileSync(join(root, file), "utf8") }));
}

const sources = texts(
  src,
  (file) => file.endsWith(".ts") && !/generated\/|^emulator\/|^model\/codes/.test(file),
);
const goldens = texts(join(here, "cases"), (file) =>
  /\/(plan|diagnostics|receipt|again)\.(txt|json)$/.test(file),
);
const tests = texts(
  here,
  (file) =>
    /\.ts$|fixtures\/.*\/expected\.txt$/.test(file) && !/^report\/|^completeness/.test(file),
);
const cases = goldens.map(({ text }) => text).join("\n");
const examples = cases + tests.map(({ text }) => text).join("\n");

/**
 * Codes that stand as they are in the sources; `policy/` leaves the compiler no way to hold them.
 */
function literals(): readonly string[] {
  return [...new Set(sources.flatMap(({ text }) => words(text, /"(policy\/[a-z-]+)"/g)))];
}

function words(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map(([, word = ""]) => word);
}

/** The members of a union of texts in the model. */
function members(file: string, type: string): readonly string[] {
  const { text = "" } = sources.find((one) => one.file === file) ?? {};
  return words(
    new RegExp(`export type ${type} =([^;]+);`).exec(text)?.[1] ?? "",
    /"([a-z]+(?:-[a-z]+)*)"/g,
  );
}

describe("everything has an example", () => {
  test("every diagnostic code", () => {
    const all = registeredCodes().filter((code) => !code.startsWith("guard/"));
    expect(all.length).toBeGreaterThan(100);
    expect(
      all.filter((code) => !new RegExp(`(?<![a-z-])${code}(?![a-z-])`).test(examples)),
    ).toEqual([]);
  });

  test("every code about policies themselves is in the registry", () => {
    expect(literals().length).toBeGreaterThan(5);
    expect(literals().filter((code) => !registeredCodes().some((one) => one === code))).toEqual([]);
  });

  test.each([
    ["action", "model/plan/action.ts", "Action"],
    ["reason", "model/plan/action.ts", "Reason"],
    ["cause", "model/plan/action.ts", "Cause"],
    ["status", "model/plan/receipt.ts", "Status"],
  ])("every %s, in a plan or receipt of a golden case", (field, file, type) => {
    const all = members(file, type);
    expect(all.length).toBeGreaterThan(3);
    expect(all.filter((one) => !cases.includes(`"${field}": "${one}"`))).toEqual([]);
  });

  test("every guard, over its limit and where it was lifted or refused", () => {
    const guards = registeredCodes().filter((code) => code.startsWith("guard/"));
    expect(guards.length).toBeGreaterThan(8);
    expect(
      guards.filter((code) => !cases.includes(`Stopped by a guard: ${code.slice(6)}\n`)),
    ).toEqual([]);
    expect(
      guards.filter(
        (code) =>
          !cases.includes(code) && !new RegExp(`Guards lifted:.*${code.slice(6)}`).test(cases),
      ),
    ).toEqual([]);
  });
});
