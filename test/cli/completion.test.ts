import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { commands } from "../../src/cli/commands/index.ts";
import { completions } from "../../src/cli/completion/index.ts";
import { globalOptions } from "../../src/cli/parse/options.ts";
import { folderWith, partnerctl } from "./binary.ts";

async function installed(shell: string): Promise<boolean> {
  const { failed } = await execa(shell, ["-c", "true"], { reject: false });
  return !failed;
}

/** What bash offers for the last of these words. */
async function offered(...words: readonly string[]): Promise<readonly string[]> {
  const script = `${completions.bash?.(commands, globalOptions)}
COMP_WORDS=(${words.map((word) => `'${word}'`).join(" ")}); COMP_CWORD=${words.length - 1}; _partnerctl; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = await execa("bash", ["--norc", "-c", script], { cwd: folderWith({ "plan.json": "{}" }) });
  expect(stderr).toBe("");
  return stdout.split("\n").filter(Boolean);
}

describe("completion", () => {
  test("bash offers commands, options and values", async () => {
    expect(await offered("partnerctl", "ap")).toEqual(["apply", "approve"]);
    expect(await offered("partnerctl", "--env", "production", "his")).toEqual(["history"]);
    expect(await offered("partnerctl", "apply", "--det")).toEqual(["--detached"]);
    expect(await offered("partnerctl", "plan", "--format", "")).toEqual([
      "text",
      "json",
      "markdown",
      "html",
      "sarif",
      "junit",
      "github",
      "csv",
    ]);
    expect(await offered("partnerctl", "completion", "")).toEqual(["bash", "zsh", "fish"]);
    expect(await offered("partnerctl", "completion", "bash", "")).toEqual([]);
    expect(await offered("partnerctl", "plan", "--out", "pl")).toEqual(["plan.json"]);
    expect(await offered("partnerctl", "plan", "--since", "")).toEqual([]);
    const all = await offered("partnerctl", "");
    for (const { name } of commands) expect(all).toContain(name.split(" ")[0]);
    expect(await offered("partnerctl", "ledger", "ver")).toEqual(["verify"]);
  });

  test.each(Object.keys(completions))("%s: the script is what the binary prints, and the shell takes it", async (shell) => {
    const { status, stdout } = await partnerctl(import.meta.dirname, ["completion", shell]);
    expect({ status, stdout }).toEqual({ status: 0, stdout: completions[shell]?.(commands, globalOptions) });
    if (!(await installed(shell))) return;
    const { exitCode, stderr } = await execa(shell, ["-n", join(folderWith({ script: stdout }), "script")], { reject: false });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  });

  test.each(Object.keys(completions))("%s: every command, option and choice is in the script", (shell) => {
    const script = completions[shell]?.(commands, globalOptions) ?? "";
    for (const command of commands) {
      for (const word of command.name.split(" ")) expect(script).toContain(word);
      for (const { flag, choices } of command.options ?? [])
        for (const word of [flag.slice(2), ...(choices ?? [])]) expect(script).toContain(word);
    }
  });
});
