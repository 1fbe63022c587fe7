import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { loadOptionsSchemas } from "../../src/adapters/index.ts";
import { commands } from "../../src/cli/commands/index.ts";
import { globalOptions } from "../../src/cli/parse/options.ts";
import { kinds } from "../../src/kinds/index.ts";
import { compile } from "../../src/manifest/compile.ts";
import { readSettings } from "../../src/manifest/settings/settings.ts";
import { folder, plain } from "../cli/binary.ts";
import { partnerctl } from "../cli/one-process.ts";
import { blocks, readme } from "./readme.ts";

const root = join(import.meta.dirname, "../..");
const { version, scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const source = (path: string, text: string) => ({ path, bytes: new TextEncoder().encode(text) });
const adapters = await loadOptionsSchemas();
const settingsOf = (text: string) =>
  readSettings(source("partnerctl.yaml", text), {
    adapters,
    variables: { PARTNERCTL_LEDGER_KEY: "a key of some length" },
  });
const settings = blocks("yaml").filter((text) => text.includes("kind: Settings"));
const manifests = blocks("yaml").filter((text) => !text.includes("kind: Settings"));
const lines = blocks("sh")
  .flatMap((text) => text.trimEnd().split("\n"))
  .map((line) => line.replace(/ +#.*/, ""));

/** Durations differ from run to run, and how often the account is read is nobody's promise. */
function settled(text: string): string {
  return text.replaceAll(/in \d[\d.]* m?s; \d+ reads?/g, "in N ms; N reads");
}

describe("the README", () => {
  test("fits its promise: short, and without a path of somebody's machine", () => {
    expect(readme.length).toBeLessThan(9000);
    for (const line of readme.split("\n")) expect([...line].length, line).toBeLessThanOrEqual(100);
    expect(readme).not.toMatch(/(?:^|[\s`"(])\/(?:home|root|tmp|work|Users)\//);
  });

  test("shows the walk as it is, on one screen", async () => {
    const { exitCode, stdout, stderr } = await execa("sh", [join(root, "examples/walk.sh")], {
      ...plain,
      cwd: folder(),
    });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    const [shown = ""] = blocks("text");
    expect(settled(shown)).toBe(settled(String(stdout)));
    const screen = shown.trimEnd().split("\n");
    expect(screen.length).toBeLessThanOrEqual(45);
    for (const line of screen) expect([...line].length, line).toBeLessThanOrEqual(80);
  });

  test("its manifests are valid among those of the example", () => {
    expect(manifests).not.toHaveLength(0);
    const contoso = settingsOf(
      readFileSync(join(root, "examples/contoso/partnerctl.yaml"), "utf8"),
    );
    if (!contoso.ok) throw new Error("the example's settings are wrong");
    const [customer = ""] = readFileSync(
      join(root, "examples/contoso/manifests/customers/fabrikam.yaml"),
      "utf8",
    ).split("---\n");
    const names = { Offer: contoso.value.settings.offers ?? {} };
    const compiled = compile(
      [
        source("customer.yaml", customer),
        ...manifests.map((text, index) => source(`${index}.yaml`, text)),
      ],
      {
        kinds,
        names,
      },
    );
    expect(compiled).toMatchObject({ ok: true, diagnostics: [] });
  });

  test("its settings are valid", () => {
    expect(settings).not.toHaveLength(0);
    for (const text of settings)
      expect(settingsOf(text)).toMatchObject({ ok: true, diagnostics: [] });
  });

  test("its daily loop works on the project that init makes", async () => {
    let place = folder();
    const loop = lines.filter((line) => !line.startsWith("npm ")).map((line) => line.split(" "));
    expect(loop.map((words) => words[words[0] === "partnerctl" ? 1 : 0])).toEqual([
      "init",
      "cd",
      "validate",
      "plan",
      "apply",
      "history",
    ]);
    for (const [command, ...args] of loop) {
      if (command === "cd") place = join(place, ...args);
      else expect(await partnerctl(place, args), args.join(" ")).toMatchObject({ status: 0 });
    }
  });

  test("its npm commands are there", () => {
    const npm = lines.filter((line) => line.startsWith("npm "));
    expect(npm).toEqual([
      "npm start",
      "npm test",
      "npm pack",
      `npm install --global ./partnerctl-${version}.tgz`,
    ]);
    expect(scripts).toMatchObject({ start: expect.any(String), test: expect.any(String) });
    expect(lines.filter((line) => line !== "" && !/^(?:npm|partnerctl|cd) /.test(line))).toEqual(
      [],
    );
  });

  test("every command and option it names exists", () => {
    const named = [...readme.matchAll(/`partnerctl ([^`]+)`/g)].map(([, text = ""]) =>
      text.replaceAll(/\s+/g, " "),
    );
    for (const text of named) {
      if (text.startsWith("--")) continue;
      const command = commands.find(({ name }) => `${text} `.startsWith(`${name} `));
      expect(command, text).toBeDefined();
      const known = [...(command?.options ?? []), ...globalOptions].map(({ flag }) => flag);
      for (const flag of text.match(/--[a-z-]+/g) ?? []) expect(known, text).toContain(flag);
    }
    expect(named.length).toBeGreaterThan(3);
  });

  test("every link of it, and of the example's, leads somewhere", () => {
    for (const page of [
      "README.md",
      "CHANGELOG.md",
      "src/README.md",
      "examples/adapter/README.md",
      "examples/contoso/prices/README.md",
    ]) {
      const text = readFileSync(join(root, page), "utf8");
      for (const [, target = ""] of text.matchAll(/\]\(([^)#]+)\)/g)) {
        if (!/^https?:/.test(target))
          expect(existsSync(join(root, page, "..", target)), `${page}: ${target}`).toBe(true);
      }
    }
  });
});
