import { readFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { writeProject } from "./bench/manifests.mjs";
import { binary, folder, plain } from "./cli/binary.ts";

const counter = join(import.meta.dirname, "bench/count.mjs");

interface Counts {
  readonly syncs: number;
  readonly opens: number;
  /** Bytes. */
  readonly written: number;
}

/** What a run of the binary asked of the disk. */
async function counted(project: string, args: readonly string[], expected = 0): Promise<Counts> {
  const to = join(folder(), "counts.json");
  const { exitCode, stderr } = await execa(
    process.execPath,
    ["--import", counter, binary, ...args],
    {
      ...plain,
      cwd: project,
      env: { ...plain.env, COUNT_TO: to },
    },
  );
  expect(exitCode, String(stderr)).toBe(expected);
  return JSON.parse(readFileSync(to, "utf8"));
}

function project(count: number, layout: "customer" | "manifest"): string {
  const path = folder();
  writeProject(path, { count, layout });
  return path;
}

const apply = ["apply", "--yes", "--quiet", "--allow", "irreversible"];

test("the bench runs, with every row of its table", async () => {
  const main = join(import.meta.dirname, "bench/main.mjs");
  const { exitCode, stdout, stderr } = await execa(
    process.execPath,
    [main, "--counts", "110", "--rounds", "1", "--layouts", "manifest", "--program", binary],
    plain,
  );
  expect(exitCode, String(stderr)).toBe(0);
  const rows = [
    "partnerctl --version",
    "partnerctl --help",
    "validate, cold",
    "validate, warm",
    "plan, from empty",
    "apply, from empty",
    "plan, idle, warm",
    "plan, idle, manifests cold",
    "plan, idle, ledger cold too",
    "plan, 1 % just changed",
    "plan, 1 % changed, again",
  ];
  for (const row of rows) expect(stdout).toMatch(new RegExp(`^${row} +[0-9]`, "m"));
  expect(stdout).toContain("syncs per 1,000 changes");
});

test("one more file is one more file to open, cold and warm", async () => {
  const [few, many] = [project(33, "manifest"), project(99, "manifest")];
  for (const round of ["cold", "warm"]) {
    const [small, large] = [await counted(few, ["validate"]), await counted(many, ["validate"])];
    expect(large.opens - small.opens, round).toBe(66);
  }
});

test("changes made side by side share syncs, and nothing that is written is written again", async () => {
  const [few, many] = [project(330, "customer"), project(990, "customer")];
  const [small, large] = [await counted(few, apply), await counted(many, apply)];
  // Alone, a change takes three syncs (intent, effect, outcome) and a customer's credential two
  // more: over 3,000.
  expect(large.syncs).toBeLessThan(990);
  expect(large.written).toBeLessThan(small.written * 3.1);
});

test("a plan with nothing to do writes and syncs nothing", async () => {
  const idle = project(33, "customer");
  await counted(idle, apply);
  await counted(idle, ["plan"]);
  const { syncs, written } = await counted(idle, ["plan", "--quiet"]);
  expect({ syncs, written: written < 2_000 }).toEqual({ syncs: 0, written: true });
});
