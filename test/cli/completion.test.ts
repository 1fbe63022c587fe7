import { describe, expect, test } from "vitest";
import { commands } from "../../src/cli/commands/index.ts";
import { complete } from "../../src/cli/completion/complete.ts";
import { globalOptions } from "../../src/cli/parse/options.ts";
import { kinds } from "../../src/kinds/index.ts";
import { registeredCodes } from "../../src/model/codes.ts";
import { rememberInvoices } from "../../src/store/cache/known-invoices.ts";
import { gitIn } from "../store/repository.ts";
import { folder, folderWith } from "./binary.ts";
import { partnerctl } from "./one-process.ts";
import { recordedProject } from "./recorded-project.ts";

const settings = `apiVersion: partnercenter/v1
kind: Settings
environments:
  production: { parallelism: 4 }
  trial: { manifests: trial }
`;

function customer(name: string): string {
  return `apiVersion: partnercenter/v1\nkind: Customer\nmetadata: { name: ${name} }\nspec: {}\n`;
}

const author = ["-c", "user.name=li", "-c", "user.email=li@contoso.example"];

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

  test("offers what the ledger, the repository and the last list of invoices hold", async () => {
    const { place, run } = await recordedProject();
    expect(await offered(place, "ledger", "settle", "")).toEqual(["User/li-wei#1"]);
    expect(new Set(await offered(place, "history", ""))).toEqual(
      new Set([run, "User/li-wei", "User/wang-fang", ":file"]),
    );
    expect(await offered(place, "history", "--actor", "")).toEqual(["li.wei@contoso.example"]);
    for (const line of [["invoices"], ["reconcile", "--invoice"]])
      expect(await offered(place, ...line, "")).toEqual([]);
    rememberInvoices(place, undefined, ["D0200SAM06", "D0200SAM07"]);
    rememberInvoices(place, "trial", ["D0200SAM08"]);
    for (const line of [["invoices"], ["reconcile", "--invoice"]])
      expect(await offered(place, ...line, "D")).toEqual(["D0200SAM06", "D0200SAM07"]);
    expect(await offered(place, "plan", "--since", "")).toEqual([]);
    gitIn(place, "init", "--quiet", "--initial-branch=main");
    gitIn(place, "add", "partnerctl.yaml");
    gitIn(place, ...author, "commit", "--quiet", "--message=one");
    gitIn(place, "tag", "v1");
    expect(await offered(place, "plan", "--since", "")).toEqual(["main", "v1"]);
    expect(await offered(place, "diff", "")).toEqual(["main", "v1", ":file"]);
  });

  test("does not ask for a ledger that is on a branch", async () => {
    const place = folderWith({
      "partnerctl.yaml": `${settings}ledger: { type: git, remote: nowhere }\n`,
    });
    expect(await offered(place, "ledger", "settle", "")).toEqual([]);
  });

  test("tells in the locale's language what a word is about", async () => {
    const { stdout } = await partnerctl(folder(), ["complete", "0", "why"], {
      env: { LANG: "zh_CN.UTF-8" },
    });
    expect(stdout).toMatch(/^why\t.*\p{Script=Han}.*\n$/u);
  });
});
