import { expect, test } from "vitest";
import type { LoggedRequest } from "../../../src/emulator/emulator.ts";
import type { Plan } from "../../../src/model/plan/plan.ts";
import type { Receipt } from "../../../src/model/plan/receipt.ts";
import { type AdapterHarness, setUpAdapter } from "./adapter-harness.ts";

/** Every request but for tokens since the last time. */
async function logged({ url }: AdapterHarness): Promise<readonly LoggedRequest[]> {
  const { requests } = (await (await fetch(`${url}/_emulator/requests`)).json()) as {
    requests: LoggedRequest[];
  };
  await fetch(`${url}/_emulator/requests`, { method: "DELETE" });
  return requests.filter((request) => !request.url.includes("/oauth2/"));
}

async function asked(own: AdapterHarness): Promise<readonly string[]> {
  return (await logged(own)).map(({ method, url }) => `${method} ${url}`);
}

test("the example goes over the wire whole, what was forecast is spent, and then there is nothing to do but manually", async () => {
  const own = await setUpAdapter();
  expect(await own.run("validate")).toMatchObject({ status: 0, stderr: "" });
  const planned = await own.run("plan", "--format", "json", "--out", "plan.json");
  expect(planned).toMatchObject({
    status: 0,
    stderr: expect.stringMatching(/^Saved to plan\.json\. Next: .*\n$/),
  });
  const plan: Plan = JSON.parse(planned.stdout);
  await asked(own);
  const applied = await own.run("apply", "--yes", "--allow", "irreversible", "--format", "json");
  expect(applied).toMatchObject({ status: 0, stderr: expect.stringContaining("15 to create") });
  const receipt: Receipt = JSON.parse(applied.stdout);
  expect(receipt.results.map(({ status }) => status).sort()).toEqual([
    ...Array(16).fill("done"),
    "manual",
  ]);
  expect(receipt.results.filter(({ credential }) => credential === "delivered")).toHaveLength(8);
  expect(receipt.correlation).toMatch(/^[0-9a-f-]{36}$/);
  const sent = await logged(own);
  expect(new Set(sent.flatMap(({ correlationId }) => correlationId ?? []))).toEqual(
    new Set([receipt.correlation]),
  );
  expect(sent.filter(({ method }) => method !== "GET" && method !== "HEAD")).toHaveLength(
    receipt.spent.writes,
  );
  expect(receipt.spent).toEqual(plan.forecast);

  const idle: Plan = JSON.parse(
    (await own.run("plan", "--format", "json", "--out", "idle.json")).stdout,
  );
  expect(idle.changes.map(({ address, by }) => [address, by])).toEqual([
    ["CatalogCustomization", "manual"],
  ]);
  const requests = await asked(own);
  const [customers, roles] = [3, 2];
  // The list and its members, three groups found and read, and the users; then a page of customers,
  // each one's billing profile and subscriptions; profiles and offers.
  expect(requests).toHaveLength(1 + roles + 6 + 1 + 1 + 2 * customers + 4 + 1);

  expect(await own.run("ledger", "attest", "idle.json", "CatalogCustomization")).toMatchObject({
    status: 0,
  });
  expect(await own.run("plan", "--detailed-exitcode")).toMatchObject({
    status: 0,
    stdout: expect.stringContaining("Nothing to do"),
  });
  expect((await asked(own)).filter((one) => !one.startsWith("GET "))).toEqual([]);
});

test("no command but apply sends anything that writes", async () => {
  const own = await setUpAdapter();
  expect((await own.run("apply", "--yes", "--allow", "irreversible")).status).toBe(0);
  await asked(own);
  const commands: readonly (readonly string[])[] = [
    ["check"],
    ["plan", "--out", "plan.json"],
    ["plan", "--only", "Customer/fabrikam"],
    ["why", "Subscription/fabrikam/office"],
    ["offers"],
    ["export", "--out", "exported"],
    ["ledger", "attest", "plan.json", "CatalogCustomization"],
    ["ledger", "settle", "Customer/fabrikam#1", "--did-not-happen"],
    ["validate"],
    ["render"],
    ["history"],
    ["ledger", "verify"],
    ["ledger", "unlock"],
    ["diff", "manifests", "exported"],
    ["explain"],
  ];
  for (const command of commands) {
    const { status } = await own.run(...command);
    // Nothing is open that could be settled, and a policy finds administrators without a way back
    // among those who were exported.
    expect([command, status]).toEqual([
      command,
      command[1] === "settle" || command[0] === "diff" ? 1 : 0,
    ]);
    expect((await asked(own)).filter((one) => !/^(GET|HEAD) /.test(one))).toEqual([]);
  }
});

test("a narrowed plan reads the subscriptions it is about, and the customers that they need", async () => {
  const own = await setUpAdapter();
  expect((await own.run("apply", "--yes", "--allow", "irreversible")).status).toBe(0);
  await asked(own);
  expect((await own.run("plan", "--only", "Subscription/fabrikam/office")).status).toBe(0);
  const about = (await asked(own)).filter((one) => one.startsWith("GET /v1/customers/"));
  expect(about.map((one) => one.split("/").slice(4).join("/"))).toEqual(["", "subscriptions"]);
});
