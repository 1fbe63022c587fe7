import { readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { execa } from "execa";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  defaultApplication,
  type Emulator,
  startEmulator,
  tenant,
} from "../../src/emulator/emulator.ts";
import { binary, folderWith, plain, settings } from "./binary.ts";
import { partnerctl } from "./one-process.ts";

let emulator: Emulator;

beforeEach(async () => {
  emulator = await startEmulator({ quirks: { oneTimeRefreshTokens: true } });
});
afterEach(() => emulator.close());

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

async function project(login: object, secrets: object = {}): Promise<string> {
  const { url } = emulator;
  const options = {
    tenant: tenant.id,
    clientId: defaultApplication.clientId,
    ...{ api: url, authority: url, graph: url, signIn: "both" },
    secrets: { clientSecret: "${SECRET}", ...secrets },
    login: { redirectUri: `http://localhost:${await freePort()}/`, ...login },
  };
  return folderWith({
    "partnerctl.yaml": settings(
      {},
      { adapter: "partner-center", adapters: { "partner-center": options } },
    ),
    "manifests/.keep": "",
  });
}

const env = () => ({
  ...plain.env,
  SECRET: defaultApplication.clientSecret,
  PARTNERCTL_ALLOWED_HOSTS: new URL(emulator.url).host,
});

/** Runs login, and does with the address that it shows what a browser does. */
async function login(
  folder: string,
  args: readonly string[] = [],
  browse: (address: string) => Promise<unknown> = (address) => fetch(address),
) {
  const running = execa(process.execPath, [binary, "login", ...args], {
    ...plain,
    cwd: folder,
    env: env(),
  });
  let shown = "";
  let isOpen = false;
  running.stdout?.on("data", (piece) => {
    shown += String(piece);
    const address = /^(http:\S+)\n/m.exec(shown)?.[1];
    if (address === undefined || isOpen) return;
    isOpen = true;
    void browse(address);
  });
  const { exitCode, stdout, stderr } = await running;
  return { status: exitCode, text: String(stdout) + String(stderr) };
}

const check = (folder: string) => partnerctl(folder, ["check"], { env: env() });

describe.each([{ flow: "code" }, { flow: "pkce" }, { flow: "device" }])("%j", (how) => {
  test("keeps a token that works, and shows none", async () => {
    const here = await project(how);
    expect((await check(here)).stderr).toContain("Sign in with partnerctl login.");
    const { status, text } = await login(here);
    expect(text).toContain(`Signed in as ${tenant.principal} in the tenant ${tenant.id}.`);
    expect(status).toBe(0);
    const file = join(here, ".partnerctl/refresh-token.json");
    const { token } = JSON.parse(readFileSync(file, "utf8"));
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(text).not.toContain(token);
    expect(text).not.toContain(defaultApplication.clientSecret);
    expect(await check(here)).toMatchObject({ status: 0 });
  });
});

test("the token goes where the settings take it from, or where --out says", async () => {
  const here = await project({}, { refreshToken: { file: "token" } });
  expect((await login(here)).status).toBe(0);
  expect(await check(here)).toMatchObject({ status: 0 });
  expect(statSync(join(here, "token")).mode & 0o777).toBe(0o600);
  expect((await login(here, ["--out", "other"])).status).toBe(0);
  expect(readFileSync(join(here, "other"), "utf8")).not.toBe("");
});

test("a redirect with another state is refused, and one with an error ends it", async () => {
  const here = await project({});
  const answers: number[] = [];
  const { status, text } = await login(here, [], async (address) => {
    const { searchParams } = new URL(address);
    const back = new URL(
      (searchParams.get("redirect_uri") ?? "").replace("localhost", "127.0.0.1"),
    );
    const answer = async (query: string) => answers.push((await fetch(`${back}?${query}`)).status);
    await answer("code=stolen&state=guessed");
    await answer(`error=access_denied&state=${searchParams.get("state")}`);
  });
  expect(answers).toEqual([400, 200]);
  expect(text).toContain("The authority gave no code: access_denied");
  expect(status).toBe(7);
});

test("a port that is in use is named", async () => {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  const { status, text } = await login(await project({ redirectUri: `http://localhost:${port}/` }));
  await new Promise((done) => server.close(done));
  expect([status, text]).toEqual([1, expect.stringContaining("login/port")]);
});

test("an account on this machine needs no sign-in", async () => {
  const here = folderWith({ "partnerctl.yaml": settings() });
  expect(await partnerctl(here, ["login"])).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("login/none"),
  });
});
