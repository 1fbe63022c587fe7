import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { nameRequest, withLog } from "../../../src/adapters/partner-center/http/log.ts";
import { retry } from "../../../src/adapters/partner-center/http/retry.ts";
import {
  type HttpRequest,
  NoReply,
  type Transport,
} from "../../../src/adapters/partner-center/http/transport.ts";
import { makeLog } from "../../../src/cli/output/log.ts";
import type { Clock } from "../../../src/model/clock.ts";
import { english, type Wording } from "../../../src/model/text/phrase.ts";
import { simulatedClock } from "../../simulated-clock.ts";
import { setUpAdapter } from "./adapter-harness.ts";

const customer = "c3d2a1b0-1111-4222-8333-444455556666";
const request: HttpRequest = {
  method: "GET",
  origin: "https://service.example",
  path: `/v1/customers/${customer}/users/li.wei@contoso.example?filter=Li%20Wei`,
  headers: {
    "MS-RequestId": "11111111-2222-4333-8444-555555555555",
    Authorization: "Bearer canary",
  },
  body: "canary",
  repeatable: true,
  signal: new AbortController().signal,
};

test.each([
  [request.path, `GET /v1/customers/${customer}/users/…`],
  ["/v1/domains/fabrikam.partner.onmschina.cn", "GET /v1/domains/…"],
  ["/v1.0/$batch?token=canary", "GET /v1.0/$batch"],
  ["/v1/orders/13800138004", "GET /v1/orders/…"],
])("of %s it names what is nobody's", (path, named) => {
  expect(nameRequest({ method: "GET", path })).toBe(named);
});

test("a request is a line: method, path, status, time, request id", async () => {
  const clock = simulatedClock();
  const lines: string[] = [];
  const log = (level: string, line: Wording) => void lines.push(`${level} ${english(line)}`);
  const answer: Transport = async () => {
    await clock.pass(34);
    return { status: 200, headers: {}, text: "canary" };
  };
  await withLog(answer, log, clock)(request);
  const lost: Transport = async () => {
    throw new NoReply("lost", true);
  };
  await expect(withLog(lost, log, clock)(request)).rejects.toThrow("lost");
  const named = `GET /v1/customers/${customer}/users/…`;
  expect(lines).toEqual([
    `http ${named} 200 34ms 11111111-2222-4333-8444-555555555555`,
    `http ${named} - 0ms 11111111-2222-4333-8444-555555555555`,
  ]);
});

test.each([
  [undefined, [0.5, 1.5, 3.5]],
  [0, [0.5, 1.5, 3.5]],
  [0.5, [0.75, 1.75, 3.75]],
])("with %s for chance it waits %j seconds, and says so", async (chance, pauses) => {
  const slept: number[] = [];
  const lines: string[] = [];
  const clock: Clock = {
    ...simulatedClock(),
    sleep: async (milliseconds) => void slept.push(milliseconds / 1000),
  };
  const busy: Transport = async () => ({ status: 503, headers: {}, text: "" });
  const options = {
    attempts: 4,
    seconds: 0.5,
    longestSeconds: 60,
    log: (_: string, line: Wording) => void lines.push(english(line)),
  };
  await retry(
    busy,
    { ...options, ...(chance !== undefined && { random: () => chance }) },
    clock,
  )(request);
  expect(slept).toEqual(pauses);
  expect(lines).toEqual(
    pauses.map((pause) =>
      expect.stringMatching(
        new RegExp(`users/\\S+ with \\S*503.* again in \\S*${pause.toFixed(1)}`),
      ),
    ),
  );
});

test.each([
  [undefined, undefined, []],
  [undefined, "info" as const, ["a"]],
  ["info", undefined, ["info a"]],
  ["debug", undefined, ["info a", "debug b"]],
  ["http", "info" as const, ["info a", "debug b", "http c"]],
  ["all", undefined, [expect.stringContaining("expected info, debug, http")]],
])("PARTNERCTL_LOG=%s, usually %s, tells %j", (wanted, usual, told) => {
  const lines: string[] = [];
  const log = makeLog({
    wanted,
    ...(usual && { usual }),
    write: (text) => void lines.push(english(text)),
  });
  log("info", "a");
  log("debug", "b");
  log("http", "c");
  expect(lines).toEqual(told);
});

test("the log of a whole run holds no secret, no token and nobody's data", async () => {
  const own = await setUpAdapter({ PARTNERCTL_LOG: "http" });
  const said = [
    await own.run("plan", "--out", "plan.json"),
    await own.run("apply", "plan.json", "--allow", "irreversible"),
    await own.run("check"),
  ];
  const log = said.map(({ stderr }) => stderr).join("\n");
  expect(log).toMatch(/^http GET \/v1\/customers 200 \d+ms [0-9a-f-]{36}$/m);
  expect(log).toMatch(/^http POST \/\S+ 20[01] \d+ms /m);
  expect(log).toMatch(/^debug partner-center write node=v/m);
  const lines = log.split("\n").filter((line) => /^(info|debug|http) /.test(line));
  expect(lines.length).toBeGreaterThan(30);
  const manifests = readdirSync(join(own.root, "manifests"), {
    recursive: true,
    encoding: "utf8",
  }).filter((name) => name.endsWith(".yaml"));
  const text = manifests
    .map((name) => readFileSync(join(own.root, "manifests", name), "utf8"))
    .join("\n");
  const personal = [
    ...text.matchAll(
      /^\s*(?:displayName|firstName|lastName|email|alternateEmail|mobilePhone|phoneNumber|userPrincipalName): (.+)$/gm,
    ),
  ];
  expect(personal.length).toBeGreaterThan(10);
  for (const value of [
    ...own.secrets,
    "Bearer",
    "eyJ",
    "@",
    ...personal.map(([, one = ""]) => one.replaceAll('"', "").trim()),
  ])
    expect(lines.filter((line) => line.includes(value))).toEqual([]);
}, 120_000);
