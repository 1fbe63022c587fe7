import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { commands } from "../../src/cli/commands/index.ts";
import { complete } from "../../src/cli/completion/complete.ts";
import { scripts } from "../../src/cli/completion/scripts.ts";
import { globalOptions } from "../../src/cli/parse/options.ts";
import { kinds } from "../../src/kinds/index.ts";
import { registeredCodes } from "../../src/model/codes.ts";
import { binary, folder, folderWith } from "./binary.ts";
import { partnerctl } from "./one-process.ts";

const settings = `apiVersion: partnercenter/v1
kind: Settings
environments:
  production: { parallelism: 4 }
  trial: { manifests: trial }
`;

function customer(name: string): string {
  return `apiVersion: partnercenter/v1\nkind: Customer\nmetadata: { name: ${name} }\nspec: {}\n`;
}

const project = {
  "partnerctl.yaml": settings,
  "manifests/fabrikam.yaml": customer("fabrikam"),
  "manifests/northwind.yaml": `# The alias takes the YAML parser.\nx: &a 1\n---\n${customer("northwind")}`,
  "manifests/broken.yaml": "kind: [\n",
  "manifests/office.yaml":
    "apiVersion: partnercenter/v1\nkind: Subscription\nmetadata: { name: office }\nspec: { customer: fabrikam, quantity: none }\n",
  "trial/adatum.yaml": customer("adatum"),
  "plan.json": "{}",
};

/** What is offered for the last of these words, in a folder. */
async function offered(path: string, ...words: readonly string[]): Promise<readonly string[]> {
  const { status, stdout, stderr } = await partnerctl(path, [
    "complete",
    String(words.length - 1),
    ...words,
  ]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout
    .split("\n")
    .filter(Boolean)
    .map((line) => line.replace(/\t.*/, ""));
}

describe("partnerctl complete", () => {
  test.each<readonly [words: readonly string[], expected: readonly string[]]>([
    [["ap"], ["apply", "approve"]],
    [
      ["help", "ap"],
      ["apply", "approve"],
    ],
    [["--env", "production", "his"], ["history"]],
    [["ledger", "ver"], ["verify"]],
    [["ledger", "verify", "--quie"], ["--quiet"]],
    [["apply", "--det"], ["--detached"]],
    [["plan", "--det"], ["--detailed-exitcode"]],
    [["plan", "--since", ""], []],
    [["plan", "--out", "pl"], [":file"]],
    [["plan", "manifests", ""], [":file"]],
    [
      ["completion", ""],
      ["bash", "zsh", "fish", "powershell"],
    ],
    [["completion", "bash", ""], []],
    [["nothing", ""], []],
    [["plan", "--format", "js"], ["json"]],
    [["plan", "--format=js"], ["--format=json"]],
    // As bash takes it apart.
    [["plan", "--format", "=", "js"], ["json"]],
    [
      ["plan", "--format", "="],
      ["text", "json", "markdown", "html", "sarif", "junit", "github", "ics", "csv"],
    ],
    [["plan", "--lang", "zh"], ["zh-CN"]],
    [
      ["plan", "--env", ""],
      ["production", "trial"],
    ],
    [["plan", "--env", "production", "--no"], ["--no-color"]],
    [
      ["why", ""],
      ["Customer/fabrikam", "Customer/northwind", "Subscription/fabrikam/office"],
    ],
    [["why", "--env", "trial", ""], ["Customer/adatum"]],
    [["why", "Customer/fabrikam", ""], []],
    [["pull", "Customer/fabrikam", "Customer/n"], ["Customer/northwind"]],
    [["ledger", "attest", "plan.json", "Sub"], ["Subscription/fabrikam/office"]],
    [
      ["plan", "--only", "Cust"],
      ["Customer", "Customer/fabrikam", "Customer/northwind"],
    ],
    [["plan", "--only", "User", "Customer/f"], ["Customer/fabrikam"]],
    [["plan", "--only", "User", "--ex"], ["--except"]],
    [["apply", "--allow", "money-"], ["money-taken"]],
    [["schema", "Led"], ["LedgerEntry"]],
    [["explain", "guard/money-"], ["guard/money-taken"]],
    [["explain", "Subscr"], ["Subscription"]],
    [["explain", "User.reco"], ["User.recovery"]],
    [["explain", "Settings.ledger.leas"], ["Settings.ledger.leaseSeconds"]],
  ])("%j", async (words, expected) => {
    const found = await offered(folderWith(project), ...words);
    expect(found.toSorted()).toEqual(expected.toSorted());
  });

  test("offers all commands, options, kinds and codes", async () => {
    const here = async (...words: readonly string[]) =>
      (await complete([String(words.length - 1), ...words]))
        .split("\n")
        .flatMap((line) => line.split("\t")[0] || []);
    const first = commands.map(({ name }) => name.split(" ")[0] ?? "");
    expect(new Set(await here(""))).toEqual(new Set(first));
    expect(await here("explain", "")).toEqual(
      expect.arrayContaining([...kinds.map(({ name }) => name), ...registeredCodes()]),
    );
    for (const { name, options = [] } of commands) {
      const flags = [...options, ...globalOptions].map(({ flag }) => flag);
      expect(await here(...name.split(" "), "-")).toEqual([...flags, "--help"]);
    }
  });

  test("takes the project that is named", async () => {
    expect(
      await offered(folder(), "plan", "--project", folderWith(project), "--env", "pro"),
    ).toEqual(["production"]);
  });

  test("says nothing where there is no project, or none that can be read", async () => {
    expect(await offered(folder(), "why", "")).toEqual([]);
    expect(await offered(folder(), "plan", "--env", "")).toEqual([]);
    const odd = folderWith({
      "partnerctl.yaml": "environments: [\n",
      "manifests/a.yaml": customer("a"),
    });
    expect(await offered(odd, "plan", "--env", "")).toEqual([]);
    expect(await offered(odd, "why", "")).toEqual(["Customer/a"]);
    expect(await partnerctl(odd, ["complete"])).toMatchObject({ status: 0, stderr: "" });
    expect(await partnerctl(odd, ["complete", "x", "y"])).toMatchObject({ status: 0, stderr: "" });
  });

  test("tells in the locale's language what a word is about", async () => {
    const { stdout } = await partnerctl(folder(), ["complete", "0", "why"], {
      env: { LANG: "zh_CN.UTF-8" },
    });
    expect(stdout).toMatch(/^why\t.*\p{Script=Han}.*\n$/u);
  });
});

async function installed(shell: string): Promise<boolean> {
  const { failed } = await execa(shell, ["-c", "exit 0"], { reject: false });
  return !failed;
}

/** What bash holds ready for the last of these words. */
async function inBash(...words: readonly string[]): Promise<readonly string[]> {
  const [bin, path] = [folder(), folderWith(project)];
  symlinkSync(binary, join(bin, "partnerctl"));
  const script = `${scripts.bash}
COMP_WORDS=(${words.map((word) => `'${word}'`).join(" ")}); COMP_CWORD=${words.length - 1}; _partnerctl; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = await execa("bash", ["--norc", "-c", script], {
    cwd: path,
    env: { PATH: `${bin}:${process.env.PATH}` },
  });
  expect(stderr).toBe("");
  return stdout.split("\n").filter(Boolean);
}

describe("the scripts", () => {
  test("bash runs", async () => {
    expect(await inBash("partnerctl", "ap")).toEqual(["apply", "approve"]);
    expect(await inBash("partnerctl", "why", "")).toHaveLength(3);
    expect(await inBash("partnerctl", "plan", "--env", "=", "tr")).toEqual(["trial"]);
    expect(await inBash("partnerctl", "plan", "--out", "pl")).toEqual([]);
    expect(await inBash("partnerctl", "why", "$(touch made)")).toEqual([]);
  });

  // bash, zsh and fish check their script where they are installed; PowerShell has no such check.
  // All are held by snapshots.
  test.each(Object.keys(scripts))(
    "%s: the script is what the binary prints, and the shell takes it",
    async (shell) => {
      const { status, stdout } = await partnerctl(import.meta.dirname, ["completion", shell]);
      expect({ status, stdout }).toEqual({ status: 0, stdout: scripts[shell] });
      await expect(stdout).toMatchFileSnapshot(`completion/${shell}.txt`);
      if (shell === "powershell" || !(await installed(shell))) return;
      const file = join(folder(), "script");
      writeFileSync(file, stdout);
      const { exitCode, stderr } = await execa(shell, ["-n", file], { reject: false });
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    },
  );
});
