import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { Decrypter, generateIdentity, identityToRecipient } from "age-encryption";
import { describe, expect, test } from "vitest";
import { gitIn } from "../store/repository.ts";
import { folder } from "./binary.ts";
import { partnerctl } from "./one-process.ts";

const example = join(import.meta.dirname, "../../examples/contoso");
const fabrikam = "manifests/customers/fabrikam.yaml";
const office = "Subscription/fabrikam/office";

/** The example's account as it is declared, applied once by li, in a repository. */
async function applied(settings = (text: string) => text): Promise<string> {
  const place = folder();
  cpSync(example, place, { recursive: true });
  rmSync(join(place, ".partnerctl"), { recursive: true, force: true });
  edit(place, "partnerctl.yaml", settings);
  gitIn(place, "init", "--quiet", "--initial-branch=main");
  writeFileSync(join(place, ".gitignore"), ".partnerctl\n");
  commit(place);
  expect(
    await partnerctl(place, ["apply", "--yes", "--allow", "irreversible", "--actor", "li"]),
  ).toMatchObject({ status: 0 });
  return place;
}

function commit(place: string): void {
  gitIn(place, "add", "--all");
  gitIn(
    place,
    "-c",
    "user.name=li",
    "-c",
    "user.email=li@contoso.example",
    "commit",
    "--quiet",
    "--message=change",
  );
}

function edit(place: string, file: string, change: (text: string) => string): void {
  const path = join(place, file);
  writeFileSync(path, change(readFileSync(path, "utf8")));
}

const readableBy = (text: string, recipient: string) =>
  text.replace(/^ledger:\n/mu, `ledger:\n  recipients: [${recipient}]\n`);
const more = (text: string) => text.replace("quantity: 120", "quantity: 150");
const absent = (text: string) =>
  text.replace("name: visio\n", "name: visio\nstate: absent\nreason: They left.\n");
const ledgerOf = (place: string) => readFileSync(join(place, ".partnerctl/ledger.jsonl"), "utf8");
const entriesOf = (place: string) =>
  ledgerOf(place)
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

test("history tells every change with its fields, seats, money and way back; of one object, one person, one period", async () => {
  const place = await applied();
  edit(place, fabrikam, more);
  commit(place);
  expect(await partnerctl(place, ["apply", "--yes", "--actor", "wu"])).toMatchObject({ status: 0 });
  edit(place, fabrikam, absent);
  expect(
    await partnerctl(place, [
      "apply",
      "--yes",
      "--actor",
      "wu",
      "--allow",
      "service",
      "--reason",
      "left",
    ]),
  ).toMatchObject({
    status: 0,
  });

  const one = await partnerctl(place, ["history", office]);
  expect(one.status).toBe(0);
  expect(one.stdout.replaceAll(/\s+/gu, " ")).toMatch(
    /\+ Subscription\/fabrikam\/office 120 × Office 365 Enterprise E3 · \+CNY 18,000\.00\/month · commits CNY 216,000\.00 (?:· )?cannot be undone/u,
  );
  expect(one.stdout.replaceAll(/\s+/gu, " ")).toMatch(
    /~ Subscription\/fabrikam\/office 150 × Office 365 Enterprise E3 (?:· )?quantity 120 → 150/u,
  );
  expect(one.stdout).not.toContain("Customer/");

  const hers = JSON.parse(
    (await partnerctl(place, ["history", "--actor", "wu", "--format", "json"])).stdout,
  );
  const [grown, taken] = hers.runs.map(({ changes }: { changes: readonly object[] }) => changes);
  expect(grown).toMatchObject([
    {
      address: office,
      planned: {
        fields: [{ pointer: "/quantity", before: 120, after: 150 }],
        impact: { seats: 30 },
      },
    },
  ]);
  expect(taken).toMatchObject([
    {
      action: "remove",
      planned: { impact: { seats: -8, reversible: "until" } },
      undoUntil: expect.stringMatching(/^\d{4}-\d\d-\d\d$/u),
    },
  ]);
  expect(hers.runs.map(({ localChanges }: { localChanges?: true }) => localChanges)).toEqual([
    undefined,
    true,
  ]);

  const table = (
    await partnerctl(place, ["history", "--format", "csv", "--to", "2099-12-31"])
  ).stdout.split("\r\n");
  expect(table).toHaveLength(1 + 19 + 1);
  expect(
    table.filter((line) =>
      line.includes(
        ",150,5FA4F213-638C-5693-ADE5-924129D90D90,Office 365 Enterprise E3,quantity 120 → 150,30,4500.00,",
      ),
    ),
  ).toHaveLength(1);
  expect(
    (await partnerctl(place, ["history", "--format", "csv", "--from", "2099-12-31"])).stdout.split(
      "\r\n",
    ),
  ).toHaveLength(2);

  // Every run begins with nothing at all.
  const many = await partnerctl(place, ["history", "", "--format", "json"]);
  expect([many.status, JSON.parse(many.stdout).diagnostics]).toMatchObject([
    1,
    [{ code: "history/ambiguous" }],
  ]);

  const nothing = await partnerctl(place, ["history", "Subscription/fabrikam/none"]);
  expect(nothing).toMatchObject({
    status: 1,
    stdout: "",
    stderr: expect.stringContaining("Subscription/fabrikam/none"),
  });
  for (const format of ["markdown", "html"])
    expect((await partnerctl(place, ["history", office, "--format", format])).stdout).toContain(
      "Office 365 Enterprise E3",
    );
});

test("the ledger keeps what was to be done with everybody's data masked, a line a change, and no secret", async () => {
  const place = await applied();
  const intents = entriesOf(place).filter(({ type }) => type === "intent");
  expect(intents).toHaveLength(17);
  for (const { planned } of intents) expect(planned.fields.length).toBeGreaterThan(0);
  const ledger = ledgerOf(place);
  for (const personal of ["finance@fabrikam.example", "li-wei@"])
    expect(ledger).not.toContain(personal);
  for (const line of ledger.split("\n")) expect(line.length).toBeLessThan(8000);
  expect(entriesOf(place).filter(({ type }) => type === "plan-sealed")).toEqual([]);
});

describe("with ledger.recipients", () => {
  test("the whole plan is kept, for those alone who may read it", async () => {
    const identity = await generateIdentity();
    const recipient = await identityToRecipient(identity);
    const place = await applied((text) => readableBy(text, recipient));
    const entries = entriesOf(place);
    const parts = entries.filter(({ type }) => type === "plan-sealed");
    expect(parts.map(({ part, parts: all }) => [part, all])).toEqual(
      parts.map((_, index) => [index + 1, parts.length]),
    );
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    const sealed = Buffer.from(parts.map((one) => one.sealed).join(""), "base64");
    const plan = JSON.parse(gunzipSync(await decrypter.decrypt(sealed)).toString("utf8"));
    expect(plan.digest).toBe(entries.find(({ type }) => type === "run-opened").plan);
    expect(JSON.stringify(plan)).toContain("finance@fabrikam.example");
    expect(ledgerOf(place)).not.toContain("finance@fabrikam.example");
    expect(await partnerctl(place, ["ledger", "verify"])).toMatchObject({ status: 0 });
  });

  test("one that is none is refused, and nothing is sent", async () => {
    const place = await applied();
    const before = entriesOf(place).filter(({ type }) => type === "intent").length;
    edit(place, "partnerctl.yaml", (text) => readableBy(text, "age1nobody"));
    edit(place, fabrikam, more);
    const refused = await partnerctl(place, ["apply", "--yes"]);
    expect(refused).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("ledger/recipient"),
    });
    expect(entriesOf(place).filter(({ type }) => type === "intent")).toHaveLength(before);
  });
});

describe("a folder that is not as its commit has it", () => {
  test("is named by plans, receipts and the ledger; what a plan is not made from does not count", async () => {
    const place = await applied();
    const planned = async () =>
      JSON.parse((await partnerctl(place, ["plan", "--format", "json"])).stdout).basis.localChanges;
    writeFileSync(join(place, "plan.json"), "{}");
    expect(await planned()).toBeUndefined();
    edit(place, fabrikam, more);
    expect(await planned()).toBe(true);
    expect((await partnerctl(place, ["plan"])).stdout.replaceAll(/\s+/gu, " ")).toMatch(
      /commit [0-9a-f]{12} \(with local changes\)/u,
    );
    expect((await partnerctl(place, ["plan", "--format", "markdown"])).stdout).toMatch(
      /commit `[0-9a-f]{12}` \(with local changes\)/u,
    );
    commit(place);
    expect(await planned()).toBeUndefined();
    writeFileSync(join(place, "manifests/new.yaml"), "# nothing yet\n");
    expect(await planned()).toBe(true);
    const receipt = await partnerctl(place, ["apply", "--yes", "--format", "json"]);
    expect(JSON.parse(receipt.stdout).localChanges).toBe(true);
    expect(entriesOf(place).findLast(({ type }) => type === "run-opened").localChanges).toBe(true);
    expect((await partnerctl(place, ["history"])).stdout).toMatch(
      /commit [0-9a-f]{12} \(with local changes\)/u,
    );
  });
});
