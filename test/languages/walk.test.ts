import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { commands } from "../../src/cli/commands/index.ts";
import { kinds } from "../../src/kinds/index.ts";
import { binary, plain, type Said, settings, users, write } from "../cli/binary.ts";
import { type BinaryProcess, startProcess } from "../cli/one-process.ts";
import { allText } from "./leftovers.ts";
import { pseudoFile, pseudoTag, untranslated } from "./pseudo.ts";

// A copy of the binary has a language whose texts are all in brackets. What a command says outside
// of them, no language can translate.
const root = join(dirname(binary), "..");
const place = mkdtempSync(join(tmpdir(), "partnerctl-"));
const account = join(place, "contoso");
const wrong = join(place, "wrong");
const empty = join(place, "empty");
const unreachable = join(place, "unreachable");
// What the project says itself, with colons and without them, and a program for a shell in a page.
const written = allText(join(root, "examples/contoso"));
const script = readFileSync(join(root, "src/report/html/verification.ts"), "utf8");
const examples = readFileSync(join(root, "schemas/policy.schema.json"), "utf8");
const data = [written, written.replaceAll(": ", " "), script, examples].join("\n");
let speaking: BinaryProcess;

beforeAll(() => {
  const copy = join(place, "copy");
  mkdirSync(join(copy, "languages"), { recursive: true });
  writeFileSync(join(copy, `languages/${pseudoTag}.json`), JSON.stringify(pseudoFile()));
  for (const name of ["package.json", "node_modules", "schemas", "examples", "pipelines"])
    symlinkSync(join(root, name), join(copy, name));
  cpSync(dirname(binary), join(copy, "dist"), { recursive: true });
  speaking = startProcess(join(copy, "dist/partnerctl.js"));
  cpSync(join(root, "examples/contoso"), account, {
    recursive: true,
    filter: (path) => !path.includes(".partnerctl"),
  });
  mkdirSync(empty);
  write(wrong, {
    "partnerctl.yaml": settings({}, { parallellism: 3 }),
    "manifests/users.yaml": users("li-wei").replace("displayName", "displayNam"),
    "plan.json": "{}",
    "torn.json": "{]",
  });
  write(unreachable, {
    "partnerctl.yaml": settings(
      {},
      { adapter: "partner-center", adapters: { "partner-center": unreachableService } },
    ),
    "manifests/users.yaml": users("li-wei"),
  });
});

const unreachableService = {
  api: "http://127.0.0.1:9",
  authority: "http://127.0.0.1:9",
  graph: "http://127.0.0.1:9",
  tenant: "contoso.partner.onmschina.cn",
  clientId: "6dd2b1ad-4ac5-4ab2-9f6c-5f6ea6a10d0d",
  secrets: { clientSecret: "${S}", refreshToken: "${R}" },
};

afterAll(async () => {
  await speaking.end();
  rmSync(place, { recursive: true, force: true });
});

/** Runs a command in that language. */
function run(folder: string, line: string): Promise<Said> {
  const args = [...line.split(" ").filter(Boolean), "--lang", pseudoTag];
  const env = {
    ...process.env,
    ...plain.env,
    COLUMNS: "200",
    S: "canary-client-secret",
    R: "canary-refresh-token",
    PARTNERCTL_ALLOWED_HOSTS: "127.0.0.1:9",
  };
  return speaking.run(folder, args, env);
}

/** The English sentences that a command says in that language, on stdout and stderr. */
async function inEnglish(folder: string, line: string): Promise<readonly string[]> {
  const { stdout, stderr } = await run(folder, line);
  return untranslated(`${stdout}\n${stderr}`, data);
}

test("the copy speaks it, and English is found", async () => {
  const { stdout } = await run(account, "explain Subscription");
  expect(stdout).toContain("⟦");
  expect(untranslated("⟦the ⟦first⟧ one⟧ and what is left", "")).toEqual(["and what is left"]);
});

test.each([
  "validate",
  "validate --format markdown",
  "validate --format html",
  "plan --out plan.json",
  "plan --format markdown",
  "plan --format html --verbose",
  "show plan.json",
  "apply",
  "apply plan.json",
  "apply plan.json --allow irreversible --format markdown",
  "plan",
  "apply plan.json --allow irreversible",
  "history",
  "history --format html",
  "history --format markdown",
  "why Customer/fabrikam",
  "why Customer/nobody",
  "check",
  "render",
  "offers",
  "renewals",
  "renewals --format html",
  "invoices",
  "reconcile",
  "credentials",
  "pull --dry-run",
  "export",
  "fmt --check",
  "login",
  "ledger verify",
  "ledger settle",
  "ledger unlock",
  "ledger repair",
  "ledger rekey",
  "policy test",
])("partnerctl %s says nothing that cannot be translated", async (line) => {
  expect(await inEnglish(account, line)).toEqual([]);
});

describe("what is refused", () => {
  test.each([
    ["no project", () => empty, ["plan", "apply", "history", "export", "ledger verify"]],
    ["wrong settings", () => wrong, ["validate", "plan", "check", "show plan.json"]],
    ["a file that is no plan", () => wrong, ["show torn.json", "show none.json"]],
    ["no service", () => unreachable, ["check", "invoices"]],
  ] as const)("%s", async (_, folder, lines) => {
    for (const line of lines)
      for (const format of ["", " --format markdown", " --format html"])
        expect(await inEnglish(folder(), line + format), line + format).toEqual([]);
  });

  test.each([
    "nonsense",
    "ledger nonsense",
    "plan --nonsense",
    "plan --at tomorrow",
    "plan --format pdf",
    "plan --save html",
    "why",
    "why a b",
    "plan --env nowhere",
    "emulator --port x",
    "explain Nonsense",
    "schema nonsense",
    "completion nonsense",
    "plan --show-personal --mask-personal",
    "plan --save text=a --out a",
    "reconcile --period x",
    "history x",
    "plan --allow nonsense",
    "approve none.json",
  ])("partnerctl %s", async (line) => {
    expect(await inEnglish(account, line)).toEqual([]);
  });
});

test("help says nothing that cannot be translated", async () => {
  for (const name of ["", ...commands.map((one) => one.name)])
    expect(await inEnglish(empty, `${name} --help`), name).toEqual([]);
  expect(await inEnglish(empty, "help options")).toEqual([]);
});

test.each([...kinds.map(({ name }) => name), "Settings", "Policy", "partner-center", "plan/stale"])(
  "explain %s says nothing that cannot be translated",
  async (name) => {
    expect(await inEnglish(empty, `explain ${name}`)).toEqual([]);
  },
);
