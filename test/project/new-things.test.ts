import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { folderWith, plain } from "../cli/binary.ts";
import { addLanguage, addToy, ownFiles, toys } from "./toys.ts";

// A copy of the repository gets one of each new thing that the map names, with the files and lines
// that the map names and no others; the copy is built, type-checked and tested once, with all of
// them.
const root = join(import.meta.dirname, "../..");
const copy = mkdtempSync(join(root, ".toys-"));
afterAll(() => rmSync(copy, { recursive: true, force: true }));

const left = new Set([".git", "dist", "coverage", "node_modules"]);
const surroundings = {
  ...plain,
  cwd: copy,
  all: true,
  env: { ...plain.env, VITEST_MAX_WORKERS: "2" },
} as const;
const node = (args: readonly string[], cwd = copy) =>
  execa(process.execPath, args, { ...surroundings, cwd });

let built: { readonly exitCode: number | undefined; readonly all: string } | undefined;

beforeAll(async () => {
  for (const entry of readdirSync(root).filter(
    (name) => !left.has(name) && !/^\.t(?:oy|ype)s-/.test(name),
  ))
    cpSync(join(root, entry), join(copy, entry), { recursive: true });
  // Thousands of files, of which none is written to.
  await execa("cp", ["-al", join(root, "node_modules"), join(copy, "node_modules")]);
  for (const toy of toys) addToy(copy, toy);
  addLanguage(copy);
  const made = await node(["esbuild.config.mjs"]);
  built = { exitCode: made.exitCode, all: String(made.all) };
  await node(["docs/generate.mjs"]);
  await node(["docs/translated.mjs", "--renew"]);
}, 180_000);

interface Row {
  readonly row: string;
  readonly files: string;
  readonly lines: string;
}

/** The table of the map. */
const rows: readonly Row[] =
  readFileSync(join(root, "src/README.md"), "utf8")
    .split("## Where a new thing goes")[1]
    ?.split("\n## ")[0]
    ?.split("\n")
    .filter((line) => line.startsWith("|"))
    .slice(2)
    .map((line) => line.split("|").map((cell) => cell.trim()))
    .map(([, row = "", files = "", lines = ""]) => ({ row, files, lines })) ?? [];

/** What a cell names, as patterns of paths: `x`, `<name>` and the like are the toy's. */
function pathsIn(cell: string): readonly RegExp[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, path = ""]) => {
    const open = path
      .replaceAll(/[.()]/g, "\\$&")
      .replaceAll(/<[a-z ]+>/g, "[\\w-]+")
      .replaceAll(/\bx\b/g, "toy");
    return new RegExp(`^(?:src/)?${open}${path.endsWith("/") ? ".*" : ""}$`);
  });
}

describe("where a new thing goes", () => {
  test("each row of the map has its toy", () => {
    expect(toys.map(({ row }) => row)).toEqual(rows.map(({ row }) => row));
  });

  test.each(toys)("$row takes the files and lines that its row names, and no others", (toy) => {
    const { files = "", lines = "" } = rows.find(({ row }) => row === toy.row) ?? {};
    const isNamed = (path: string, cell: string) =>
      pathsIn(cell).some((pattern) => pattern.test(path));
    // A test of a line or two, which rows name in words.
    const own = ownFiles(toy).filter(
      (path) => !(path.startsWith("test/conformance/") && /conformance test/.test(files)),
    );
    expect(own.filter((path) => !isNamed(path, files))).toEqual([]);
    expect(
      Object.keys(toy.edits ?? {}).filter((path) => !isNamed(path, `${files} ${lines}`)),
    ).toEqual([]);
    const named = pathsIn(lines).filter(
      (pattern) => !Object.keys(toy.edits ?? {}).some((path) => pattern.test(path)),
    );
    expect(lines.includes(" or ") ? [] : named).toEqual([]);
  });

  test("the copy builds, and type-checks with its tests", { timeout: 180_000 }, async () => {
    expect(built).toEqual({ exitCode: 0, all: "" });
    const types = await node([join(root, "node_modules/typescript/bin/tsc"), "--noEmit"]);
    expect(String(types.all)).toBe("");
  });

  test("the built program has them", { timeout: 180_000 }, async () => {
    const place = folderWith(project);
    const partnerctl = async (...args: string[]) => {
      const { exitCode, all } = await node([join(copy, "dist/partnerctl.js"), ...args], place);
      return [exitCode, String(all)] as const;
    };
    const saying = (text: string) => expect.stringContaining(text);
    expect(await partnerctl("toy", "hello", "--lang", "eo")).toEqual([0, "¿The toy says hello.\n"]);
    expect(await partnerctl("explain", "Toy.size")).toEqual([0, saying("How large it is.")]);
    expect(await partnerctl("plan", "--detailed-exitcode")).toEqual([5, saying("--allow toy")]);
    expect(await partnerctl("plan", "--format", "toy")).toEqual([0, "3\n"]);
    expect(await partnerctl("plan", "--out", "plan.json")).toEqual([0, saying("plan.json")]);
    expect(await partnerctl("ci", "comment", "plan.json")).toEqual([1, saying("GitLab or Toy")]);
    expect(await partnerctl("apply", "--yes", "--allow", "toy")).toEqual([0, saying("3 done")]);
    expect(JSON.parse(readFileSync(join(place, "toys.json"), "utf8"))).toHaveLength(3);
    expect(readFileSync(join(place, "ledger.jsonl.toy"), "utf8")).toContain('"type":"run-closed"');
    expect(await partnerctl("plan", "--detailed-exitcode")).toEqual([0, saying("Nothing to do")]);
    const wrong = (path: string, before: string, after: string) =>
      writeFileSync(
        join(place, path),
        readFileSync(join(place, path), "utf8").replace(before, after),
      );
    wrong("manifests/toys.yaml", "size: 3", "size: 101");
    expect(await partnerctl("validate")).toEqual([1, saying("toy/too-large")]);
    wrong("manifests/toys.yaml", "size: 101", "size: 3");
    wrong("manifests/toys.yaml", "name: doll", "name: train");
    expect(await partnerctl("validate")).toEqual([1, saying("policy/only-balls-and-dolls")]);
    wrong("partnerctl.yaml", "box: toys.json", "boks: toys.json");
    expect(await partnerctl("validate")).toEqual([1, saying("boks")]);
    wrong("partnerctl.yaml", "boks: toys.json", "box: toys.json");
    wrong("partnerctl.yaml", "local: { toy: ball }", "local: { toy: 3 }");
    expect(await partnerctl("validate")).toEqual([
      1,
      saying("partnerctl.yaml:6:17  error  schema/type"),
    ]);
    expect(readFileSync(join(copy, "docs/reference/toys.md"), "utf8")).toContain(
      "A page of its own.",
    );
  });

  test("the tests that concern them pass", { timeout: 180_000 }, async () => {
    const vitest = async (args: readonly string[], env = {}) => {
      const script = join(copy, "node_modules/vitest/vitest.mjs");
      const all = { ...surroundings, env: { ...surroundings.env, ...env } };
      const run = await execa(process.execPath, [script, "run", ...args], all);
      expect(run.exitCode, String(run.all)).toBe(0);
    };
    const shown = (path: string) => readFileSync(join(copy, "test/cases", path), "utf8");
    // As test/README.md says how what a case shows is written; what is there already stays as it
    // is.
    const some = "toys/|guards/guard-toy|toy.md";
    await vitest(["test/cases.test.ts", "test/docs/tutorial.test.ts", "--testNamePattern", some], {
      UPDATE: "1",
    });
    expect(shown("guards/guard-toy/plan.txt")).toContain("Stopped by a guard: toy\n");
    expect(shown("guards/guard-toy-lifted/receipt.txt")).toContain("Guards lifted: toy");
    expect(shown("toys/toy-case/plan.txt")).toBe(shown("causes/cause-both/plan.txt"));
    await vitest([
      "test/architecture.test.ts",
      "test/completeness.test.ts",
      "test/conformance/toy",
      "test/docs/reference.test.ts",
      "test/docs/translations.test.ts",
      "test/kinds/documents.test.ts",
      "test/languages/files.test.ts",
      "test/languages/untagged.test.ts",
    ]);
  });
});

const toy = (name: string) =>
  `apiVersion: partnercenter/v1\nkind: Toy\nmetadata:\n  name: ${name}\nspec:\n  size: 3\n`;
const project = {
  "partnerctl.yaml": `apiVersion: partnercenter/v1
kind: Settings
adapter: toy
adapters:
  toy: { box: toys.json }
  local: { toy: ball }
ledger: { type: toy, path: ledger.jsonl }
`,
  "manifests/toys.yaml": ["ball", "doll", "ball-2"].map(toy).join("---\n"),
  "policies/toys.yaml": `apiVersion: partnercenter/v1
kind: Policy
metadata:
  name: only-balls-and-dolls
spec:
  on: resource
  kinds: [Toy]
  expression: toy(resource.name) || resource.name in ["doll", "ball-2"]
  message: \${resource.name} is no toy.
  severity: error
`,
};
