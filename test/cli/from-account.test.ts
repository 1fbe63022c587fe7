import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  defaultApplication,
  type Emulator,
  startEmulator,
  tenant,
} from "../../src/emulator/emulator.ts";
import { binary, folder, partnerctl as inItsOwn, plain, write } from "./binary.ts";
import { environmentOf, optionsOf } from "./emulated.ts";
import { partnerctl } from "./one-process.ts";

// `init --from-account`: settings, sign-in, export and an empty plan, in one walk.
let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

const env = (secret?: string) => environmentOf(emulator, secret);

const onEmulator = (more?: Readonly<Record<string, string>>) => [
  ...["init", ".", "--from-account", "--adapter", "partner-center"],
  ...optionsOf(emulator, more),
];

const filesIn = (place: string): readonly string[] =>
  existsSync(place)
    ? readdirSync(place, { recursive: true, encoding: "utf8" }).filter((path) =>
        /\.(ya?ml|txt)$/.test(path),
      )
    : [];

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

const settingsOf = (place: string) => readFileSync(join(place, "partnerctl.yaml"), "utf8");

const codesIn = (text: string): readonly string[] =>
  JSON.parse(text).diagnostics.map(({ code }: { readonly code: string }) => code);

test("an account becomes a project whose plan is empty, without sample manifests", async () => {
  const place = folder();
  const args = ["init", "a", "--from-account", "--adapter", "local", "--format", "json"];
  const said = await partnerctl(place, args);
  expect([said.status, JSON.parse(said.stdout).changes]).toEqual([0, []]);
  expect(said.stderr).toContain("The manifests in manifests declare the account as it is.");
  expect([...filesIn(join(place, "a"))].sort()).toEqual([
    ".partnerctl/identity.txt",
    "manifests/catalog-customization.yaml",
    "manifests/partner-profile.yaml",
    "manifests/users.yaml",
    "partnerctl.yaml",
  ]);
  expect((await partnerctl(join(place, "a"), ["plan"])).stdout).toContain("Nothing to do");
  expect(await partnerctl(place, args)).toMatchObject({
    status: 0,
    stderr: expect.stringContaining("left as they were"),
  });
});

test("a step that fails is named and writes nothing, and the same command goes on", async () => {
  const place = folder();
  const args = [...onEmulator(), "--format", "json"];
  const refused = await inItsOwn(place, args, { env: env("wrong") });
  expect([refused.status, codesIn(refused.stdout)]).toEqual([
    7,
    ["backend/denied", "init/stopped"],
  ]);
  expect(refused.stdout).toContain("Step 2 of 4, the sign-in, failed.");
  expect(filesIn(join(place, "manifests"))).toEqual([]);
  const before = settingsOf(place);
  const done = await inItsOwn(place, args, { env: env() });
  expect([done.status, JSON.parse(done.stdout).changes]).toEqual([0, []]);
  expect(settingsOf(place)).toBe(before);
  expect(before).toContain("clientSecret: ${PARTNER_CENTER_CLIENT_SECRET}");
  expect(before + done.stdout + done.stderr).not.toContain(defaultApplication.clientSecret);
});

test("check lists what an application alone cannot do, also where the settings want it", async () => {
  const place = folder();
  expect((await inItsOwn(place, onEmulator(), { env: env() })).status).toBe(0);
  const check = () => inItsOwn(place, ["check"], { env: env() });
  const wanted = settingsOf(place).replace(/ +capabilities:\n +PartnerProfile: false\n/, "");
  expect(await check()).toMatchObject({
    status: 0,
    stdout: expect.stringContaining("✗ Read the balance of each currency.  token: user\n"),
  });
  write(place, { "partnerctl.yaml": wanted });
  const refused = await check();
  expect(refused).toMatchObject({ status: 7, stderr: expect.stringContaining("backend/denied") });
  expect(refused.stdout).toMatch(/^An account, through the adapter partner-center\.\n/);
  expect(refused.stdout).toMatch(
    /✗ Read a partner profile as the signed-in user\. {2}token: user\n/,
  );
  expect(refused.stdout).toMatch(/✓ Read customers\. {2}token: application or user\n/);
});

test("a user who has to sign in is shown the address, once", async () => {
  const place = folder();
  const redirectUri = `http://localhost:${await freePort()}/`;
  const args = onEmulator({ signIn: "both", "login.redirectUri": redirectUri });
  const running = execa(process.execPath, [binary, ...args], {
    ...plain,
    cwd: place,
    env: { ...plain.env, ...env() },
  });
  let shown = "";
  let isOpen = false;
  running.stderr?.on("data", (piece) => {
    shown += String(piece);
    const address = /^(http:\S+)\n/m.exec(shown)?.[1];
    if (address === undefined || isOpen) return;
    isOpen = true;
    void fetch(address);
  });
  expect(await running).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining("Nothing to do"),
  });
  expect(filesIn(join(place, "manifests"))).toContain("partner-profile.yaml");
  const again = await inItsOwn(place, args, { env: env() });
  expect(again.status).toBe(0);
  expect(again.stderr).not.toContain("Open this address");
});

test("what is missing or wrong is said before anything is written", async () => {
  const place = folder();
  const failing = async (...args: readonly string[]) => {
    const said = await partnerctl(place, ["init", "a", ...args, "--format", "json"]);
    expect(existsSync(join(place, "a"))).toBe(false);
    return `${said.status} ${codesIn(said.stdout)[0]}: ${said.stdout}`;
  };
  const from = ["--from-account", "--adapter", "partner-center"];
  expect(await failing("--adapter", "local")).toMatch(/^1 usage\/incomplete:/);
  expect(await failing("--from-account")).toMatch(/^1 usage\/incomplete: .*Missing: --adapter\./s);
  expect(await failing(...from, "--set", "tenant=x")).toMatch(
    /^1 usage\/incomplete: .*Missing: --set clientId=…\./s,
  );
  const both = [...from, "--set", "tenant=x", "--set", "clientId=y"];
  expect(await failing(...both, "--set", "tenent=x")).toMatch(
    /^1 schema\/unknown-field: .*tenant/s,
  );
  const literal = await failing(...both, "--set", "secrets.clientSecret=hunter2");
  expect(literal).toMatch(/^1 settings\/secret-in-file: /);
  expect(literal).not.toContain("hunter2");
  expect(await failing(...from, "--set", "=x")).toMatch(/^1 usage\/invalid-value: /);
});

test("settings that are there are not overruled", async () => {
  const place = folder();
  const init = (...args: readonly string[]) =>
    partnerctl(place, ["init", ".", "--from-account", "--format", "json", ...args]);
  expect((await init("--adapter", "local", "--set", "seed=7")).status).toBe(0);
  expect((await init("--set", "seed=7")).status).toBe(0);
  for (const other of [["--set", "seed=8"], [...["--adapter", "partner-center"]]]) {
    const said = await init(...other);
    expect([said.status, codesIn(said.stdout)]).toEqual([
      1,
      ["init/other-settings", "init/stopped"],
    ]);
  }
});

/** A module that is an adapter: of an account with one user, whose name is another at each read. */
const restless = (probe: string) => `
let reads = 0;
export function adapter() {
  return {
    name: "restless",
    supports: { User: { verbs: ["update"], readable: [""], writable: [""], repeatable: [] } },
    account: async () => ({ id: "one" }),
    probe: async () => ${probe},
    async *read({ kind }) {
      if (kind !== "User") return;
      reads += 1;
      yield {
        kind,
        id: "u1",
        key: "li@contoso.example",
        spec: { userPrincipalName: "li@contoso.example", displayName: "Li " + reads },
      };
    },
    async write() { throw new Error("nobody writes"); },
  };
}
`;

test.each([
  ["[]", ["init/plan-not-empty", "init/stopped"], "Step 4 of 4"],
  [
    `[{ what: "Read users.", allowed: false, said: "403." }]`,
    ["init/not-allowed", "init/stopped"],
    "Step 2 of 4",
  ],
])("an adapter of one's own that probes %s", async (probe, codes, step) => {
  const place = folder();
  write(place, { "adapter.mjs": restless(probe) });
  const args = ["init", ".", "--from-account", "--adapter", "./adapter.mjs", "--format", "json"];
  const { status, stdout } = await partnerctl(place, args);
  expect([status, codesIn(stdout).filter((one) => one.startsWith("init/"))]).toEqual([1, codes]);
  expect(stdout).toContain(step);
});

test("with a pipeline, nothing is kept on the machine that runs it", async () => {
  const place = folder();
  const args = [...onEmulator(), "--pipeline", "github"];
  const key = { PARTNERCTL_LEDGER_KEY: "a key of forty characters, or even longer" };
  const origin = folder();
  await execa("git", ["init", "--quiet", "--bare", origin]);
  await execa("git", ["init", "--quiet", place]);
  await execa("git", ["remote", "add", "origin", origin], { cwd: place });
  const said = await inItsOwn(place, args, { env: { ...env(), ...key } });
  expect([said.status, said.stderr]).toEqual([0, expect.any(String)]);
  expect(settingsOf(place)).toMatch(/ledger:\n {2}type: git\n[\s\S]*credentials:\n {2}type: git\n/);
  expect(existsSync(join(place, ".github/workflows/partnerctl.yml"))).toBe(true);
  const production = ["plan", "--env", "production"];
  expect((await inItsOwn(place, production, { env: { ...env(), ...key } })).status).toBe(0);
});

const hasTerminals = !(await execa("script", ["--version"], { reject: false })).failed;

/** Answers the questions at a terminal, one after the other. */
async function answering(place: string, answers: readonly (readonly [RegExp, string])[]) {
  const set = ["api", "authority", "graph"].map((name) => `--set ${name}=${emulator.url}`);
  const command = `stty cols 200; exec "${process.execPath}" "${binary}" init . --from-account ${set.join(" ")}`;
  const run = execa("script", ["-qec", command, "/dev/null"], {
    ...plain,
    stdin: "pipe",
    cwd: place,
    env: { ...plain.env, ...env() },
  });
  let [said, next] = ["", 0];
  run.stdout.on("data", (text: Buffer) => {
    said += String(text);
    const [question, line] = answers[next] ?? [];
    if (question === undefined || !question.test(said)) return;
    next += 1;
    run.stdin.write(line ?? "");
  });
  const { exitCode } = await run;
  return { exitCode, said };
}

test.skipIf(!hasTerminals)("a person is asked for what was not given", async () => {
  const place = folder();
  const { exitCode, said } = await answering(place, [
    [/Which adapter/, "\n"],
    [/tenant: /, `${tenant.id}\n`],
    [/clientId: /, `${defaultApplication.clientId}\n`],
    [/Does a user sign in too/, "\n"],
  ]);
  expect([exitCode, said]).toEqual([0, expect.stringContaining("Nothing to do")]);
  expect(settingsOf(place)).toContain(`tenant: ${tenant.id}`);
});

test.skipIf(!hasTerminals)("Ctrl-C at a question writes nothing", async () => {
  const place = folder();
  const { exitCode } = await answering(place, [[/Which adapter/, "\u0003"]]);
  expect([exitCode, readdirSync(place)]).toEqual([130, []]);
});
