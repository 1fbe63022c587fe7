import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { publint } from "publint";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { plain } from "../cli/binary.ts";
import { blocks } from "../docs/readme.ts";

const root = join(import.meta.dirname, "../..");
const elsewhere = mkdtempSync(join(tmpdir(), "partnerctl-package-"));
afterAll(() => rmSync(elsewhere, { recursive: true, force: true }));

const tsconfig = {
  compilerOptions: {
    target: "es2023",
    lib: ["es2023", "dom"],
    module: "nodenext",
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    types: [],
  },
};
const library = `
import { compile, kinds, openProject, type Plan, report } from "partnerctl";
import type { Adapter } from "partnerctl/adapter";
import { conformance, type Step } from "partnerctl/conformance";
import { type Emulator, startEmulator } from "partnerctl/emulator";
import { plan, readManifests } from "partnerctl/engine";
import { openLedger } from "partnerctl/ledger";

export const story = (adapter: Adapter): Promise<readonly Step[]> => conformance({ adapter: async () => adapter });
export const digest = (made: Plan): string => made.digest;
// @ts-expect-error types that were not found would let this pass
export const nothing = (made: Plan) => made.nothing;
const compiled = compile([], { kinds, names: {} });
console.log(compiled.ok && compiled.value.resources.length);
console.log([plan, readManifests, openLedger, report, conformance].map((one) => typeof one).join(" "));

const opened = await openProject("contoso", { actor: "a program" });
if (!opened.ok) throw new Error("not opened");
const project = opened.value;
const planned = await project.plan();
if (!planned.ok) throw new Error("not planned");
const refused = await project.apply(planned.value);
console.log(planned.value.changes.length, refused.status);
const applied = await project.apply(planned.value, { allow: ["irreversible"] });
console.log(applied.status, applied.receipt?.actor, applied.receipt?.results.length);
const again = await project.plan();
console.log(again.ok && again.value.changes.length);
await project.close();
const missing = await openProject("nowhere");
console.log(missing.diagnostics.map(({ code }) => code).join(" "));
const emulator: Emulator = await startEmulator();
console.log((await fetch(\`\${emulator.url}/_emulator/clock\`)).status);
await emulator.close();
`;
const answers = `0
function function function function function
17 guarded
applied a program 17
0
project/none
200
`;

const run = (command: string, args: readonly string[]) =>
  execa(command, args, { ...plain, cwd: elsewhere, reject: true });

/** What comparing the reports of exported names with the sources said. */
let api: { readonly exitCode: number | undefined; readonly stderr: string } | undefined;

beforeAll(async () => {
  const made = await execa(process.execPath, ["release/api.mjs", "--check"], {
    ...plain,
    cwd: root,
  });
  api = { exitCode: made.exitCode, stderr: String(made.stderr) };
  // What npm pack would build first is there already, and other tests are using it.
  await run("npm", ["pack", "--ignore-scripts", "--silent", root]);
  const [tarball = ""] = readdirSync(elsewhere);
  writeFileSync(join(elsewhere, "package.json"), '{ "type": "module", "private": true }\n');
  await run("npm", [
    "install",
    "--offline",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    `./${tarball}`,
  ]);
}, 120_000);

const installed = join(elsewhere, "node_modules/partnerctl");
const shipped = () =>
  readdirSync(installed, { recursive: true, encoding: "utf8", withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(installed.length + 1));

describe("the package, installed in an empty folder without a network", () => {
  test("holds what is used and documented, and nothing else", () => {
    const places = new Set(
      shipped().map((path) => (path.includes("/") ? path.slice(0, path.indexOf("/") + 1) : path)),
    );
    expect([...places].sort()).toEqual([
      "CHANGELOG.md",
      "LICENSE",
      "README.md",
      "README.zh-CN.md",
      "dist/",
      "docs/",
      "examples/",
      "languages/",
      "package.json",
      "pipelines/",
      "schemas/",
    ]);
    expect(
      shipped().filter((path) => path.endsWith(".test.ts") || path.includes(".partnerctl")),
    ).toEqual([]);
    expect(shipped().length).toBeLessThan(140);
    const licences = readFileSync(join(installed, "dist/THIRD-PARTY.txt"), "utf8");
    expect(licences).toMatch(/^yaml \d/m);
    // Two versions of one package, of which one lies inside another package; code and data that a
    // package took over.
    expect(licences.match(/^fast-uri \d\S+ /gm)?.length).toBeGreaterThan(1);
    for (const notice of [/^cookie \d/m, /Einar Otto Stangvik/, /llhttp \(MIT\)/])
      expect(licences).toMatch(notice);
    const [tarball = ""] = readdirSync(elsewhere).filter((name) => name.endsWith(".tgz"));
    expect(readFileSync(join(elsewhere, tarball)).length).toBeLessThan(2_000_000);
  });

  test("exports what the reports in api/ say; npm run api brings them up to date", () => {
    expect(api).toEqual({ exitCode: 0, stderr: "" });
    const names = readFileSync(join(root, "api/index.api.md"), "utf8").match(/^export /gm);
    expect(names?.length).toBeLessThanOrEqual(25);
  });

  test("holds one file of types for each entry", () => {
    const { exports } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
    const types = Object.values(exports).flatMap((one) => Object(one).types ?? []);
    expect(
      shipped()
        .filter((path) => path.endsWith(".d.ts"))
        .sort(),
    ).toEqual(types.map((path) => path.slice(2)).sort());
    expect(types.length).toBeGreaterThan(1);
  });

  test("brings no other packages", () => {
    expect(
      readdirSync(join(elsewhere, "node_modules")).filter((name) => !name.startsWith(".")),
    ).toEqual(["partnerctl"]);
  });

  test("gives a command that works", async () => {
    const command = join(elsewhere, "node_modules/.bin/partnerctl");
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    expect((await run(command, ["--version"])).stdout).toBe(`${version}\n`);
    expect(
      (await run(command, ["validate", "--project", join(installed, "examples/contoso")])).stdout,
    ).toContain("17 manifests in 6 files are valid.");
  });

  test("gives a library whose types need no other package, and that runs", async () => {
    writeFileSync(join(elsewhere, "tsconfig.json"), JSON.stringify(tsconfig));
    writeFileSync(join(elsewhere, "library.ts"), library);
    blocks("ts").forEach((text, index) => {
      writeFileSync(join(elsewhere, `readme-${index}.ts`), text);
    });
    const types = await execa(
      process.execPath,
      [join(root, "node_modules/typescript/bin/tsc"), "-p", "."],
      { ...plain, cwd: elsewhere },
    );
    expect(String(types.stdout)).toBe("");
    cpSync(join(installed, "examples/contoso"), join(elsewhere, "contoso"), { recursive: true });
    expect((await run(process.execPath, ["library.js"])).stdout).toBe(answers);
    await run(join(elsewhere, "node_modules/.bin/partnerctl"), ["init", "my-account"]);
    expect((await run(process.execPath, ["readme-0.js"])).stdout).toBe("4 changes\n");
  });

  test("publint finds nothing to say", async () => {
    const { messages } = await publint({ pkgDir: installed, strict: true });
    expect(messages).toEqual([]);
  });
});
