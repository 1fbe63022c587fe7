import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ExecaError, execa } from "execa";
import { afterAll, describe, expect, test } from "vitest";
import { defaultApplication, firstRefreshToken } from "../../src/emulator/emulator.ts";
import { commands } from "../../src/cli/commands/index.ts";
import { kebabCase } from "../../src/model/values/kebab-case.ts";
import { keys } from "../approvals/keys.ts";
import { binary, plain, write } from "./binary.ts";
import { partnerctl } from "./one-process.ts";
import { documentSchemas, expectDocument, printedKinds } from "./printed.ts";

// Every kind of document is printed as JSON, over an account of each backend, and is as its schema
// says: that of each run is judged by `partnerctl`.
const printed = new Set<string>();
const box = keys();
const example = join(import.meta.dirname, "../../examples/contoso");
const place = mkdtempSync(join(tmpdir(), "partnerctl-documents-"));
const emulator = execa(
  process.execPath,
  [binary, "emulator", "--port", "0", "--format", "json", "--seed", "7", "--quirks", "none"],
  { ...plain, cwd: place },
);

afterAll(async () => {
  emulator.kill("SIGTERM");
  await (emulator as Promise<unknown>).catch((error: ExecaError) => error);
  box.end();
  rmSync(place, { recursive: true, force: true });
});

const line = await new Promise<string>((resolve) =>
  emulator.stdout?.once("data", (text: Buffer) => resolve(text.toString())),
);
const { url } = JSON.parse(line);

cpSync(example, place, { recursive: true });
rmSync(join(place, ".partnerctl"), { recursive: true, force: true });
edit("partnerctl.yaml", (text) =>
  text
    .replaceAll("http://127.0.0.1:8021", url)
    .replace(
      "\nledger:",
      "\napprovals: { signers: signers, rules: [{ name: much, when: { always: true }, approvals: 1 }], author: alone }\n\nledger:",
    ),
);
write(place, {
  signers: `li.wei@contoso.example ${box.shared("li")}\n`,
  "old.csv": "Offer ID,Price per month\n5FA4F213-638C-5693-ADE5-924129D90D90,150\n",
  "new.csv": "Offer ID,Price per month\n5FA4F213-638C-5693-ADE5-924129D90D90,160\n",
  "july.csv":
    "CustomerID,SyndicationPartnerSubscriptionNumber,DurableOfferID,OfferName,ChargeStartDate,ChargeEndDate,ChargeType,UnitPrice,Quantity,Amount,Subtotal,Tax,TotalForCustomer,Currency\n" +
    "C,97B75A1F-70EA-542E-A916-A7AB718BD401,O,E3,7/15/2024 0:00,8/14/2024 23:59,Cycle fee,150,15,2250,2250,135,2385,CNY\n",
});

function edit(file: string, change: (text: string) => string): void {
  writeFileSync(join(place, file), change(readFileSync(join(place, file), "utf8")));
}

const env = {
  PARTNERCTL_ALLOWED_HOSTS: new URL(url).host,
  PARTNER_CENTER_CLIENT_SECRET: defaultApplication.clientSecret,
  PARTNER_CENTER_REFRESH_TOKEN: firstRefreshToken,
};

/** Prints as JSON, and returns what was printed and its kind. */
async function print(args: readonly string[]) {
  const line = [...args, "--format", "json"];
  const { stdout, stderr } = await partnerctl(place, line, { env });
  const kind = expectDocument(line, stdout);
  if (kind !== undefined) printed.add(kind);
  return { kind, document: kind === undefined ? stderr : JSON.parse(stdout) };
}

const backends: readonly (readonly [string, readonly string[]])[] = [
  ["local", []],
  ["partner-center", ["--env", "emulator"]],
];

describe.each(backends)("%s", (backend, on) => {
  const shows = (kind: string, ...args: readonly string[]) =>
    test(`${args.join(" ")}: ${kind}`, async () => {
      expect(await print([...args, ...on])).toMatchObject({ kind });
    });
  const bills = backend === "local" ? "diagnostics" : "invoices";
  shows("validation", "validate");
  shows("capabilities", "check");
  shows("offers", "offers");
  shows("provenance", "render", "manifests/users.yaml");
  shows("explanation", "why", "Subscription/fabrikam/office");
  shows("plan", "plan", "--out", "plan.json");
  shows("approval", "approve", "plan.json", "--key", box.key("li"), "--note", "as agreed");
  shows("receipt", "apply", "plan.json", "--allow", "irreversible");
  shows("credentials", "credentials");
  shows("verification", "ledger", "verify");
  shows("lease", "ledger", "unlock");
  shows("diagnostics", "ledger", "settle");
  shows("policyTests", "policy", "test");
  shows("refresh", "refresh");
  test("renewals: the end of the term that the order began, and why tells it too", async () => {
    const { kind, document } = await print(["renewals", "--within", "P14M", ...on]);
    expect(kind).toBe("renewals");
    const address = "Subscription/fabrikam/office";
    const row = document.rows.find((one: { address?: string }) => one.address === address);
    const ends = expect.stringMatching(/^\d{4}-\d\d-15$/u);
    expect(row).toMatchObject({ address, endsOn: ends, renewsItself: true, decision: "undecided" });
    const explained = await print(["why", address, ...on]);
    expect(explained).toMatchObject({ kind: "explanation", document: { renewal: row } });
  });
  shows("priceChanges", "prices", "diff", join(place, "old.csv"), join(place, "new.csv"));
  shows("diagnostics", "plan", "--only", "User/nobody");

  test("history: of all runs and of one", async () => {
    const { kind, document } = await print(["history", ...on]);
    expect(kind).toBe("history");
    expect(document.runs).toHaveLength(1);
    const run = await print(["history", document.runs[0].run, ...on]);
    expect(run).toMatchObject({ kind: "run", document: { changes: expect.any(Array) } });
  });

  test("pull: edits of what differs", async () => {
    const file = "manifests/users.yaml";
    edit(file, (text) => text.replace("displayName: Li Wei", "displayName: Wei"));
    const { kind, document } = await print(["pull", "--all", "--dry-run", ...on]);
    expect([kind, document.fields]).toEqual([
      "edits",
      [{ address: "User/li-wei", pointer: "/displayName", value: "Li Wei" }],
    ]);
    edit(file, (text) => text.replace("displayName: Wei", "displayName: Li Wei"));
  });

  test("invoices: all, one, and compared with what was ordered", async () => {
    if (backend !== "local") await later("P70D");
    const { kind, document } = await print(["invoices", ...on]);
    expect(kind).toBe(bills);
    const [invoice] = document.invoices ?? [];
    if (invoice)
      expect(await print(["invoices", invoice.id, ...on])).toMatchObject({ kind: "invoice" });
    if (invoice) {
      const { document } = await print(["invoices", `${invoice.id}x`, ...on]);
      expect(document.diagnostics[0].hint).toContain(`\`${invoice.id}\``);
    }
    const compared = await print(["reconcile", ...(invoice ? [] : ["--file", "july.csv"]), ...on]);
    expect(compared.kind).toBe("reconciliation");
    expect(compared.document.lines).not.toEqual([]);
  });
});

async function later(advance: string): Promise<void> {
  const body = JSON.stringify({ advance });
  expect(await fetch(`${url}/_emulator/clock`, { method: "POST", body })).toMatchObject({
    status: 200,
  });
}

test.each(["", "Customer.billing", "Plan.changes", "guard/money"])("explain %s", async (path) => {
  expect(await print(["explain", path])).toMatchObject({ kind: "reference" });
});

test("the emulator's first line", () => {
  const kind = expectDocument(["emulator", "--format", "json"], line);
  expect(kind).toBe("emulator");
  if (kind !== undefined) printed.add(kind);
});

test("the table of what is printed says what the commands say", () => {
  const told = commands.flatMap(({ name, shows }) => (shows ? [[name, shows]] : []));
  expect(printedKinds).toEqual(Object.fromEntries(told));
});

test("each schema of a document has been shown, and each kind that a command shows has one", () => {
  const shown = [...documentSchemas().keys()].filter((name) => name !== "ledger-entry");
  expect([...printed].map(kebabCase).sort()).toEqual(shown.sort());
});

test("a document with a field of no schema is none", () => {
  const args = ["ledger", "unlock", "--format", "json"];
  expect(() => expectDocument(args, '{"version":1,"lease":null,"more":1}')).toThrow(/more/);
  expect(() => expectDocument(args, '{"version":2,"lease":null}')).toThrow(/version/);
});
