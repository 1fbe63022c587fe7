import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Emulator, startEmulator } from "../../src/emulator/emulator.ts";
import { folder, manifest, write } from "./binary.ts";
import { environmentOf, optionsOf } from "./emulated.ts";
import { partnerctl } from "./one-process.ts";

// The snapshot of the account: `plan --max-age` uses it, and `refresh` keeps it up to date.
let emulator: Emulator;
let root: string;
let place: string;

const names = Array.from({ length: 12 }, (_, index) => `customer${index}`);
const domainOf = (name: string) => `${name}.partner.onmschina.cn`;
const e3 = "5FA4F213-638C-5693-ADE5-924129D90D90";

beforeAll(async () => {
  emulator = await startEmulator({
    quirks: { throttle: { perMinute: 0 }, lag: { subscriptions: 0, users: 0 } },
  });
  root = mkdtempSync(join(tmpdir(), "partnerctl-"));
  place = join(root, "account");
  const set = optionsOf(emulator);
  const args = ["init", place, "--from-account", "--adapter", "partner-center", ...set];
  expect(await run(args, join(place, ".."))).toMatchObject({ status: 0 });
  const profile = {
    companyName: "Fabrikam",
    address: {
      country: "CN",
      state: "SH",
      city: "Shanghai",
      addressLine1: "1 Century Avenue",
      postalCode: "200120",
      firstName: "Li",
      lastName: "Na",
      phoneNumber: "02155550100",
    },
    email: "li.na@fabrikam.example",
    culture: "zh-CN",
    language: "zh-CHS",
    firstName: "Li",
    lastName: "Na",
  };
  write(
    place,
    Object.fromEntries(
      names.map((name) => [
        `manifests/${name}.yaml`,
        [
          manifest("Customer", name, { domain: domainOf(name), billing: profile }),
          manifest("Subscription", "office", { customer: name, offer: e3, quantity: 5 }),
        ].join("---\n"),
      ]),
    ),
  );
  const all = ["--allow", "irreversible"];
  const applied = await run(["apply", "--yes", ...all]);
  expect(applied, applied.stdout.slice(0, 1500)).toMatchObject({ status: 0 });
}, 120_000);

afterAll(async () => {
  await emulator.close();
  rmSync(root, { recursive: true });
});

function run(args: readonly string[], at = place) {
  return partnerctl(at, args, { env: environmentOf(emulator) });
}

/** The requests of a command, sign-in apart. */
async function counted(args: readonly string[]) {
  await fetch(`${emulator.url}/_emulator/requests`, { method: "DELETE" });
  const said = await run(args);
  const answer = await fetch(`${emulator.url}/_emulator/requests`);
  const { requests } = (await answer.json()) as { requests: readonly { url: string }[] };
  return { said, paths: requests.map(({ url }) => url).filter((path) => !/token/.test(path)) };
}

test("an idle plan sends no request", async () => {
  expect((await run(["refresh"])).stdout).toMatch(/Nothing is left to read/);
  const { said, paths } = await counted(["plan", "--max-age", "1h", "--format", "json"]);
  expect(said).toMatchObject({ status: 0 });
  const plan = JSON.parse(said.stdout);
  expect(plan).toMatchObject({ changes: [], problems: [], readings: { unknown: 0 } });
  expect(plan.readings.remembered).toBeGreaterThanOrEqual(24);
  expect(paths).toEqual([]);
});

test("a plan reads what its manifests touch, and what the checks of that need", async () => {
  const file = join(place, "manifests/customer3.yaml");
  const before = readFileSync(file, "utf8");
  writeFileSync(file, before.replace(/("?quantity"?: ?)5/, "$16"));
  const { said, paths } = await counted(["plan", "--max-age", "1h", "--format", "json"]);
  writeFileSync(file, before);
  expect(JSON.parse(said.stdout).changes).toMatchObject([
    { address: "Subscription/customer3/office", action: "update" },
  ]);
  const offers = paths.filter((path) => path.startsWith("/v1/offers"));
  expect(paths.length - offers.length).toBeLessThanOrEqual(4);
});

test("what is too old is read while requests are left, and otherwise called not known", async () => {
  const settings = join(place, "partnerctl.yaml");
  const before = readFileSync(settings, "utf8");
  writeFileSync(settings, `${before}snapshot:\n  maxAge: P1D\n  maxRequests: 0\n`);
  const idle = await run(["plan", "--max-age", "0s", "--detailed-exitcode"]);
  const usual = await run(["plan", "--detailed-exitcode"]);
  writeFileSync(settings, before);
  expect(idle).toMatchObject({ status: 2 });
  expect(idle.stdout).toMatch(/resources not known \(last read /);
  expect(usual).toMatchObject({ status: 0 });
  expect(usual.stdout).toMatch(/resources read before, since /);
});

test("--fresh reads everything", async () => {
  const { said, paths } = await counted(["plan", "--max-age", "1h", "--fresh", "--format", "json"]);
  expect(JSON.parse(said.stdout).readings).toMatchObject({ remembered: 0, unknown: 0 });
  expect(paths.length).toBeGreaterThan(24);
});

test("a refresh goes on where the last one stopped, and reads nothing twice", async () => {
  const first = await run(["refresh", "--requests", "10", "--format", "json"]);
  expect(first).toMatchObject({ status: 2 });
  const { left, parts } = JSON.parse(first.stdout);
  expect(left).toBeGreaterThan(0);
  const all = left + parts;
  const second = await run(["refresh", "--max-age", "60s", "--budget", "60000/min"]);
  expect(second).toMatchObject({ status: 0 });
  expect(second.stdout).toMatch(/^0 readings made in 0 requests/);
  expect(all).toBeGreaterThan(12);
});

test("an event has its objects read first, and its address is not called", async () => {
  const account = await (await fetch(`${emulator.url}/_emulator/account`)).json();
  const ids = JSON.stringify(account).match(/"id":"[0-9a-f-]{36}","[^{}]*customer5/i)?.[0];
  const customer = ids?.slice(6, 42) ?? "none";
  const uri = `http://198.51.100.7/webhooks/v1/customers/${customer}/subscriptions/00000000-0000-0000-0000-000000000000`;
  const file = join(place, "event.json");
  writeFileSync(file, JSON.stringify({ EventName: "subscription-updated", ResourceUri: uri }));
  const { said, paths } = await counted([
    "refresh",
    "--event",
    file,
    "--max-age",
    "1h",
    "--format",
    "json",
  ]);
  expect(said).toMatchObject({ status: 0 });
  expect(paths.filter((path) => path.includes(String(customer))).length).toBeGreaterThan(0);
  expect(paths.length).toBeLessThan(6);
});

test.each([
  [["refresh", "--budget", "many"], "--budget many is no rate."],
  [["refresh", "--event", "partnerctl.yaml"], "partnerctl.yaml names no object."],
  [["refresh", "--event", "none.json"], "none.json"],
])("%j is refused", async (args, message) => {
  const said = await run(args);
  expect(said).toMatchObject({ status: 1 });
  expect(said.stderr).toContain(message);
});

test("the snapshot shows nothing of the account, and is not made of another key's", async () => {
  const stored = join(place, ".partnerctl/snapshot");
  const files = readdirSync(stored);
  expect(files.length).toBeGreaterThan(3);
  for (const file of files)
    expect(readFileSync(join(stored, file), "latin1")).not.toMatch(/customer3|Fabrikam|li\.na/);
  for (const file of files) {
    const bytes = readFileSync(join(stored, file));
    bytes[bytes.length - 20] = (bytes[bytes.length - 20] ?? 0) ^ 1;
    writeFileSync(join(stored, file), bytes);
  }
  const said = await run(["plan", "--max-age", "1h", "--format", "json"]);
  expect(JSON.parse(said.stdout).readings).toMatchObject({ remembered: 0 });
});

test("without the ledger's key there is no snapshot", async () => {
  const other = folder();
  write(other, {
    "partnerctl.yaml":
      "apiVersion: partnercenter/v1\nkind: Settings\nadapter: local\nledger: { type: git, remote: . }\n",
  });
  const said = await run(["refresh", "--format", "json"], other);
  expect(JSON.parse(said.stdout).diagnostics).toMatchObject([{ code: "snapshot/no-key" }]);
});
