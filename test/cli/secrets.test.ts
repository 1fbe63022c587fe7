import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, afterEach, expect, test } from "vitest";
import {
  defaultApplication,
  type Emulator,
  firstRefreshToken,
  startEmulator,
  tenant,
} from "../../src/emulator/emulator.ts";
import { folderWith, settings } from "./binary.ts";
import { partnerctl } from "./one-process.ts";

const clientSecret = "canary-client-secret";
let emulator: Emulator;

beforeEach(async () => {
  emulator = await startEmulator({
    quirks: { oneTimeRefreshTokens: true },
    application: { clientSecret },
  });
});
afterEach(() => emulator.close());

/** A project of the emulator, with these secrets. */
function project(secrets: object, files: Readonly<Record<string, string>> = {}): string {
  const { url } = emulator;
  return folderWith({
    "partnerctl.yaml": settings(
      {},
      {
        adapter: "partner-center",
        adapters: {
          "partner-center": {
            tenant: tenant.id,
            clientId: defaultApplication.clientId,
            ...{ api: url, authority: url, graph: url },
            secrets,
          },
        },
      },
    ),
    "client-secret": clientSecret,
    "manifests/support.yaml": `apiVersion: partnercenter/v1
kind: PartnerProfile
spec:
  support:
    email: help@contoso.example
`,
    ...files,
  });
}

const run = (folder: string, args: readonly string[], env: Record<string, string> = {}) =>
  partnerctl(folder, args, {
    env: { PARTNERCTL_ALLOWED_HOSTS: new URL(emulator.url).host, ...env },
  });

const cat = (file: string) => [process.execPath, "-p", `fs.readFileSync('${file}','utf8')`];
const write = (file: string) => [
  process.execPath,
  "-e",
  `process.stdin.pipe(fs.createWriteStream('${file}'))`,
];

/** Everything that a project holds but its own places of secrets, as one text. */
function contents(folder: string, except: readonly string[]): string {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => !except.includes(name) && statSync(join(folder, name)).isFile())
    .map((name) => `${name}\n${readFileSync(join(folder, name), "utf8")}`)
    .join("\n");
}

test.each([
  ["files", { clientSecret: { file: "client-secret" }, refreshToken: { file: "token" } }],
  [
    "commands",
    {
      clientSecret: { exec: cat("client-secret") },
      refreshToken: { exec: cat("token"), keep: write("token") },
    },
  ],
])(
  "secrets from %s sign in, newer ones go back there, and nothing else tells them",
  async (_, secrets) => {
    const first = firstRefreshToken;
    const here = project(secrets, { token: first });
    const env = { PARTNERCTL_LOG: "debug" };
    const said = [
      await run(here, ["plan", "--out", "plan.json"], env),
      await run(here, ["apply", "plan.json", "--yes"], env),
      await run(here, ["history", "--format", "json"], env),
    ];
    expect(said.map(({ status, stderr }) => [status, stderr.includes("error")])).toEqual(
      [0, 0, 0].map((status) => [status, false]),
    );
    const last = readFileSync(join(here, "token"), "utf8").trim();
    expect(last).not.toBe(first);
    const told = contents(here, ["token", "client-secret"]) + JSON.stringify(said);
    expect(told).toContain("help@contoso.example");
    for (const secret of [clientSecret, first, last]) expect(told).not.toContain(secret);
  },
);

const event = (more: object) => JSON.stringify({ repository: { default_branch: "main" }, ...more });

test.each([
  ["a pull request", event({ pull_request: { base: { ref: "main" } } }), "refs/pull/7/merge"],
  ["a push to another branch", event({}), "refs/heads/topic"],
])("a command in the settings of %s is not run", async (_, text, GITHUB_REF) => {
  const secrets = {
    clientSecret: { exec: [process.execPath, "-e", "fs.writeFileSync('ran','')"] },
  };
  const here = project(secrets, { "event.json": text });
  const { status, stderr } = await run(here, ["check"], {
    GITHUB_EVENT_PATH: "event.json",
    GITHUB_REF,
  });
  expect(stderr).toContain("secret/under-review");
  expect(stderr).toContain("secrets.clientSecret");
  expect(status).toBe(1);
  expect(readdirSync(here)).not.toContain("ran");
});

test("a command in the settings of the default branch is run", async () => {
  const secrets = { clientSecret: { exec: cat("client-secret") }, refreshToken: { file: "token" } };
  const here = project(secrets, { "event.json": event({}), token: firstRefreshToken });
  const env = { GITHUB_EVENT_PATH: "event.json", GITHUB_REF: "refs/heads/main" };
  expect((await run(here, ["export", "--out", "out"], env)).status).toBe(0);
});

test("what an empty file gives is refused before the first request", async () => {
  const here = project({ clientSecret: { file: "empty" } }, { empty: "" });
  const { status, stderr } = await run(here, ["check"]);
  expect([status, stderr]).toEqual([1, expect.stringContaining("secret/value")]);
  expect(emulator.control.requests()).toEqual([]);
});

test("a warning says before the first request that newer refresh tokens are lost with the runner", async () => {
  const secrets = { clientSecret: { file: "client-secret" }, refreshToken: "${TOKEN}" };
  const here = project(secrets);
  const env = { TOKEN: firstRefreshToken };
  const inPipeline = await run(here, ["export", "--out", "a"], { ...env, CI: "true" });
  expect(inPipeline.stderr).toContain("secret/not-kept");
  const kept = await run(project(secrets), ["check"], env);
  expect(kept.stderr).not.toContain("secret/not-kept");
});
