import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import ajvDraft4 from "ajv-draft-04";
import ajvFormats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { commands } from "../../src/cli/commands/index.ts";
import { diagnostics as isDiagnostics } from "../../src/kinds/generated/document-validators.js";
import { describeCode } from "../../src/model/codes.ts";
import { formatsFor } from "../../src/report/index.ts";
import { folder, folderWith, settings, users, write } from "./binary.ts";
import { partnerctl } from "./one-process.ts";

// Whatever a person does wrong, `--format json` and `--format sarif` say so on stdout: a document
// of a published schema, with a code of the registry.
const sarifSchema = createRequire(import.meta.url)(
  "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json",
);
const ajv = new ajvDraft4.default({ strict: false, unicodeRegExp: false });
ajvFormats.default(ajv);
const isSarif = ajv.compile(sarifSchema);

function codesInJson(text: string): readonly string[] {
  const document = JSON.parse(text);
  expect(isDiagnostics(document), `${JSON.stringify(isDiagnostics.errors)}: ${text}`).toBe(true);
  return document.diagnostics.map(({ code }: { readonly code: string }) => code);
}

function codesInSarif(text: string): readonly string[] {
  const log = JSON.parse(text);
  expect(isSarif(log), `${JSON.stringify(isSarif.errors)}: ${text}`).toBe(true);
  return log.runs[0].results.map(({ ruleId }: { readonly ruleId: string }) => ruleId);
}

const readers = { json: codesInJson, sarif: codesInSarif };

/** What is wrong in both formats, which have to say the same. */
async function codesOf(
  place: string,
  args: readonly string[],
): Promise<readonly [status: number | undefined, ...codes: string[]]> {
  const saved = join(place, "failure.sarif");
  const said = await partnerctl(place, [...args, "--format", "json", "--save", `sarif=${saved}`]);
  const codes = codesInJson(said.stdout);
  expect(codesInSarif(readFileSync(saved, "utf8"))).toEqual(codes);
  for (const code of codes) expect(describeCode(code), code).toBeDefined();
  return [said.status, ...codes];
}

const names = commands.map(({ name }) => name);

/** What each command is given so that it goes on to look for its project; the others need none. */
const inProject: Readonly<Record<string, readonly string[]>> = {
  validate: [],
  plan: [],
  apply: ["--yes"],
  why: ["User/li"],
  render: [],
  check: [],
  export: [],
  pull: ["--yes"],
  offers: [],
  renewals: [],
  invoices: [],
  reconcile: [],
  credentials: [],
  history: [],
  "ci fetch": [],
  "ledger verify": [],
  "ledger settle": [],
  "ledger unlock": [],
  "ledger repair": [],
  "ledger rekey": [],
  "policy test": [],
};

/** Commands that SARIF has something of to show; the others refuse it, in SARIF. */
const showsSarif = (name: string): boolean => {
  const { shows = [] } = commands.find((one) => one.name === name) ?? {};
  return formatsFor(shows).includes("sarif");
};

describe.each(names)("%s", (name) => {
  const words = name.split(" ");

  test.each(["json", "sarif"] as const)("a wrong option, as %s", async (format) => {
    const { status, stdout } = await partnerctl(folder(), [
      ...words,
      "--frobnicate",
      "--format",
      format,
    ]);
    expect([status, ...readers[format](stdout)]).toEqual([1, "usage/unknown-option"]);
  });
});

// What `show` shows, its document alone tells.
test.each(names.filter((name) => name !== "show" && !showsSarif(name)))(
  "%s in a format that it cannot show",
  async (name) => {
    const line = [...name.split(" "), ...needed(name), "--format", "sarif"];
    const { status, stdout } = await partnerctl(folder(), line);
    expect([status, ...codesInSarif(stdout)]).toEqual([1, "usage/format"]);
  },
);

/** Any values for the arguments that a command must have. */
function needed(name: string): readonly string[] {
  const { arguments: places = [] } = commands.find((one) => one.name === name) ?? {};
  return places.filter(({ required }) => required).map((_, index) => `x${index}`);
}

describe.each(Object.entries(inProject))("%s", (name, args) => {
  const line = [...name.split(" "), ...args];
  const said = async (place: string, more: readonly string[] = []) => {
    if (showsSarif(name)) return codesOf(place, [...line, ...more]);
    const { status, stdout } = await partnerctl(place, [...line, ...more, "--format", "json"]);
    return [status, ...codesInJson(stdout)];
  };

  test("no project, wrong settings, an unknown environment", async () => {
    expect(await said(folder())).toEqual([1, "project/none"]);
    const place = folderWith({
      "partnerctl.yaml": "apiVersion: partnercenter/v1\nkind: Settings\nparallellism: 3\n",
    });
    expect(await said(place)).toEqual([1, "schema/unknown-field"]);
    write(place, { "partnerctl.yaml": settings({}, { environments: { production: {} } }) });
    expect(await said(place, ["--env", "prodution"])).toEqual([1, "settings/unknown-environment"]);
  });
});

const broken = "{]";
const files = {
  "partnerctl.yaml": settings(),
  "manifests/users.yaml": users("li"),
  "broken.json": broken,
};

test.each<readonly [args: readonly string[], codes: readonly string[]]>([
  [["plan", "--seal", "age1x"], ["usage/incomplete"]],
  [["plan", "--at", "2026-11-30", "--out", "plan.json"], ["usage/contradiction"]],
  [["plan", "--only", "User/nobody"], ["scope/unknown"]],
  [["plan", "nowhere"], ["file/missing"]],
  [["plan", "--out", "manifests/users.yaml/plan.json"], ["file/refused"]],
  [["plan", "--since", "HEAD"], ["git/unknown-revision"]],
  [["plan", "--show-personal", "--mask-personal"], ["usage/contradiction"]],
  [["apply"], ["usage/nobody-to-ask"]],
  [["apply", "missing.json"], ["plan/missing"]],
  [["apply", "broken.json"], ["plan/not-json"]],
  [["apply", "--yes", "--allow", "mony"], ["allow/unknown-guard"]],
  [["ci", "publish", "missing.json"], ["plan/missing"]],
  [["ci", "fetch"], ["plan/no-remote"]],
  [["ci", "comment", "missing.md"], ["file/missing"]],
  [
    ["approve", "missing.json"],
    ["plan/missing", "approval/no-key"],
  ],
  [["show", "missing.json"], ["plan/missing"]],
  [["policy", "test"], ["policy/none"]],
  [["pull"], ["usage/nobody-to-ask"]],
  [["fmt", "missing.yaml"], ["file/missing"]],
  [["fmt", "-", "a.yaml"], ["usage/contradiction"]],
  [["diff", "HEAD", "manifests"], ["git/not-a-repository"]],
  [["history", "0000"], ["history/unknown"]],
  [["history", "--from", "2026-02-02", "--to", "2026-01-01"], ["usage/contradiction"]],
  [["history", "missing.jsonl"], ["ledger/no-file"]],
  [["ledger", "verify", "missing.jsonl"], ["ledger/no-file"]],
  [["ledger", "attest", "missing.json", "User/li"], ["plan/missing"]],
  [["ledger", "settle", "User/li#1"], ["usage/incomplete"]],
  [["ledger", "settle", "User/li#1", "--did-not-happen"], ["settle/not-open"]],
  [["ledger", "unlock", "--force"], ["usage/incomplete"]],
  [["ledger", "rekey"], ["ledger/not-founded"]],
  [["credentials", "--handed-over"], ["credentials/no-address"]],
  [["credentials", "User/li"], ["credentials/none"]],
  [["explain", "Usr"], ["explain/unknown"]],
  [["explain", "guard/mony"], ["explain/unknown"]],
  [["schema", "Nothing"], ["explain/unknown"]],
  [["schema"], ["usage/incomplete"]],
  [["schema", "User", "--out", "schemas"], ["usage/incomplete"]],
  [["completion", "tcsh"], ["usage/invalid-value"]],
  [["emulator", "--port", "x"], ["emulator/unusable"]],
])("%j is %j", async (args, codes) => {
  const place = folderWith(files);
  const name = names.find((one) => args.join(" ").startsWith(one)) ?? "";
  if (showsSarif(name) && !args.includes("--mask-personal")) {
    expect(await codesOf(place, args)).toEqual([1, ...codes]);
    return;
  }
  const said = await partnerctl(place, [...args, "--format", "json"]);
  expect([said.status, ...codesInJson(said.stdout)]).toEqual([1, ...codes]);
});

test.each(["json", "sarif"] as const)(
  "no command, an unknown one, and values that cannot be, as %s",
  async (format) => {
    const place = folder();
    const codes = async (...args: readonly string[]) => {
      const { status, stdout } = await partnerctl(place, [...args, "--format", format]);
      return [status, ...readers[format](stdout)];
    };
    expect(await codes()).toEqual([1, "usage/no-command"]);
    expect(await codes("plna")).toEqual([1, "usage/unknown-command"]);
    expect(await codes("why")).toEqual([1, "usage/missing-argument"]);
    expect(await codes("check", "extra")).toEqual([1, "usage/too-many-arguments"]);
    expect(await codes("plan", "--at", "2026-02-30")).toEqual([1, "usage/invalid-value"]);
    expect(await codes("plan", "--lang", "xx")).toEqual([1, "usage/unknown-language"]);
    const { status, stdout } = await partnerctl(place, ["plan", `--format=${format}`, "--at"]);
    expect([status, ...readers[format](stdout)]).toEqual([1, "usage/missing-value"]);
  },
);
