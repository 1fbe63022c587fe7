import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { binary, folderWith, partnerctl, plain, settings, users } from "./binary.ts";

const names = Array.from({ length: 6 }, (_, index) => `user-${index}`);
const project = (latency: number) =>
  folderWith({
    "partnerctl.yaml": settings({ latency }, { parallelism: 1 }),
    "manifests/users.yaml": users(...names),
  });
const hasTerminals = !(await execa("script", ["--version"], { reject: false })).failed;
const rewritten = "\r\u001b[2K";

/** Runs the binary on a pseudo-terminal of so many columns. */
function atTerminal(place: string, args: readonly string[], columns = 80) {
  const command = `stty cols ${columns} 2>/dev/null; exec "${process.execPath}" "${binary}" ${args.join(" ")}`;
  return execa("script", ["-qec", command, "/dev/null"], { ...plain, stdin: "pipe", cwd: place });
}

describe.skipIf(!hasTerminals)("at a terminal", () => {
  test("progress is one line that is rewritten, and gone when the result comes", async () => {
    const run = atTerminal(project(0.15), ["apply", "--yes"]);
    run.stdin.end();
    const { exitCode, stdout } = await run;
    expect(exitCode).toBe(0);
    const told = String(stdout).slice(0, String(stdout).indexOf("Applied to"));
    // The plan comes first, and ends with a line of its own.
    const before = told.slice(told.lastIndexOf("\n") + 1);
    const shown = before.split(rewritten);
    expect(shown.length).toBeGreaterThan(4);
    expect(stripVTControlCharacters(shown.at(-1) ?? "something")).toBe("");
    expect(before).toMatch(/[1-5] of 6\b/);
    expect(before).toMatch(/\d+ requests/);
    expect(
      told
        .split(rewritten)
        .filter((piece) => /^(reading|applying)/.test(piece) && piece.includes("\n")),
    ).toEqual([]);
  });

  test("--quiet shows no progress", async () => {
    const run = atTerminal(project(0.15), ["apply", "--yes", "--quiet"]);
    run.stdin.end();
    expect((await run).stdout).not.toContain(rewritten);
  });

  test("a terminal that does not know its width is taken for an ordinary one", async () => {
    const run = atTerminal(project(0), ["plan"], 0);
    run.stdin.end();
    expect((await run).stdout).toMatch(/6 to create; 0 as declared\./);
  });

  test("Ctrl-C at the question applies nothing", async () => {
    const place = project(0);
    const run = atTerminal(place, ["apply"]);
    const said: string[] = [];
    run.stdout.on("data", (text: Buffer) => {
      const asked = said.join("").includes("Type yes:");
      said.push(String(text));
      if (!asked && said.join("").includes("Type yes:")) run.stdin.write("\u0003");
    });
    expect(await run).toMatchObject({
      exitCode: 130,
      stdout: expect.stringContaining("Nothing was applied."),
    });
    expect(said.join("")).toContain("usage/declined");
    expect(said.join("")).not.toContain("Applied to");
    expect(said.join("")).not.toContain("Stopping");
    expect((await partnerctl(place, ["history", "--format", "json"])).stdout).toMatch(
      /"runs": ?\[\]/,
    );
    expect(
      existsSync(join(place, ".partnerctl/ledger.jsonl")) &&
        readFileSync(join(place, ".partnerctl/ledger.jsonl"), "utf8"),
    ).not.toContain('"type":"intent"');
  });
});

/** Answers the question at a terminal with these keys; what was said, and how it ended. */
async function answered(place: string, args: readonly string[], keys: string) {
  const run = atTerminal(place, args);
  let said = "";
  run.stdout.on("data", (text: Buffer) => {
    const asked = said.includes("Type yes:");
    said += String(text);
    if (!asked && said.includes("Type yes:")) run.stdin.write(keys);
  });
  const { exitCode } = await run;
  return { exitCode, said };
}

describe.skipIf(!hasTerminals)("an answer that is no yes", () => {
  const [interrupted, ended] = ["\u0003", "\u0004"];
  test.each([
    [interrupted, 130],
    [ended, 1],
    ["no\n", 1],
  ])("%j to apply", async (keys, exitCode) => {
    const place = project(0);
    expect((await answered(place, ["apply"], keys)).exitCode).toBe(exitCode);
    const ledger = join(place, ".partnerctl/ledger.jsonl");
    expect(existsSync(ledger) ? readFileSync(ledger, "utf8") : "").not.toMatch(
      /"type":"(intent|leased)"/,
    );
  });

  test.each([
    [interrupted, 130],
    [ended, 0],
  ])("%j to pull", async (keys, exitCode) => {
    const place = project(0);
    await partnerctl(place, ["apply", "--yes"]);
    const account = join(place, ".partnerctl/account");
    const other = folderWith({
      "partnerctl.yaml": settings({}, { adapters: { local: { account } } }),
      "manifests/users.yaml": users(names[0] ?? "").replace(
        '"displayName": "user-0"',
        '"displayName": "Somebody"',
      ),
    });
    expect(await partnerctl(other, ["apply", "--yes"])).toMatchObject({ status: 0 });
    const before = readFileSync(join(place, "manifests/users.yaml"), "utf8");
    const { exitCode: status, said } = await answered(place, ["pull"], keys);
    expect(said).toContain("Somebody");
    expect(status).toBe(exitCode);
    expect(readFileSync(join(place, "manifests/users.yaml"), "utf8")).toBe(before);
  });
});

test("elsewhere, long work says now and then how far it is, in plain lines on stderr", async () => {
  const place = project(1.1);
  const { status, stdout, stderr } = await partnerctl(place, ["apply", "--yes"]);
  expect(status).toBe(0);
  expect(stderr).toMatch(/^.*\b[1-5] of [56]\b.*\d requests.*\n/);
  expect(stderr).not.toContain("\r");
  expect(stripVTControlCharacters(stderr)).toBe(stderr);
  expect(stdout).toContain("6 done");
});
