import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { commands } from "../../src/cli/commands/index.ts";
import { sha256 } from "../../src/model/values/digest.ts";
import { reports, formatsFor } from "../../src/report/index.ts";
import { folder } from "../cli/binary.ts";
import { partnerctl } from "../cli/one-process.ts";

/** The texts of a page's elements of one sort, as a browser would read them. */
function texts(page: string, element: string): readonly string[] {
  const found = page.matchAll(
    new RegExp(`<${element}[^>]*>([\\s\\S]*?)</${element.split(" ")[0]}>`, "g"),
  );
  return [...found].map(([, text = ""]) =>
    text
      .replaceAll(/<[^>]+>/g, "")
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&quot;", '"')
      .replaceAll("&#39;", "'")
      .replaceAll("&amp;", "&"),
  );
}

function digestOf(page: string): string | undefined {
  return /<code id="digest">([0-9a-f]{64})</.exec(page)?.[1];
}

describe("a format that cannot show a command's result", () => {
  test("is refused before anything is done, with those that can", async () => {
    expect(await partnerctl(folder(), ["offers", "--format", "html"])).toEqual({
      status: 1,
      stdout: expect.stringContaining(
        "offers cannot be shown as html: expected &quot;text&quot;, &quot;json&quot;, &quot;markdown&quot;.",
      ),
      stderr: "",
    });
    const place = folder();
    expect(await partnerctl(place, ["why", "User/x", "--format", "junit"])).toMatchObject({
      status: 1,
      stdout: expect.stringContaining("usage/format"),
    });
    expect(readdirSync(place)).toEqual([]);
  });

  test("every command says what its result is made of", () => {
    const folder = join(import.meta.dirname, "../../src/cli/commands");
    const sources = readdirSync(folder, { recursive: true, encoding: "utf8" });
    const groups = commands.flatMap(({ name }) => name.match(/^\w+(?= )/)?.[0] ?? []);
    const grouped = new Set(groups);
    for (const { name, shows = [] } of commands) {
      const word = `${name.split(" ").at(-1)}.ts`;
      const own = name.includes(" ")
        ? sources.find((one) => one === `${name.replace(" ", "/")}.ts`)
        : sources.find((one) => basename(one) === word && !grouped.has(dirname(one)));
      const file = join(folder, own ?? name);
      const used = [
        ...readFileSync(file, "utf8").matchAll(/terminal\.show\(\{\s*kind: "(\w+)"/g),
      ].map(([, kind]) => kind);
      expect([name, shows]).toEqual([name, expect.arrayContaining(used)]);
      expect(formatsFor(shows)).toEqual(expect.arrayContaining(["text", "json"]));
    }
    expect(formatsFor(["plan"])).toEqual(
      reports.filter((one) => one.otherwise || one.renderers.plan).map((one) => one.name),
    );
  });
});

describe("a project of one's own", () => {
  let project = "";
  const run = (...args: string[]) => partnerctl(project, args);

  beforeAll(async () => {
    project = mkdtempSync(join(tmpdir(), "partnerctl-html-"));
    await run("init", ".");
  });
  afterAll(() => rmSync(project, { recursive: true, force: true }));

  test("plan: its digest is that of what --format json prints under the same mask", async () => {
    const { status, stdout } = await run("plan", "--format", "html");
    expect(status).toBe(0);
    expect(digestOf(stdout)).toBe(
      sha256((await run("plan", "--format", "json", "--mask-personal")).stdout),
    );
  });

  test("apply: the receipt's page tells what the plan meant", async () => {
    const { status, stdout } = await run("apply", "--yes", "--actor", "li.wei", "--format", "html");
    expect(status).toBe(0);
    expect(texts(stdout, "h1")[0]).toContain("UTC");
    expect(stdout).toContain("User/");
    expect(texts(stdout, 'table class="matrix"')).toHaveLength(1);
  });

  test("history: a period, its proof, and the embedded JSON", async () => {
    const today = new Date().toISOString().slice(0, 10);
    const { status, stdout } = await run(
      "history",
      "--from",
      today,
      "--to",
      today,
      "--format",
      "html",
    );
    expect(status).toBe(0);
    expect(stdout).toContain("li.wei");
    expect(stdout).toContain("Consistent: the chain is whole.");
    const printed = await run("history", "--from", today, "--to", today, "--format", "json");
    expect(digestOf(stdout)).toBe(sha256(printed.stdout));
    const told = JSON.parse(printed.stdout);
    expect(told).toMatchObject({
      period: { from: today, to: today },
      proof: { consistent: true, first: { seq: 1 }, last: { hash: told.proof.head } },
    });
    expect(told.runs).toHaveLength(1);
  });

  test.each([
    [["--from", "2000-01-01", "--to", "2000-12-31"], 0],
    [["--from", "2999-01-01"], 0],
    [["--to", "2999-01-01"], 1],
    [["--from", "2000-01-01"], 1],
  ])("history %j", async (period, runs) => {
    const told = JSON.parse((await run("history", ...period, "--format", "json")).stdout);
    expect(told.runs).toHaveLength(runs);
    expect(told.proof.entries).toBeGreaterThan(2);
    expect("first" in told.proof).toBe(runs > 0);
  });

  test("the check without this tool prints nothing, and two lines where an entry was touched", async () => {
    const { stdout } = await run("ledger", "verify", "--format", "html");
    const script =
      texts(stdout, 'pre tabindex="0"').find((text) => text.includes("sha256sum | cut")) ?? "";
    const shell = async () =>
      (await execa("sh", ["-c", script], { cwd: join(project, ".partnerctl") })).stdout.trim();
    expect(await shell()).toBe("");
    const ledger = join(project, ".partnerctl/ledger.jsonl");
    const kept = readFileSync(ledger, "utf8");
    writeFileSync(ledger, kept.replace("li.wei", "li.wu"));
    expect((await shell()).split("\n").length).toBeGreaterThanOrEqual(2);
    writeFileSync(ledger, kept);
  });
});
