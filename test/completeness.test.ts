import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

// Every code, action, reason, cause, status and guard that the source knows has an example: a code in what a golden
// case is expected to say or in another test, the rest in the golden cases. Made-up documents that a test is given
// (test/report) are no examples.
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

const sources = texts(src, (file) => file.endsWith(".ts") && !/generated\/|^emulator\//.test(file));
const goldens = texts(join(here, "cases"), (file) => /\/(plan|diagnostics|receipt|again)\.(txt|json)$/.test(file));
const tests = texts(here, (file) => /\.ts$|fixtures\/.*\/expected\.txt$/.test(file) && !/^report\/|^completeness/.test(file));
const cases = goldens.map(({ text }) => text).join("\n");
const examples = cases + tests.map(({ text }) => text).join("\n");

/** Codes are whole literals, or made of a prefix and a word; these are the places that put them together. */
const composed: readonly { readonly files: RegExp; readonly words: RegExp; readonly prefix: string }[] = [
  { files: /^kinds\/subscription\//, words: /\berror\(\s*"([a-z-]+)"/g, prefix: "subscription/" },
  { files: /^kinds\/prices\/price-list/, words: /\bwhat: "([a-z-]+)"/g, prefix: "price-list/" },
  { files: /^manifest\/schema\/(schema-message|limit-messages)/, words: /\b(?:code: |limit\()"([a-z-]+)"/g, prefix: "schema/" },
  { files: /^manifest\/read\/(syntax-message|compose|read-yaml)/, words: /\[\s*"([a-z-]+)",\s*["`][A-Z]/g, prefix: "syntax/" },
  {
    files: /^store\/(files|git)\/(files|revisions|manifest-file|passed-over|not-checked-out)/,
    words: /\b(?:complain\(walk, path|fileTrouble\([^",]+(?:"\."|[^",])*), "([a-z-]+)"/g,
    prefix: "file/",
  },
  { files: /^model\/adapter/, words: /"([a-z-]+)"(?= \||;)(?<=export type Problem = .*)/g, prefix: "backend/" },
  { files: /^(plan\/guard\/|kinds\/user\/guard)/, words: /\b(?:tripped|tripGuard)\(\s*"([a-z-]+)"/g, prefix: "guard/" },
];
const areas: readonly (readonly [call: string, what: string])[] = [
  ["unknownOffer", "offer-unknown"],
  ["unpurchasable", "offer-not-purchasable"],
];

function codes(): readonly string[] {
  const found = sources.flatMap(({ file, text }) => [
    ...words(text.replace(/^(?:import|export).*from.*$/gm, ""), /"([a-z]+(?:-[a-z]+)*\/[a-z-]+)"/g),
    ...composed
      .filter(({ files }) => files.test(file))
      .flatMap(({ words: pattern, prefix }) => words(text, pattern).map((word) => prefix + word)),
    ...areas.flatMap(([call, what]) => words(text, new RegExp(`\\b${call}\\("([a-z]+)"`, "g")).map((area) => `${area}/${what}`)),
  ]);
  return [...new Set(found)].filter((code) => !notCodes.includes(code)).sort();
}

const notCodes = ["partnerctl/conformance", "application/json"];

function words(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map(([, word = ""]) => word);
}

/** The members of a union of texts in the model. */
function members(file: string, type: string): readonly string[] {
  const { text = "" } = sources.find((one) => one.file === file) ?? {};
  return words(new RegExp(`export type ${type} = ([^;]+);`).exec(text)?.[1] ?? "", /"([a-z]+(?:-[a-z]+)*)"/g);
}

describe("everything has an example", () => {
  test("every diagnostic code", () => {
    expect(codes().length).toBeGreaterThan(100);
    const said = codes().filter((code) => !code.startsWith("guard/"));
    expect(said.filter((code) => !new RegExp(`(?<![a-z-])${code}(?![a-z-])`).test(examples))).toEqual([]);
  });

  test("no code is put together in a way this test does not know", () => {
    const known = [
      "subscription/${what}",
      "price-list/${what}",
      "schema/${said.code}",
      "syntax/${code}",
      "file/${code}",
      "backend/${error.problem}",
      "backend/${problem}",
      "guard/${name}",
      "guard/${guard}",
      "policy/${name}",
    ];
    const made = sources.flatMap(({ text }) => words(text, /\bcode: `([^`]+)`/g)).filter((one) => !one.startsWith("${area}/"));
    expect([...new Set(made)].filter((one) => !known.includes(one))).toEqual([]);
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
    const guards = codes().filter((code) => code.startsWith("guard/"));
    expect(guards.length).toBeGreaterThan(8);
    expect(guards.filter((code) => !cases.includes(`Stopped by a guard: ${code.slice(6)}\n`))).toEqual([]);
    expect(guards.filter((code) => !cases.includes(code) && !new RegExp(`Guards lifted:.*${code.slice(6)}`).test(cases))).toEqual([]);
  });
});
