import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { http } from "../../../src/adapters/partner-center/http/http.ts";
import { withParsedBodies } from "../../../src/adapters/partner-center/http/parsed.ts";
import { rateLimit } from "../../../src/adapters/partner-center/http/rate-limit.ts";
import { readOnly } from "../../../src/adapters/partner-center/http/read-only.ts";
import { retry } from "../../../src/adapters/partner-center/http/retry.ts";
import {
  NoReply,
  type HttpRequest,
  type Response,
  retryAfter,
  type Transport,
} from "../../../src/adapters/partner-center/http/transport.ts";
import { systemClock } from "../../../src/adapters/system-clock.ts";
import type { Adapter } from "../../../src/model/adapter.ts";
import type { Clock } from "../../../src/model/clock.ts";
import type { Spec } from "../../../src/model/values/json.ts";
import { type SimulatedClock, simulatedClock } from "../../simulated-clock.ts";
import { context, create, folder } from "../changes.ts";
import { type Answer, type Got, open, type Server, serve, tokenReply } from "./server.ts";

const never = new AbortController().signal;
const access = { audience: "api", as: "app" } as const;
const reading: HttpRequest = {
  method: "GET",
  origin: "http://127.0.0.1",
  path: "/",
  headers: { "MS-RequestId": "one" },
  access,
  repeatable: true,
  signal: never,
};
const ordering: HttpRequest = { ...reading, method: "POST", repeatable: false };
const patience = { attempts: 4, seconds: 0.001, longestSeconds: 1 };

async function started(
  answer: (got: Got) => Answer,
  token?: (got: Got) => Answer,
): Promise<Server> {
  const server = await serve(answer, token);
  onTestFinished(() => server.close());
  return server;
}

function opened(server: Server, root = folder(), more: Spec = {}): Adapter {
  const adapter = open(server.url, root, more);
  onTestFinished(() => adapter.close());
  return adapter;
}

async function offers(adapter: Adapter, signal = never): Promise<number> {
  let count = 0;
  for await (const _ of adapter.read({ kind: "Offer" }, signal)) count += 1;
  return count;
}

const noOffers: Answer = { status: 200, body: { totalCount: 0, items: [] } };

/** A transport that answers one after the other, and what it was sent. */
function answering(...answers: readonly (number | Partial<Response> | NoReply)[]): {
  readonly send: Transport;
  readonly sent: HttpRequest[];
} {
  const sent: HttpRequest[] = [];
  const send: Transport = async (request) => {
    const answer = answers[Math.min(sent.length, answers.length - 1)] ?? 200;
    sent.push(request);
    if (answer instanceof NoReply) throw answer;
    return {
      status: 200,
      headers: {},
      text: "",
      ...(typeof answer === "number" ? { status: answer } : answer),
    };
  };
  return { send, sent };
}

describe("retry", () => {
  const lost = new NoReply("lost", true);
  const unsent = new NoReply("unsent", false);
  test.each([
    ["a reading after 503, as often as it takes", reading, [503, 502, 500, 200], 4, 200],
    ["a reading that goes on failing, so often and no more", reading, [503], 4, 503],
    ["a reading whose reply is lost", reading, [lost, 200], 2, 200],
    ["no order whose reply is lost", ordering, [lost, 201], 1, lost],
    ["no order after 500", ordering, [500, 201], 1, 500],
    ["an order that never left", ordering, [unsent, 201], 2, 201],
    ["an order that was throttled", ordering, [429, 201], 2, 201],
    ["nothing that was refused", reading, [400, 200], 1, 400],
    ["nothing that was denied", reading, [403, 200], 1, 403],
    ["nothing that is not implemented", reading, [501, 200], 1, 501],
    ["what is throttled more often than what fails", reading, [...Array(8).fill(429), 200], 9, 200],
    [
      "what was lost and then throttled, until it ends as lost",
      reading,
      [lost, ...Array(10).fill(429)],
      11,
      lost,
    ],
    [
      "what failed and then was throttled too long, as what failed",
      reading,
      [503, { status: 429, headers: { "retry-after": "57" } }],
      2,
      503,
    ],
    [
      "nothing that is asked to wait too long",
      reading,
      [{ status: 429, headers: { "retry-after": "57" } }, 200],
      1,
      429,
    ],
  ] as const)("repeats %s", async (_, request, answers, times, ending) => {
    const { send, sent } = answering(...answers);
    const reply = await retry(
      send,
      patience,
      systemClock,
    )(request).catch((error: unknown) => error);
    expect(sent).toHaveLength(times);
    expect(reply instanceof Error ? reply : (reply as Response).status).toBe(ending);
  });

  test("keeps the request id while the outcome is unknown, and takes a new one after a definitive answer", async () => {
    const { send, sent } = answering(429, 503, new NoReply("lost", true), 429, 503, 200);
    await retry(send, { ...patience, attempts: 9 }, systemClock)(reading);
    const [first, ...others] = sent.map(({ headers }) => headers["MS-RequestId"]);
    expect(first).toBe("one");
    expect(others[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8/);
    // The second 429 says nothing of what came before it.
    expect(new Set(others)).toEqual(new Set([others[0]]));
  });

  test("stops waiting at the signal", async () => {
    const stop = new AbortController();
    const { send } = answering({ status: 429, headers: { "retry-after": "30" } });
    const waiting = retry(
      send,
      { ...patience, longestSeconds: 60 },
      systemClock,
    )({ ...reading, signal: stop.signal });
    setTimeout(() => stop.abort(), 10);
    await expect(waiting).rejects.toThrow("abort");
  });

  test.each([
    ["7", "", 7],
    ["0.25", "", 0.25],
    ["Sun, 22 Nov 2026 10:00:30 GMT", "", 30],
    ["", '{"statusCode":429,"message":"Rate limit is exceeded. Try again in 57 seconds."}', 57],
    ["soon", "", undefined],
    ["", "", undefined],
  ])("waits as long as the service asks: %j %j", (header, text, seconds) => {
    const headers: Record<string, string> = header === "" ? {} : { "retry-after": header };
    const reply = { status: 429, headers, text };
    expect(retryAfter(reply, Date.parse("2026-11-22T10:00:00Z"))).toBe(seconds);
  });
});

describe("rate limit", () => {
  test("lets so many through at once and makes the next wait, for each host its own", async () => {
    const { send, sent } = answering(200);
    const stop = new AbortController();
    const limited = rateLimit(send, { perMinute: 3, longest: 60, clock: systemClock });
    const graph: HttpRequest = { ...reading, access: { audience: "graph", as: "app" } };
    const all = [1, 2, 3, 4, 5].map(() =>
      limited({ ...reading, signal: stop.signal }).catch((error: unknown) => error),
    );
    await Promise.all([
      limited(graph),
      limited(graph),
      limited({ ...reading, access: undefined } as unknown as HttpRequest),
    ]);
    await new Promise((done) => setTimeout(done, 20));
    expect(sent).toHaveLength(6);
    stop.abort();
    expect((await Promise.all(all)).slice(3)).toEqual([expect.any(Error), expect.any(Error)]);
    expect(sent).toHaveLength(6);
  });

  test("a throttled request holds all others back", async () => {
    const { send, sent } = answering({ status: 429, headers: { "retry-after": "0.05" } }, 200);
    const limited = rateLimit(send, { perMinute: 100, longest: 60, clock: systemClock });
    await limited(reading);
    const before = performance.now();
    await Promise.all([limited(reading), limited(reading)]);
    expect(performance.now() - before).toBeGreaterThan(45);
    expect(sent).toHaveLength(3);
  });

  test("being throttled lowers the limit, but never below a quarter of it", async () => {
    const sentAfter = async (perMinute: number, ...answers: readonly number[]): Promise<number> => {
      const { send, sent } = answering(...answers, 200);
      const stop = new AbortController();
      const limited = rateLimit(send, { perMinute, longest: 60, clock: systemClock });
      for (const _ of answers) await limited(reading);
      const more = Array.from({ length: perMinute }, () =>
        limited({ ...reading, signal: stop.signal }).catch(() => {}),
      );
      await new Promise((done) => setTimeout(done, 20));
      stop.abort();
      await Promise.all(more);
      return sent.length;
    };
    expect(await sentAfter(40, 200, 200, 200)).toBe(40);
    // Ten had left when the eleventh was throttled: nine tenths of eleven.
    expect(await sentAfter(40, ...Array<number>(10).fill(200), 429)).toBe(11);
    expect(await sentAfter(40, 429)).toBe(10);
  });

  test("what one host says for itself holds the others back no more than it must", async () => {
    const { send } = answering({ status: 429, headers: { "retry-after": "60" } }, 200);
    const limited = rateLimit(send, { perMinute: 100, longest: 60, clock: systemClock });
    await limited(reading);
    await expect(
      limited({ ...reading, access: { audience: "graph", as: "app" } }),
    ).resolves.toMatchObject({ status: 200 });
  });
});

test.each(["POST", "PUT", "PATCH", "DELETE"] as const)(
  "a transport that only reads sends no %s",
  async (method) => {
    const { send, sent } = answering(200);
    await expect(readOnly(send)({ ...reading, method })).rejects.toMatchObject({
      name: "AdapterError",
      problem: "denied",
    });
    await readOnly(send)(reading);
    await readOnly(send)({ ...reading, method: "HEAD" });
    expect(sent.map((one) => one.method)).toEqual(["GET", "HEAD"]);
  },
);

describe("http", () => {
  const client = (clock: Clock = systemClock) => {
    const made = http({ timeout: 60_000, connections: 2, clock });
    onTestFinished(() => made.close());
    return made;
  };
  const at = (url: string): HttpRequest => ({
    ...reading,
    origin: new URL(url).origin,
    path: new URL(url).pathname,
  });

  test("takes away the byte order mark, and keeps connections", async () => {
    const server = await started(() => ({
      status: 200,
      text: '\uFEFF{"a":"数"}',
      headers: { "X-One": "1" },
    }));
    const { send } = client();
    expect(await withParsedBodies(send)(at(server.url))).toMatchObject({
      status: 200,
      text: '{"a":"数"}',
      body: { a: "数" },
      headers: { "x-one": "1" },
    });
  });

  test.each([
    ["a cut connection may have been heard", undefined, true],
    [
      "a body that is shorter than it says",
      { status: 200, text: "{}", headers: { "Content-Length": "9" } },
      true,
    ],
  ] as const)("%s", async (_, answer, sent) => {
    const server = await started(() => answer);
    const error: unknown = await client()
      .send(at(server.url))
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NoReply);
    expect((error as NoReply).sent).toBe(sent);
  });

  test("a success that is not JSON is no whole reply, a refusal that is not is one", async () => {
    const server = await started(({ path }) => ({
      status: path === "/no" ? 400 : 200,
      text: '{"items": [',
    }));
    const send = withParsedBodies(client().send);
    await expect(send(at(`${server.url}/yes`))).rejects.toMatchObject({
      name: "NoReply",
      sent: true,
    });
    expect((await send(at(`${server.url}/no`))).body).toBeUndefined();
  });

  test("a host that is not there was sent nothing", async () => {
    const server = await serve(() => noOffers);
    await server.close();
    await expect(client().send(at(server.url))).rejects.toMatchObject({
      name: "NoReply",
      sent: false,
    });
  });

  test("a reply that never comes is given up, and one nobody wants any more too", async () => {
    const server = await serve(() => new Promise(() => {}));
    onTestFinished(() => server.close());
    const clock = simulatedClock();
    const given = client(clock).send(at(server.url));
    await Promise.all([
      expect(given).rejects.toMatchObject({ name: "NoReply", sent: true }),
      arrived(server, 1).then(() => clock.pass(60_000)),
    ]);
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 20);
    await expect(client().send({ ...at(server.url), signal: stop.signal })).rejects.toMatchObject({
      name: "AbortError",
    });
  });
});

describe("a permit", () => {
  const writing = (url: string, permit: () => Promise<number>): HttpRequest => {
    const { origin, pathname: path } = new URL(url);
    return { ...ordering, origin, path, permit };
  };
  const client = (clock: Clock) => {
    const made = http({ timeout: 60_000, connections: 2, clock });
    onTestFinished(() => made.close());
    return made;
  };

  test("that is refused sends nothing, and its reason is handed on as it is", async () => {
    const server = await started(() => noOffers);
    const lost = new Error("the lease is lost");
    const sending = client(systemClock).send(writing(server.url, async () => Promise.reject(lost)));
    await expect(sending).rejects.toBe(lost);
    expect(server.got).toEqual([]);
  });

  test("is asked after the token, the rate limit and every wait before another try, each time", async () => {
    const server = await started(
      () => [{ status: 429, text: throttledText }, noOffers][server.got.length - 1],
    );
    const clock = simulatedClock();
    const asked: number[] = [];
    const permit = async () => {
      asked.push(clock.monotonic());
      return 60_000;
    };
    const limited = rateLimit(client(clock).send, { perMinute: 1, longest: 300, clock });
    const send = retry(
      withParsedBodies(limited),
      { attempts: 4, seconds: 1, longestSeconds: 300 },
      clock,
    );
    const began = clock.monotonic();
    const sent = send(writing(server.url, permit));
    await waits(clock, 7_000);
    await clock.pass(7_000);
    await waits(clock, 53_000);
    await clock.pass(53_000);
    await sent;
    // The second try waits for as long as the service asks, and then for its turn.
    expect(asked.map((one) => one - began)).toEqual([0, 60_000]);
    expect(server.got).toHaveLength(2);
  });

  test("says how long the request may take in all: what comes later is no reply, and may have been done", async () => {
    const server = await serve(() => new Promise(() => {}));
    onTestFinished(() => server.close());
    const clock = simulatedClock();
    const sending = client(clock)
      .send(writing(server.url, async () => 10_000))
      .catch((error: unknown) => error);
    await arrived(server, 1);
    await clock.pass(9_999);
    expect(await Promise.race([sending, Promise.resolve("still waiting")])).toBe("still waiting");
    await clock.pass(1);
    expect(await sending).toMatchObject({ name: "NoReply", sent: true });
  });
});

const throttledText =
  '{"statusCode":429,"message":"Rate limit is exceeded. Try again in 7 seconds."}';

/** Waits until so many requests have reached a server. */
async function arrived(server: Server, many: number): Promise<void> {
  while (server.got.length < many) await new Promise((resolve) => setTimeout(resolve, 2));
}

/** Waits until somebody sleeps for just so long. */
async function waits(clock: SimulatedClock, milliseconds: number): Promise<void> {
  while (clock.left() !== milliseconds) await new Promise((resolve) => setTimeout(resolve, 2));
}

describe("tokens", () => {
  test("are fetched once for parallel work, the application's for what it may do, and never sent but as a bearer", async () => {
    const server = await started(() => noOffers);
    const adapter = opened(server);
    await Promise.all([offers(adapter), offers(adapter), offers(adapter)]);
    expect(server.tokenRequests).toHaveLength(1);
    const form = new URLSearchParams(server.tokenRequests[0]?.text);
    expect(form.get("grant_type")).toBe("client_credentials");
    expect([form.get("resource"), form.get("scope")]).toEqual([
      "https://partner.partnercenterapi.microsoftonline.cn",
      null,
    ]);
    expect(server.got[0]?.headers.authorization).toMatch(/^Bearer [\w-]+\./);
    expect(adapter.spent?.()).toEqual({ reads: 3, writes: 0 });
  });

  test("one that has run out early is fetched anew, and the request sent once more", async () => {
    const server = await started((got) =>
      server.got.length === 1 && got.path ? { status: 401, body: { code: 400 } } : noOffers,
    );
    await offers(opened(server));
    expect(server.tokenRequests).toHaveLength(2);
    expect(server.got[0]?.headers.authorization).not.toBe(server.got[1]?.headers.authorization);
    const denied = await started(() => ({
      status: 401,
      body: { code: 800001, description: "partner token missing" },
    }));
    await expect(offers(opened(denied))).rejects.toMatchObject({ problem: "denied" });
    expect(denied.got).toHaveLength(2);
  });

  test("one that is about to run out is not used any more", async () => {
    const server = await started(
      () => noOffers,
      () => tokenReply({}, 20),
    );
    const adapter = opened(server);
    await offers(adapter);
    await offers(adapter);
    expect(server.tokenRequests).toHaveLength(2);
  });

  test("a new refresh token is kept before anything is done with it, and used from then on, by the next run too", async () => {
    const root = folder();
    const file = join(root, ".partnerctl/refresh-token.json");
    const kept: boolean[] = [];
    const server = await started(
      () => {
        kept.push(readFileSync(file, "utf8").includes("canary-rotated"));
        return { status: 200, body: {} };
      },
      () => tokenReply({ refresh_token: "canary-rotated" }),
    );
    const adapter = opened(server, root, { signIn: "user" });
    for await (const _ of adapter.read({ kind: "PartnerProfile" }, never));
    await adapter.account(never);
    expect(kept).toEqual([true, true, true, true]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await opened(server, root, { signIn: "user" }).account(never);
    const used = server.tokenRequests.map(({ text }) =>
      new URLSearchParams(text).get("refresh_token"),
    );
    expect(used).toEqual(["canary-refresh-token", "canary-rotated"]);
    await opened(server, root, {
      signIn: "user",
      secrets: { clientSecret: "s", refreshToken: "another" },
    }).account(never);
    expect(new URLSearchParams(server.tokenRequests.at(-1)?.text).get("refresh_token")).toBe(
      "another",
    );
  });

  test("one that cannot be kept is not used", async () => {
    const root = folder();
    writeFileSync(join(root, "file"), "");
    const server = await started(
      () => noOffers,
      () => tokenReply({ refresh_token: "canary-rotated" }),
    );
    const adapter = opened(server, root, { signIn: "user", refreshTokenFile: "file/below" });
    const error: unknown = await adapter.account(never).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      problem: "denied",
      message: expect.stringContaining("so it is not used"),
    });
    expect(String(error)).not.toContain("canary");
    expect(server.got).toHaveLength(0);
  });

  test.each([
    [
      "denied",
      {
        status: 401,
        body: {
          error: "invalid_client",
          error_description: "AADSTS7000215: Invalid client secret\r\nTrace ID: x",
        },
      },
    ],
    ["unavailable", { status: 503, text: "no" }],
    ["unavailable", undefined],
  ] as const)("an authority that does not give one is %s", async (problem, answer) => {
    const server = await started(
      () => noOffers,
      () => answer,
    );
    const error: unknown = await offers(opened(server)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: "AdapterError", problem });
    expect(String(error)).not.toMatch(/canary|Trace/);
    expect(server.got).toHaveLength(0);
  });

  test("what only a user may do is denied before the first request where only the application signs in", async () => {
    const server = await started(() => noOffers);
    const appOnly = { signIn: "app", secrets: { clientSecret: "s" } };
    await expect(opened(server, folder(), appOnly).account(never)).rejects.toMatchObject({
      problem: "denied",
      message: expect.stringMatching(
        /^PartnerProfile\/legalBusiness is allowed to a signed-in user alone.*secrets\.refreshToken.*capabilities/,
      ),
    });
    expect([server.got, server.tokenRequests]).toEqual([[], []]);
    const reduced = {
      ...appOnly,
      capabilities: { PartnerProfile: { readable: ["/legalBusiness"], writable: [], verbs: [] } },
    };
    expect(await opened(server, folder(), reduced).account(never)).toEqual({
      id: "4719d490-9b20-5e5e-b42d-099785562940",
    });
  });
});

describe("never order twice", () => {
  const live = { "Customer/fabrikam": { kind: "Customer", id: "c", key: "fabrikam", spec: {} } };
  const change = create(
    "Subscription/fabrikam/office",
    { offer: "E3", quantity: 1, friendlyName: "office" },
    "Customer/fabrikam",
  );
  test.each([
    ["a lost reply", undefined],
    ["a failure", { status: 500 }],
    ["a gateway's failure", { status: 502 }],
    ["a reply that is not JSON", { status: 201, text: '{"id":' }],
    [
      "an order that does not say which subscription it made",
      { status: 201, body: { id: "o", lineItems: [] } },
    ],
  ] as const)("%s is an unknown outcome, and the order was posted once", async (_, answer) => {
    const server = await started(() => answer);
    await expect(opened(server).write(change, context("r", { live }))).rejects.toMatchObject({
      problem: "unknown-outcome",
    });
    expect(server.got.filter(({ method }) => method === "POST")).toHaveLength(1);
  });

  test("an adapter that was opened to read refuses to send it at all", async () => {
    const server = await started(() => noOffers);
    await expect(
      opened(server, folder(), { access: "read" }).write(change, context("r", { live })),
    ).rejects.toMatchObject({
      problem: "denied",
    });
    expect(server.got).toEqual([]);
  });
});

describe("lists", () => {
  const page = (items: number, totalCount: number, next?: string): Answer => ({
    status: 200,
    body: {
      totalCount,
      items: Array.from({ length: items }, (_, index) => ({ id: `${items}-${index}` })),
      ...(next !== undefined && { links: { next: { uri: next, headers: [] } } }),
    },
  });
  test.each<readonly [string, readonly Answer[], number | RegExp]>([
    ["a page that is short", [page(1, 2)], /fewer items than it says/],
    [
      "a first page that is short",
      [page(1, 2, "/offers?page=2"), page(2, 2)],
      /fewer items than it says/,
    ],
    ["pages that each say how long the whole is", [page(2, 3, "/v1/offers?page=2"), page(1, 3)], 3],
    ["a page without items", [{ status: 200, body: {} }], /has no items/],
    ["a page that leads back to itself", [page(1, 1, "/offers?country=CN")], /leads back/],
    [
      "a page that is refused",
      [page(1, 1, "/offers?page=2"), { status: 400, body: { code: 800002 } }],
      /800002/,
    ],
  ])("%s", async (_, answers, expected) => {
    const server = await started(() => answers[Math.min(server.got.length, answers.length) - 1]);
    const reading = offers(opened(server));
    if (typeof expected === "number") expect(await reading).toBe(expected);
    else await expect(reading).rejects.toThrow(expected);
    for (const { path } of server.got) expect(path).toMatch(/^\/v1\/offers/);
  });

  test("a link to another host is followed at the configured one", async () => {
    const server = await started(({ path }) => {
      if (path.includes("skiptoken")) return { status: 200, body: { value: [] } };
      return {
        status: 200,
        body: {
          value: [],
          ...(path.startsWith("/v1.0/users") && {
            "@odata.nextLink": "https://elsewhere.example/v1.0/users?$skiptoken=1",
          }),
        },
      };
    });
    for await (const _ of opened(server).read({ kind: "User" }, never));
    expect(server.got.at(-1)?.path).toBe("/v1.0/users?$skiptoken=1");
  });
});
