import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { scripts } from "../../src/cli/completion/scripts.ts";
import { folder } from "./binary.ts";
import { partnerctl } from "./one-process.ts";
import { recordedProject } from "./recorded-project.ts";
import { isInstalled, offeredIn, shells } from "./shells.ts";

// What is completed is asked of the shell itself, where it is installed: zsh is typed into. The
// scripts of the others are held by snapshots, as all are.
const installed = await Promise.all(
  Object.entries(shells).map(async ([name, { command }]) => [name, await isInstalled(command)]),
);
const here = installed.flatMap(([name, is]) => (is ? [String(name)] : []));
const missing = installed.flatMap(([name, is]) => (is ? [] : [String(name)]));
if (missing.length > 0)
  console.info(`Completion was not tried in ${missing.join(", ")}: not installed here.`);

describe.each(here)("in %s", (shell) => {
  test("a command, a value, an address, a run, an open change and a file are completed", async () => {
    const { place, run } = await recordedProject();
    const offered = (line: string) => offeredIn(shell, place, line);
    expect(await offered("ap")).toEqual(["apply", "approve"]);
    expect(await offered("plan --format js")).toEqual(["json"]);
    expect(await offered("why User/")).toEqual(["User/li-wei", "User/wang-fang"]);
    expect(await offered("history User/w")).toEqual(["User/wang-fang"]);
    expect(await offered(`history ${run.slice(0, 8)}`)).toEqual([run]);
    expect(await offered("ledger settle U")).toEqual(["User/li-wei#1"]);
    // bash and PowerShell complete files by themselves where there is no answer.
    if (shell === "zsh" || shell === "fish")
      expect(await offered("plan --out part")).toEqual(["partnerctl.yaml"]);
    expect(await offered("why $(touch made)")).not.toContain("User/li-wei");
  });
});

describe.each(Object.keys(scripts))("%s", (shell) => {
  test("the script is what the binary prints", async () => {
    const { status, stdout } = await partnerctl(folder(), ["completion", shell]);
    expect({ status, stdout }).toEqual({ status: 0, stdout: scripts[shell] });
    await expect(stdout).toMatchFileSnapshot(`completion/${shell}.txt`);
  });
});

// PowerShell has no such check.
test.each(here.filter((shell) => shell !== "powershell"))("%s takes its script", async (shell) => {
  const file = join(folder(), "script");
  writeFileSync(file, scripts[shell] ?? "");
  const { exitCode, stderr } = await execa(shell, ["-n", file], { reject: false });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
});
