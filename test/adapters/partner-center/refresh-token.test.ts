import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { build } from "esbuild";
import { execa } from "execa";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { refreshToken } from "../../../src/adapters/partner-center/sign-in/refresh-token.ts";
import {
  type Emulator,
  type InjectedFault,
  firstRefreshToken,
  startEmulator,
} from "../../../src/emulator/emulator.ts";
import { folder } from "../changes.ts";
import { emulatorOptions } from "./emulated.ts";

/** A program that signs in a user and reads the profile, in a process that can be killed. */
const program = (root: string, url: string) => `
  import { partnerCenter } from "./src/adapters/partner-center/partner-center.ts";
  const adapter = partnerCenter(${JSON.stringify(emulatorOptions(url, { signIn: "user" }))}, { root: ${JSON.stringify(root)} });
  const { signal } = new AbortController();
  for await (const { spec } of adapter.read({ kind: "PartnerProfile" }, signal)) console.log(spec.support.email);
  await adapter.close();
`;

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator({ quirks: { oneTimeRefreshTokens: true } });
});
afterAll(() => emulator.close());
beforeEach(() => emulator.control.clearFaults());

async function compiled(root: string): Promise<string> {
  const outfile = join(root, "program.mjs");
  const banner = {
    js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
  };
  const stdin = { contents: program(root, emulator.url), resolveDir: process.cwd() };
  await build({
    stdin,
    bundle: true,
    format: "esm",
    platform: "node",
    outfile,
    logLevel: "error",
    banner,
  });
  return outfile;
}

const run = (file: string) =>
  execa(process.execPath, [file], {
    reject: false,
    env: { PARTNERCTL_ALLOWED_HOSTS: "127.0.0.1" },
  });

/**
 * Kills the program when the emulator has been asked this for the so-manieth time, which it does
 * not answer.
 */
async function killedAt(
  file: string,
  { times, ...fault }: InjectedFault & { readonly path: string; readonly times: number },
): Promise<void> {
  emulator.control.clearRequests();
  emulator.control.addFault({ ...fault, nth: times });
  const running = run(file);
  const asked = () => emulator.control.faults()[0]?.happened === 1;
  await expect.poll(asked, { timeout: 10_000, interval: 5 }).toBe(true);
  running.kill("SIGKILL");
  expect((await running).signal).toBe("SIGKILL");
  await quiet();
  emulator.control.clearFaults();
}

/**
 * What a killed process had sent besides may still be on its way: nothing has come for a while when
 * this returns.
 */
async function quiet(): Promise<void> {
  for (let seen = -1; seen !== emulator.control.requests().length; await setTimeout(300))
    seen = emulator.control.requests().length;
}

const kept = (root: string): string =>
  JSON.parse(readFileSync(join(root, ".partnerctl/refresh-token.json"), "utf8")).token;

test("a token that was exchanged and not yet used when the process is killed is the one the next process signs in with", async () => {
  const root = folder();
  const file = await compiled(root);
  await killedAt(file, { kind: "timeout", path: "^/v1/profiles/", times: 1 });
  const first = kept(root);
  expect(first).not.toBe(firstRefreshToken);
  await killedAt(file, { kind: "timeout", path: "^/v1/profiles/", times: 1 });
  expect(kept(root)).not.toBe(first);
  expect((await run(file)).stdout).toMatch(/^support@/);
  expect(readdirSync(join(root, ".partnerctl"))).toEqual(["refresh-token.json"]);
});

test("one whose exchange nobody was told of cannot be kept: the message says what is needed", async () => {
  const root = folder();
  const file = await compiled(root);
  const dump = emulator.control.dump();
  emulator.control.restore({
    ...dump,
    account: { ...dump.account, refreshTokens: fresh(dump.account.refreshTokens) },
  });
  await killedAt(file, { kind: "timeout", effect: true, path: "/oauth2/", times: 1 });
  const { exitCode, stderr } = await run(file);
  expect([exitCode, stderr]).toEqual([
    1,
    expect.stringMatching(
      /invalid_grant.*AADSTS70008.*A new refresh token is needed in secrets\.refreshToken/,
    ),
  ]);
  expect(stderr).not.toContain(firstRefreshToken);
});

/** Only the first token, and as if it had never been exchanged. */
function fresh(tokens: object = {}): Record<string, unknown> {
  const [, held] = Object.entries(tokens).find(([token]) => token === firstRefreshToken) ?? [];
  return { [firstRefreshToken]: { userId: Object(held).userId } };
}

test.each([
  ["a torn file", '{"version":1,"from":"x","tok'],
  ["another text", "null"],
  ["a token without its origin", '{"token":"stolen"}'],
  [
    "one that was exchanged for another configured token",
    '{"version":1,"from":"0000","token":"stolen"}',
  ],
])("%s is as good as none", (_, text) => {
  const file = join(folder(), "token.json");
  writeFileSync(file, text);
  const token = refreshToken(file, "configured");
  expect(token.current()).toBe("configured");
  token.keep("exchanged");
  expect([token.current(), refreshToken(file, "configured").current()]).toEqual([
    "exchanged",
    "exchanged",
  ]);
});

test("what a process that was killed while writing left beside the file is not read", () => {
  const root = folder();
  const file = join(root, "token.json");
  refreshToken(file, "configured").keep("exchanged");
  writeFileSync(`${file}.4711`, '{"version":1,"from":');
  onTestFinished(() => expect(readdirSync(root).sort()).toEqual(["token.json", "token.json.4711"]));
  expect(refreshToken(file, "configured").current()).toBe("exchanged");
});
