import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { families, headings } from "../../src/cli/parse/command-groups.ts";
import { commands } from "../../src/cli/commands/index.ts";
import { wrapWords } from "../../src/cli/parse/help-layout.ts";
import { globalOptions } from "../../src/cli/parse/options.ts";
import { columns as columnsOf } from "../../src/report/wording/layout.ts";
import { binary, folder } from "./binary.ts";
import { partnerctl } from "./one-process.ts";

/** Words that are not Chinese. */
const latin = /[^\s\p{Script=Han}，。、；：！？（）《》“”‘’「」…]+/gu;
const pages = [["--help"], ["plan", "--help"], ["ledger", "settle", "--help"], ["help", "options"]];

describe("what the command line says of itself", () => {
  test("--version is one line", async () => {
    const said = await partnerctl(folder(), ["--version"]);
    expect(said).toEqual({
      status: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
      stderr: "",
    });
  });

  test("--help lists every command", async () => {
    const { status, stdout } = await partnerctl(folder(), ["--help"]);
    expect(status).toBe(0);
    for (const { name, summary } of commands) {
      const [first = "", own] = name.split(" ");
      const group = Object.entries(families).find(([word]) => own !== undefined && word === first);
      expect(stdout).toMatch(
        new RegExp(`^  ${first}\\b.*${(group?.[1].summary ?? summary).slice(0, 20)}`, "m"),
      );
    }
  });

  test("a command stands under a heading, or in the group that its name begins with", () => {
    for (const { name, group } of commands)
      expect(name.includes(" ") ? name.split(" ")[0] : Object.keys(headings)).toEqual(
        name.includes(" ") ? group : expect.arrayContaining([group]),
      );
  });

  test("help loads no command's work: of each file it takes what stands above it", () => {
    const chunks = join(dirname(binary), "chunks");
    const loaded = new Set<string>();
    const load = (file: string): string => {
      if (loaded.has(file)) return "";
      loaded.add(file);
      const text = readFileSync(join(chunks, file), "utf8");
      return (
        text +
        [...text.matchAll(/(?:from|import) "\.\/([^"]+)";/g)]
          .map(([, next = ""]) => load(next))
          .join("")
      );
    };
    const text = load(readdirSync(chunks).find((file) => /^main-\w+\.js$/.test(file)) ?? "");
    expect(text).toContain("apply a reviewed plan as it is, or plan, show, ask and apply");
    expect(text).not.toContain("there is nobody to ask");
    const list = readFileSync(join(import.meta.dirname, "../../src/cli/commands/list.ts"), "utf8");
    expect(list.match(/^export /gm)).toHaveLength(commands.length);
  });

  test.each(Object.keys(families))(
    "%s --help lists the commands of the group, and %s alone fails with it",
    async (family) => {
      const { status, stdout } = await partnerctl(folder(), [family, "--help"]);
      expect(status).toBe(0);
      const own = commands.filter(({ name }) => name.startsWith(`${family} `));
      for (const { name, summary } of own)
        expect(stdout).toMatch(
          new RegExp(`^  ${name.split(" ")[1]}\\b.*${summary.slice(0, 20)}`, "m"),
        );
      expect(await partnerctl(folder(), [family])).toMatchObject({
        status: 1,
        stdout: "",
        stderr: stdout,
      });
    },
  );

  test.each(commands.map((command) => [command.name, command] as const))(
    "%s --help lists its exit statuses, its options and an example",
    async (name, command) => {
      const { status, stdout, stderr } = await partnerctl(folder(), [...name.split(" "), "--help"]);
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      const filled = stdout.replaceAll(/\s+/g, " ");
      for (const [exit, meaning] of Object.entries(command.exits))
        expect(filled).toContain(` ${exit} ${meaning} `);
      for (const { flag } of command.options ?? []) expect(stdout).toContain(flag);
      for (const { flag } of globalOptions)
        if (flag !== "--format") expect(stdout).not.toContain(`  ${flag}`);
      expect(stdout).toContain("partnerctl help options");
      for (const example of command.examples) expect(stdout).toContain(`  ${example}\n`);
    },
  );

  test("every example starts a command that exists, with options it has", () => {
    for (const command of commands) {
      for (const example of command.examples) {
        const [, own = ""] = example.match(/partnerctl ([^|>)]*)/) ?? [];
        expect(`${own} `.startsWith(`${command.name} `)).toBe(true);
        const known = new Set<string>(
          [...(command.options ?? []), ...globalOptions].map(({ flag }) => flag),
        );
        for (const flag of own.match(/--[a-z-]+/g) ?? []) expect(known).toContain(flag);
      }
    }
  });

  test.each([
    [["plam"], "Did you mean `plan`?"],
    [["help", "plam"], "Did you mean `plan`?"],
    [["plan", "--formt", "json"], "Did you mean `--format`?"],
    [["apply", "--alow", "x"], "Did you mean `--allow`?"],
    [["plan", "--format", "yaml"], 'Allowed choices are "text", "json", "markdown"'],
    [["plan", "--at", "2026-02-30"], "Expected a day as YYYY-MM-DD"],
    [["apply", "--parallelism", "0"], "Expected a whole number from 1 to 256"],
    [["why"], "The argument address is missing."],
    [["check", "extra"], "Too many arguments for check: expected 0"],
    [["ledger", "settle", "Customer/x#1"], "either --id ID"],
    [["completion", "tcsh"], "There is one for bash, zsh, fish"],
    [["schema", "Nothing"], "Customer"],
    [["explain", "Usr"], "User"],
    [["explain", "guard/mony"], "Did you mean `guard/money`"],
    [["explain", "a/b"], "https://partnerctl.dev/docs/reference/codes.md"],
  ])("%j is refused with advice", async (args, advice) => {
    const { status, stdout, stderr } = await partnerctl(folder(), args);
    expect(status).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toContain(advice);
  });

  test("help options lists the options of every command, and no other help does", async () => {
    const { status, stdout, stderr } = await partnerctl(folder(), ["help", "options"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    for (const { flag, description } of globalOptions) {
      expect(stdout).toContain(flag);
      expect(stdout.replaceAll(/\s+/g, " ")).toContain(description);
    }
    const { stdout: all } = await partnerctl(folder(), ["--help"]);
    expect(globalOptions.filter(({ flag }) => all.includes(`  ${flag}`))).toEqual([]);
    expect(all).toContain("partnerctl help options");
  });

  test.each([
    ["en", "40"],
    ["en", "60"],
    ["en", "100"],
    ["en", "160"],
    ["zh", "40"],
    ["zh", "72"],
    ["zh", "120"],
  ])("help in %s is as wide as %s columns, and breaks no word", async (lang, wide) => {
    const show = async (args: readonly string[], columns: string) =>
      (await partnerctl(folder(), [...args, "--lang", lang], { env: { COLUMNS: columns } })).stdout;
    const words = new Set(
      (await Promise.all(pages.map((args) => show(args, "4000")))).join(" ").match(latin),
    );
    for (const args of pages) {
      const text = await show(args, wide);
      const isExample = (line: string) =>
        line.startsWith("  partnerctl") || line.startsWith("Usage:") || line.startsWith("用法");
      const long = text
        .split("\n")
        .filter(
          (line) => columnsOf(line) > Number(wide) && !isExample(line) && /\S \S/.test(line.trim()),
        );
      expect(long).toEqual([]);
      for (const word of text.match(latin) ?? []) expect(words).toContain(word);
    }
  });

  test("Chinese is broken between the words of the dictionary, and no mark begins a line", () => {
    const text =
      "将清单与帐户进行比对，显示将要更改的内容（仅限这些对象及其所需的对象：地址、种类或模式）。";
    const words = [...new Intl.Segmenter("zh", { granularity: "word" }).segment(text)].map(
      ({ segment }) => segment,
    );
    const ends = new Set(words.map((_, index) => words.slice(0, index + 1).join("").length));
    for (let width = 8; width < 60; width++) {
      const lines = wrapWords(text, width).split("\n");
      expect(lines.join("")).toBe(text);
      for (let index = 1; index <= lines.length; index++)
        expect(ends).toContain(lines.slice(0, index).join("").length);
      expect(lines.filter((line) => /^[，。、；：）]/u.test(line) || /（$/u.test(line))).toEqual(
        [],
      );
    }
  });

  test("without a command it shows help and fails", async () => {
    const { status, stdout, stderr } = await partnerctl(folder(), []);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain("Every day:");
  });

  test.each<readonly [string, readonly string[]]>([
    ["local", ["account", "simulate", "The folder the account is kept in"]],
    [
      "Partner-Center",
      ["tenant", "required", "certificate", "requestsPerMinute", "The rate limit"],
    ],
    [
      "partner-center.certificate",
      ["A PEM file", "secrets.privateKey", "certificates/partnerctl.pem"],
    ],
    ["partner-center.requestsPerMinute", ["500", "minimum 1"]],
    ["partner-center.country", ["CN (cloud: china); US (cloud: global)"]],
    [
      "partner-center.secrets.clientSecret",
      ["string | object", "  secret", "file  string  required"],
    ],
    ["partner-center.capabilities.User", ["false | object", "repeatable"]],
  ])("explain %s tells an adapter's options", async (path, expected) => {
    const { status, stdout } = await partnerctl(folder(), ["explain", path]);
    expect(status).toBe(0);
    for (const text of expected) expect(stdout).toContain(text);
  });

  test.each([
    ["Settings", "ledger"],
    ["Policy", "expression"],
    ["User", "reason"],
  ])("explain %s lists its fields, %s among them", async (name, field) => {
    const { status, stdout } = await partnerctl(folder(), ["explain", name]);
    expect(status).toBe(0);
    expect(stdout).toMatch(new RegExp(`^ {2}${field} `, "m"));
  });

  test.each([
    ["User", { kind: "User", spec: { roles: { administrator: "global" } } }],
    ["Customer.billing", { billing: { address: { postalCode: "100080" } } }],
    ["Settings.priceLists", { priceLists: [{ effective: expect.any(String) }] }],
  ])("explain %s shows an example as YAML that can be copied", async (path, expected) => {
    const { stdout } = await partnerctl(folder(), ["explain", path], { env: { COLUMNS: "40" } });
    const example = stdout.split("\nExample:\n")[1]?.split("\n\n")[0] ?? "";
    expect(parse(example)).toMatchObject(expected);
  });

  test("explain and schema need no project", async () => {
    const place = folder();
    expect(await partnerctl(place, ["explain"])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("Subscription"),
      stderr: "",
    });
    expect(await partnerctl(place, ["explain", "User.recovery"])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("mobilePhone"),
    });
    const code = await partnerctl(place, ["explain", "guard/money"], {
      env: { LANG: "zh_CN.UTF-8" },
    });
    expect(code).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("请拆分更改，或放行防护：--allow money=AMOUNT。"),
    });
    for (const name of [
      "customer",
      "Settings",
      "ledger-entry",
      "Plan",
      "Receipt",
      "local",
      "partner-center",
    ]) {
      const { status, stdout } = await partnerctl(place, ["schema", name]);
      expect(status).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({
        $schema: "https://json-schema.org/draft/2020-12/schema",
        type: "object",
      });
    }
  });
});
