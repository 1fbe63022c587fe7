import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Emulator } from "../../../src/emulator/emulator.ts";
import type { Plan } from "../../../src/model/plan.ts";
import type { Receipt } from "../../../src/model/receipt.ts";
import { folder, partnerctl, type Said } from "../../cli/binary.ts";
import { emulatorOptions, start } from "./emulated.ts";

const contoso = join(import.meta.dirname, "../../../examples/contoso");

interface Stage {
  readonly emulator: Emulator;
  readonly root: string;
  run(...args: readonly string[]): Promise<Said>;
}

/** The example with one more environment, which leads to an emulator; its people live in the emulator's own domain. */
async function stage(): Promise<Stage> {
  const root = folder();
  cpSync(contoso, root, { recursive: true });
  for (const file of ["manifests/users.yaml", "manifests/profile.yaml"]) {
    const text = readFileSync(join(root, file), "utf8");
    writeFileSync(join(root, file), text.replaceAll("@contoso.partner", "@contosopartner.partner"));
  }
  const emulator = await start();
  onTestFinished(() => emulator.close());
  const { secrets, capabilities: _, requestsPerMinute: __, ...options } = emulatorOptions(emulator.url);
  const { clientSecret, refreshToken } = secrets as Readonly<Record<string, string>>;
  const named = { clientSecret: `\${PC_SECRET}`, refreshToken: `\${PC_REFRESH_TOKEN}` };
  const environment = { adapter: "partner-center", adapters: { "partner-center": { ...options, secrets: named } } };
  const settings = readFileSync(join(root, "partnerctl.yaml"), "utf8");
  writeFileSync(join(root, "partnerctl.yaml"), `${settings}\n  emulator: ${JSON.stringify(environment)}\n`);
  const env = { PC_SECRET: clientSecret, PC_REFRESH_TOKEN: refreshToken, PARTNERCTL_ALLOWED_HOSTS: new URL(emulator.url).host };
  return { emulator, root, run: (...args) => partnerctl(root, [...args, "--env", "emulator"], { env }) };
}

/** Everything that was asked but for tokens, since the last time. */
function asked({ emulator: { control } }: Stage): readonly string[] {
  const all = control.requests().filter(({ url }) => !url.includes("/oauth2/"));
  control.clearRequests();
  return all.map(({ method, url }) => `${method} ${url}`);
}

test("the example goes over the wire whole, what was forecast is spent, and then there is nothing to do but by hand", async () => {
  const own = await stage();
  const planned = await own.run("plan", "--format", "json", "--out", "plan.json");
  expect(planned).toMatchObject({ status: 5, stderr: "" });
  const plan: Plan = JSON.parse(planned.stdout);
  asked(own);
  const applied = await own.run("apply", "--yes", "--allow", "irreversible", "--format", "json");
  expect(applied).toMatchObject({ status: 0, stderr: "" });
  const receipt: Receipt = JSON.parse(applied.stdout);
  expect(receipt.results.map(({ status }) => status).sort()).toEqual([...Array(16).fill("done"), "hand"]);
  expect(receipt.results.filter(({ credential }) => credential === "delivered")).toHaveLength(7);
  expect(receipt.correlation).toMatch(/^[0-9a-f-]{36}$/);
  expect(new Set(own.emulator.control.requests().flatMap(({ correlationId }) => correlationId ?? []))).toEqual(new Set([receipt.correlation]));
  const sent = asked(own);
  expect(sent.filter((one) => !/^(GET|HEAD) /.test(one))).toHaveLength(receipt.spent.writes);
  expect(receipt.spent).toEqual(plan.forecast);

  const idle: Plan = JSON.parse((await own.run("plan", "--format", "json")).stdout);
  expect(idle.changes.map(({ address, by }) => [address, by])).toEqual([["CatalogCustomization", "hand"]]);
  const requests = asked(own);
  const [customers, roles] = [3, 2];
  // The list and its members, three groups found and read, and the users; then a page of customers, each one's billing profile and subscriptions; profiles and offers.
  expect(requests).toHaveLength(1 + roles + 6 + 1 + 1 + 2 * customers + 4 + 1);
});

test("no command but apply sends anything that writes", async () => {
  const own = await stage();
  expect((await own.run("apply", "--yes", "--allow", "irreversible")).status).toBe(0);
  asked(own);
  const commands: readonly (readonly string[])[] = [
    ["check"],
    ["plan", "--out", "plan.json"],
    ["plan", "--only", "Customer/fabrikam"],
    ["why", "Subscription/fabrikam/office"],
    ["offers"],
    ["export", "--out", "exported"],
    ["attest", "plan.json", "CatalogCustomization"],
    ["settle", "Customer/fabrikam#1", "--did-not-happen"],
    ["validate"],
    ["render"],
    ["history"],
    ["verify"],
  ];
  for (const command of commands) {
    const { status } = await own.run(...command);
    // Nothing is open that could be settled.
    expect([command, status]).toEqual([command, command[0] === "settle" ? 1 : 0]);
    expect(asked(own).filter((one) => !/^(GET|HEAD) /.test(one))).toEqual([]);
  }
});

test("a narrowed plan reads the billing profiles and subscriptions it is about", async () => {
  const own = await stage();
  expect((await own.run("apply", "--yes", "--allow", "irreversible")).status).toBe(0);
  asked(own);
  expect((await own.run("plan", "--only", "Subscription/fabrikam/office")).status).toBe(0);
  const about = asked(own).filter((one) => one.startsWith("GET /v1/customers/"));
  expect(about).toHaveLength(1);
  expect(about[0]).toMatch(/\/subscriptions$/);
});
