import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { replaceFile } from "../../src/store/files/atomic-write.ts";
import { binary, folder, folderWith, partnerctl, plain, settings, users } from "../cli/binary.ts";

const names = Array.from({ length: 30 }, (_, index) => `user-${index}`);
const project = () =>
  folderWith({ "partnerctl.yaml": settings(), "manifests/users.yaml": users(...names) });

/** Runs a line of bash in which `ctl` is the binary. */
async function bash(place: string, line: string) {
  const { exitCode, stdout, stderr } = await execa(
    "bash",
    ["-c", `ctl() { "${process.execPath}" "${binary}" "$@"; }; ${line}`],
    {
      ...plain,
      cwd: place,
    },
  );
  return { status: exitCode, stdout: String(stdout), stderr: String(stderr) };
}

const full = "Error: the result could not be written to standard output: the disk is full.\n";
const limited =
  "Error: the result could not be written to standard output: the file would be larger than it may be.\n";

describe("a result that cannot be written", () => {
  test.each([
    "plan",
    "--version",
    "--help",
    "plan --help",
    "plan --format json",
    "completion bash",
  ])("%s", async (words) => {
    const place = project();
    expect(await bash(place, `ctl ${words} -q > /dev/full`)).toEqual({
      status: 1,
      stdout: "",
      stderr: full,
    });
  });

  test("fmt - does not pass for done", async () => {
    expect(await bash(project(), "ctl fmt - < manifests/users.yaml > /dev/full")).toMatchObject({
      status: 1,
      stderr: full,
    });
  });

  test("an apply is done and on record all the same, and the next plan has nothing to do", async () => {
    const place = project();
    expect(await bash(place, "ctl apply --yes -q > /dev/full")).toEqual({
      status: 1,
      stdout: "",
      stderr: full,
    });
    expect(await partnerctl(place, ["plan", "--detailed-exitcode"])).toMatchObject({ status: 0 });
    expect(readFileSync(join(place, ".partnerctl/ledger.jsonl"), "utf8")).toContain(
      '"type":"run-closed"',
    );
  });

  test("a graver status stays", async () => {
    const place = project();
    await bash(place, "ctl apply --yes -q");
    const ledger = join(place, ".partnerctl/ledger.jsonl");
    execFileSync("sed", ["-i", "2s/run-opened/run-closed/", ledger]);
    expect((await bash(place, "ctl plan -q > /dev/full")).status).toBe(1);
  });

  test("a file that takes only a part of it", async () => {
    const place = project();
    const said = await bash(place, "ulimit -f 1; ctl plan --verbose > plan.txt");
    expect(said).toEqual({ status: 1, stdout: "", stderr: limited });
    expect(statSync(join(place, "plan.txt")).size).toBe(1024);
  });

  test("stderr on a full disk takes nothing away from the result, nor from its status", async () => {
    const place = project();
    const usual = await bash(place, "ctl plan");
    expect(await bash(place, "ctl plan 2> /dev/full")).toEqual({ ...usual, stderr: "" });
    expect(await bash(place, "ctl plan nowhere 2> /dev/full")).toEqual({
      status: 1,
      stdout: "",
      stderr: "",
    });
    expect(await bash(place, "ctl apply --yes -q > /dev/full 2> /dev/full")).toEqual({
      status: 1,
      stdout: "",
      stderr: "",
    });
  });

  test("a reader that is gone lost nothing, whatever was written to", async () => {
    const place = project();
    const gone = 'echo "status ${PIPESTATUS[0]}"';
    for (const words of ["--version", "--help", "plan --verbose", "plan nowhere 2>&1"])
      expect((await bash(place, `ctl ${words} | true; ${gone}`)).stdout).toBe(
        `status ${words.includes("nowhere") ? 1 : 0}\n`,
      );
    expect((await bash(place, `ctl apply --yes 2>&1 >/dev/null | true; ${gone}`)).stdout).toBe(
      "status 0\n",
    );
    expect(await partnerctl(place, ["plan", "--detailed-exitcode"])).toMatchObject({ status: 0 });
  });

  test("no stdout and no stderr at all", async () => {
    expect((await bash(project(), "ctl plan -q >&- 2>&-")).status).toBe(0);
  });
});

describe("files that reach their limit", () => {
  test("a plan's file is written whole or not at all", async () => {
    const place = project();
    const { status, stderr } = await bash(place, "ulimit -f 2; ctl plan -q --out plan.json");
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: expect.stringMatching(
        /^error {2}file\/refused\n +\S+plan\.json\s+cannot\s+be\s+used:\s+the\s+file\s+would\s+be\s+larger\s+than\s+it\s+may\s+be\.\n/,
      ),
    });
    expect(readdirSync(place).sort()).toEqual([".partnerctl", "manifests", "partnerctl.yaml"]);
  });

  test("a ledger that may not grow stops the run, is whole, and goes on later", async () => {
    const place = project();
    const { status, stderr } = await bash(place, "ulimit -f 24; ctl apply --yes -q");
    expect(status).not.toBe(0);
    expect(stderr).not.toMatch(/^ {4}at /m);
    expect(stderr.replaceAll(/\s+/g, " ")).toContain("the file would be larger than it may be");
    expect((await partnerctl(place, ["ledger", "verify"])).status).toBe(0);
    expect((await partnerctl(place, ["apply", "--yes"])).status).toBe(0);
    expect(await partnerctl(place, ["plan", "--detailed-exitcode"])).toMatchObject({ status: 0 });
  });
});

describe("a file system without hard links, modes and syncing of folders", () => {
  const poor = { env: { NODE_OPTIONS: `--require ${join(import.meta.dirname, "poor-disk.cjs")}` } };

  test("init, plan, apply, fmt, export and pull work", async () => {
    const place = folder();
    for (const args of [
      ["init", "."],
      ["fmt"],
      ["plan", "--out", "plan.json"],
      ["apply", "plan.json"],
      ["export", "--out", "live"],
    ])
      expect(await partnerctl(place, args, poor), args.join(" ")).toMatchObject({ status: 0 });
    expect(await partnerctl(place, ["plan", "--detailed-exitcode"], poor)).toMatchObject({
      status: 0,
    });
    expect(await partnerctl(place, ["ledger", "verify"], poor)).toMatchObject({ status: 0 });
  });

  test("two applies at once write one ledger that is whole", async () => {
    const place = project();
    const both = await Promise.all(
      [1, 2].map(() => partnerctl(place, ["apply", "--yes", "-q"], poor)),
    );
    expect(both.map(({ status }) => status)).toContain(0);
    expect(both.map(({ stderr }) => stderr).join("")).not.toMatch(/^ {4}at /m);
    expect(await partnerctl(place, ["ledger", "verify"])).toMatchObject({ status: 0 });
    expect(await partnerctl(place, ["plan", "--detailed-exitcode"])).toMatchObject({ status: 0 });
  });

  test("a file that is there is not replaced where it is to be kept", async () => {
    const place = folderWith({ "kept.txt": "first" });
    const said = await partnerctl(place, ["init", "."], poor);
    expect(said.status).toBe(0);
    expect(readdirSync(place).filter((name) => name.endsWith(".tmp"))).toEqual([]);
    const again = await partnerctl(place, ["init", "."], poor);
    expect(again).toMatchObject({
      status: 0,
      stderr: expect.stringContaining("Left as they were: "),
    });
  });
});

describe("what is no file", () => {
  test("a device or a stream is written to, and stays what it is", async () => {
    const place = project();
    replaceFile("/dev/null", "gone", { mode: 0o644 });
    expect(statSync("/dev/null").isCharacterDevice()).toBe(true);
    const { status, stdout } = await bash(
      place,
      "ctl plan -q --save json=/dev/stdout --out /dev/null | cat",
    );
    expect(status).toBe(0);
    expect(stdout).toContain('"digest"');
    expect(existsSync("/dev/stdout")).toBe(true);
    expect(
      (
        await bash(
          place,
          "ctl plan -q --save html=>(wc -c > size.txt) >/dev/null; sleep 1; cat size.txt",
        )
      ).stdout,
    ).toMatch(/^\d{4,}\n$/);
  });
});

describe("two results and one name", () => {
  test.each([
    [["--save", "pdf=plan.pdf"], 'Allowed choices are "text", "json"'],
    [["--save", "=plan.html"], "Expected FORMAT=FILE"],
    [["--save", "html="], "Expected FORMAT=FILE"],
    [["--save", "html=a", "--save", "pdf=b"], 'Allowed choices are "text", "json"'],
    [["--save", "html=a", "--save", "json=./a"], "Another result is already written to ./a"],
    [["--save", "json=a", "--out", "a"], "--save and --out both write to a"],
    [["--format", "json", "--format", "html"], "It was given before with another value, json"],
    [["--format", "pdf", "--format", "text"], 'Allowed choices are "text", "json"'],
    [["--out", "a", "--out", "b"], "It was given before with another value, a"],
    [["--env", "test", "--env", "live"], "It was given before with another value, test"],
    [
      ["--at", "2026-01-01", "--at", "2026-01-02"],
      "It was given before with another value, 2026-01-01",
    ],
    [["--at", "2027-02-29"], "Expected a day as YYYY-MM-DD"],
  ])("%j is refused, and nothing is written", async (args, words) => {
    const place = project();
    const { status, stdout, stderr } = await partnerctl(place, ["plan", ...args]);
    expect({ status, stdout, stderr }).toEqual({
      status: 1,
      stdout: "",
      stderr: expect.stringContaining(words),
    });
    expect(stderr).not.toMatch(/^ {4}at /m);
    expect(readdirSync(place).sort()).toEqual(["manifests", "partnerctl.yaml"]);
  });

  test("the same twice is once", async () => {
    expect(
      await partnerctl(project(), ["plan", "-q", "--format", "json", "--format", "json"]),
    ).toMatchObject({ status: 0 });
  });
});
