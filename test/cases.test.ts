import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { report } from "../src/report/index.ts";
import { language } from "../src/report/language/language.ts";
import { allText } from "./languages/leftovers.ts";
import { pseudoFile, pseudoTag, untranslated } from "./languages/pseudo.ts";
import { runCase } from "./story/run-case.ts";

// A case is a folder under its theme, a small story: account.yaml (what was found in the account),
// before/ (manifests applied then), drift.yaml (what happened behind the tool's back since),
// manifests/ (what is planned now; before/ again where there are none), meanwhile.yaml and
// meanwhile/ (between planning and applying), and case.yaml (what it shows, and how it is run).
// What comes of it is in plan.txt, plan.json, diagnostics.txt, receipt.txt, receipt.json and
// again.txt (the JSON only where the file is there). UPDATE=1 writes them anew; read the difference
// before you keep it.
const cases = join(import.meta.dirname, "cases");
const expected = [
  "diagnostics.txt",
  "plan.txt",
  "plan.json",
  "receipt.txt",
  "receipt.json",
  "again.txt",
];
const folders = foldersIn(cases).flatMap((theme) =>
  foldersIn(join(cases, theme)).map((name) => join(theme, name)),
);

const prices = allText(join(import.meta.dirname, "../examples/contoso/prices"));
const pseudo = language(pseudoTag, pseudoFile());
const inEnglish: string[] = [];

beforeAll(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-11-05T09:00:00Z") });
  for (const name of [
    "GITHUB_SHA",
    "CI_COMMIT_SHA",
    "BUILD_SOURCEVERSION",
    "GIT_COMMIT",
    "GITEA_SHA",
  ])
    vi.stubEnv(name, "");
});

afterAll(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

beforeEach(() => {
  vi.setSystemTime("2026-11-05T09:00:00Z");
});

describe("cases", () => {
  for (const name of folders) {
    const folder = join(cases, name);
    const { about } = parse(readFileSync(join(folder, "case.yaml"), "utf8"));
    test(`${name}: ${about}`, async () => {
      const data = allText(folder) + prices;
      const outputs = await runCase(folder, (show) => {
        for (const format of ["text", "markdown", "html"])
          for (const words of untranslated(
            show(report(format), { color: false, width: 200, language: pseudo }),
            data,
          ))
            inEnglish.push(`${name}, ${format}: ${words}`);
      });
      if (process.env.UPDATE === "1") update(folder, outputs);
      for (const file of expected) judge(join(folder, file), outputs[file]);
      for (const file of expected)
        expect(outputs[file] ?? "", join(name, file)).toBe(read(join(folder, file)) ?? "");
    });
  }

  test("none of them says an English sentence that no language file has", () => {
    expect([...new Set(inEnglish)].join("\n")).toBe("");
  });
});

function foldersIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}

function update(folder: string, outputs: Readonly<Record<string, string>>): void {
  for (const file of expected) {
    const path = join(folder, file);
    if (outputs[file] !== undefined) writeFileSync(path, outputs[file]);
    else if (existsSync(path)) rmSync(path);
  }
}

/** Leaves what came out beside what was expected, for as long as they differ. */
function judge(path: string, actual: string | undefined): void {
  if (actual !== undefined && actual !== read(path)) writeFileSync(`${path}.actual`, actual);
  else if (existsSync(`${path}.actual`)) rmSync(`${path}.actual`);
}

function read(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}
