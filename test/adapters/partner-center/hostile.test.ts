import { describe, expect, onTestFinished, test } from "vitest";
import { http, mostReplyBytes } from "../../../src/adapters/partner-center/http/http.ts";
import { most } from "../../../src/adapters/partner-center/http/paging.ts";
import { rateLimit } from "../../../src/adapters/partner-center/http/rate-limit.ts";
import { pathSegment } from "../../../src/adapters/partner-center/reading.ts";
import { retry } from "../../../src/adapters/partner-center/http/retry.ts";
import {
  addressOf,
  NoReply,
  type HttpRequest,
  type Transport,
} from "../../../src/adapters/partner-center/http/transport.ts";
import { systemClock } from "../../../src/adapters/system-clock.ts";
import type { Adapter, Query } from "../../../src/model/adapter.ts";
import type { Json, Spec } from "../../../src/model/values/json.ts";
import { backendTrouble } from "../../../src/operations/project/backend-diagnostic.ts";
import { context, create, credential, folder } from "../changes.ts";
import { type Answer, type Got, open, type Server, serve, tokenReply } from "./server.ts";

const never = new AbortController().signal;
const origin = "https://partner.example";
const reading: HttpRequest = {
  method: "GET",
  origin,
  path: "/v1/offers",
  headers: {},
  access: { audience: "api", as: "app" },
  repeatable: true,
  signal: never,
};

async function started(answer: (got: Got) => Answer | Promise<Answer>): Promise<Server> {
  const server = await serve(answer);
  onTestFinished(() => server.close());
  return server;
}

function opened(server: Server, more: Spec = {}): Adapter {
  const adapter = open(server.url, folder(), more);
  onTestFinished(() => adapter.close());
  return adapter;
}

async function ids(adapter: Adapter, query: Query): Promise<readonly string[]> {
  const all: string[] = [];
  for await (const { id } of adapter.read(query, never)) all.push(id);
  return all;
}

describe("a request stays on the host it is meant for", () => {
  test.each([
    ["@thief.example/v1/profiles"],
    [".thief.example/v1"],
    [":1/v1"],
    ["//thief.example/v1"],
    ["/\\thief.example/v1"],
    ["/\t/thief.example/v1"],
    ["https://thief.example/v1"],
    ["http://[/v1"],
    ["v1/offers"],
    [""],
  ])("whatever its path says: %j", (path) => {
    expect(() => addressOf({ origin, path })).toThrow(
      expect.objectContaining({ name: "AdapterError", problem: "rejected" }),
    );
  });

  test("which a path on it does", () => {
    expect(addressOf({ origin, path: "/v1/a%2Fb?c=//d" }).href).toBe(`${origin}/v1/a%2Fb?c=//d`);
  });

  test("also where the adapter is asked for something that is no id", async () => {
    const server = await started(() => ({ status: 200, body: {} }));
    for (const id of ["..", ".", "\ud800", "a\u0000b", "x".repeat(300)])
      await expect(ids(opened(server), { kind: "Customer", id })).rejects.toMatchObject({
        problem: "rejected",
      });
    expect(server.got).toEqual([]);
    expect(pathSegment("a/b")).toBe("a%2Fb");
  });

  test.each([
    "@thief.example/x",
    "//thief.example",
    "v1/x",
    "/v1/../../x",
    "/v1/x?y=1",
    "/\\thief.example",
  ])("and no path of the settings leads away: %s", async (supportProfilePath) => {
    const server = await started(() => ({ status: 200, body: {} }));
    expect(() => opened(server, { supportProfilePath })).toThrow(
      "/supportProfilePath must match pattern",
    );
  });

  test("and no redirect is followed", async () => {
    const thief = await started(() => ({ status: 200, body: { totalCount: 0, items: [] } }));
    const server = await started(() => ({
      status: 307,
      headers: { location: `${thief.url}/v1/offers` },
    }));
    await expect(ids(opened(server), { kind: "Offer" })).rejects.toMatchObject({
      problem: "unavailable",
      message: expect.stringMatching(
        new RegExp(`answered 307, which sends the request elsewhere \\(${thief.url}\\)\\.$`),
      ),
    });
    expect(thief.got).toEqual([]);
  });

  test.each([
    [
      "another host",
      "https://login.other.example/common/oauth2/token?code=secret",
      " (https://login.other.example)",
    ],
    ["a page of its own", "/portal", ""],
    ["what is no host", "mailto:somebody@other.example", ""],
    ["nowhere that it names", undefined, ""],
  ])(
    "and no redirect of the authority to %s, which is told with a hint",
    async (_, location, told) => {
      const server = await serve(
        () => ({ status: 200, body: { totalCount: 0, items: [] } }),
        () => ({ status: 302, body: {}, ...(location !== undefined && { headers: { location } }) }),
      );
      onTestFinished(() => server.close());
      const failed = await ids(opened(server), { kind: "Offer" }).catch((error: unknown) => error);
      expect(failed).toMatchObject({
        problem: "rejected",
        message: `Signing in: the authority answered 302, which sends the request elsewhere${told}.`,
      });
      expect(backendTrouble(failed, "nothing was planned").hint).toContain(
        "adapters.partner-center.authority",
      );
      expect([server.got.length, server.tokenRequests.length]).toEqual([0, 1]);
    },
  );

  test("and no page chooses the headers of the next request", async () => {
    const headers = ["Authorization", "Host", "MS-ContinuationToken"].map((key) => ({
      key,
      value: "from-the-page",
    }));
    const server = await started(({ path }) => ({
      status: 200,
      body: {
        totalCount: 0,
        items: [],
        ...(!path.includes("page=2") && { links: { next: { uri: "/offers?page=2", headers } } }),
      },
    }));
    await ids(opened(server), { kind: "Offer" });
    const [, second] = server.got;
    expect(second?.headers["ms-continuationtoken"]).toBe("from-the-page");
    expect([second?.headers.authorization, second?.headers.host]).not.toContain("from-the-page");
  });
});

describe("a reply of the wrong shape is trouble of the service", () => {
  const listed = (...items: readonly Json[]): Json => ({ totalCount: items.length, items });
  test.each<readonly [string, string, Json | string]>([
    ["null", "Offer", null],
    ["a list", "Offer", []],
    ["a text", "Offer", '"offers"'],
    ["an item that is null", "Customer", listed(null)],
    ["an item that is a number", "Offer", listed(1)],
    ["an item without an id", "Customer", listed({ companyProfile: { domain: "a.example" } })],
    ["an id that is half a surrogate", "Customer", '{"totalCount":1,"items":[{"id":"\\ud800"}]}'],
    ["an id that leads elsewhere", "Customer", listed({ id: ".." })],
    ["an id with a line break", "Offer", listed({ id: "a\nb" })],
    [
      "a next link that is no URL",
      "Offer",
      { ...Object(listed()), links: { next: { uri: "http://[" } } },
    ],
    [
      "lists in lists in lists",
      "Offer",
      `{"items":[{"id":"A","name":${"[".repeat(100_000)}${"]".repeat(100_000)}}]}`,
    ],
    [
      "a token that no header may hold",
      "Offer",
      { ...Object(listed()), continuationToken: "a\r\nAuthorization: b" },
    ],
    ["a mapping as a seat count", "Subscription", listed({ id: "s", quantity: { a: 1 } })],
    ["half a seat", "Subscription", listed({ id: "s", quantity: 1.5 })],
    ["a name that is a list", "User", { value: [{ id: "u", displayName: ["a"] }] }],
    [
      "a directory's next link that is no URL",
      "User",
      { value: [], "@odata.nextLink": "http://[" },
    ],
  ])("%s", async (_, kind, body) => {
    const server = await started(({ path }) => {
      if (kind === "User" && !path.startsWith("/v1.0/users?"))
        return { status: 200, body: { value: [] } };
      return typeof body === "string" ? { status: 200, text: body } : { status: 200, body };
    });
    const parentId = kind === "Subscription" ? "c" : undefined;
    const found = ids(opened(server), { kind, ...(parentId !== undefined && { parentId }) });
    await expect(found).rejects.toMatchObject({ name: "AdapterError", problem: "unavailable" });
    expect(server.got.length).toBeLessThan(6);
  });

  test.each<readonly [string, Readonly<Record<string, Json>>]>([
    ["a number", { access_token: 1 }],
    ["true", { access_token: true }],
    ["a mapping", { access_token: { a: {} } }],
    ["a text with a line break", { access_token: "a\r\nHost: b" }],
    ["one that lasts for a text", { expires_in: "soon" }],
    ["one that lasts for a list", { expires_in: [] }],
    ["one that lasts for ever", { expires_in: 1e308 }],
  ])("as a token %s, and nothing is sent with it", async (_, more) => {
    const server = await serve(
      () => ({ status: 200, body: listed() }),
      () => tokenReply(more),
    );
    onTestFinished(() => server.close());
    await expect(ids(opened(server), { kind: "Offer" })).rejects.toMatchObject({
      problem: "unavailable",
      message: "Signing in: The authority's reply has another shape than a token's.",
    });
    expect([server.got.length, server.tokenRequests.length]).toEqual([0, 1]);
  });

  test("and after a write that cannot be taken back it leaves the outcome open", async () => {
    const server = await started(({ method }) =>
      method === "GET" ? { status: 404, body: {} } : { status: 201, body: [] },
    );
    const user = create("User/a", { userPrincipalName: "a@b.example" });
    const writing = opened(server).write(
      user,
      context("f122c64f-20e3-5b79-9638-d798e80c2c1d", { credential }),
    );
    await expect(writing).rejects.toMatchObject({ problem: "unknown-outcome" });
  });
});

describe("a list without an end", () => {
  /**
   * How many requests it takes to give up a list that goes on for so many pages; each brings so
   * many new items.
   */
  async function requestsFor(pages: number, fresh: number): Promise<number> {
    const server = await started(({ path }) => {
      const page = Number(new URL(path, origin).searchParams.get("page") ?? 1);
      const items = Array.from({ length: fresh }, (_, index) => ({ id: `${page}-${index}` }));
      const uri = page < pages ? `/offers?page=${page + 1}` : "";
      return { status: 200, body: { totalCount: fresh, items, links: { next: { uri } } } };
    });
    await ids(opened(server), { kind: "Offer" }).catch((error: unknown) =>
      expect(error).toMatchObject({ problem: "unavailable" }),
    );
    return server.got.length;
  }

  test("is given up after pages that bring nothing new, however many there are", async () => {
    expect(await requestsFor(100, 0)).toBe(most.empty);
    expect(await requestsFor(1000, 0)).toBe(most.empty);
  });

  test("is read on where every page brings something", async () => {
    expect(await requestsFor(100, 1)).toBe(100);
  });

  test("yields what two pages hold once", async () => {
    const page = (names: readonly string[], next?: string): Answer => ({
      status: 200,
      body: {
        totalCount: names.length,
        items: names.map((id) => ({ id })),
        ...(next && { links: { next: { uri: next } } }),
      },
    });
    const server = await started(({ path }) =>
      path.includes("page=2") ? page(["B", "C"]) : page(["A", "B"], "/offers?page=2"),
    );
    expect(await ids(opened(server), { kind: "Offer" })).toEqual(["A", "B", "C"]);
  });
});

test("a reply without an end is given up, and not asked for again", async () => {
  const piece = Buffer.alloc(1024 * 1024, 32);
  let [requests, sent] = [0, 0];
  const { createServer } = await import("node:http");
  const endless = createServer((_, response) => {
    requests += 1;
    const more = (): void => {
      sent += 1;
      if (!response.destroyed) response.write(piece, more);
    };
    more();
  });
  await new Promise<void>((done) => endless.listen(0, "127.0.0.1", done));
  onTestFinished(() => void endless.close());
  const { port } = Object(endless.address());
  const { send, close } = http({ timeout: 10_000, connections: 1, clock: systemClock });
  onTestFinished(close);
  const asking = retry(
    send,
    { attempts: 4, seconds: 0.001, longestSeconds: 1 },
    systemClock,
  )({ ...reading, origin: `http://127.0.0.1:${port}` });
  await expect(asking).rejects.toThrow("is larger than 64 MiB");
  expect(requests).toBe(1);
  expect(sent).toBeLessThan((2 * mostReplyBytes) / piece.length);
});

describe("a host that asks for a longer pause than anybody waits", () => {
  const asks = (seconds: string) => {
    const sent: HttpRequest[] = [];
    const asked: Record<string, string> = { "retry-after": seconds };
    const send: Transport = async (request) => {
      sent.push(request);
      const throttled = request.access?.audience === "api";
      return { status: throttled ? 429 : 200, headers: throttled ? asked : {}, text: "" };
    };
    return { sent, limited: rateLimit(send, { perMinute: 2, longest: 300, clock: systemClock }) };
  };

  test.each(["301", "3600", "31536000"])("is sent nothing more: %s seconds", async (seconds) => {
    const { sent, limited } = asks(seconds);
    const [answered, ...waiting] = [1, 2, 3, 4].map(() => limited(reading));
    await expect(answered).resolves.toMatchObject({ status: 429 });
    for (const one of waiting.slice(1))
      await expect(one).rejects.toMatchObject({
        problem: "throttled",
        message: `GET /v1/offers: the service asks to wait ${seconds} seconds (429).`,
      });
    await expect(limited(reading)).rejects.toMatchObject({ problem: "throttled" });
    // The limit lets two through; ten times as many that come later are sent nothing all the same.
    await Promise.all(
      Array.from({ length: 20 }, () =>
        expect(limited(reading)).rejects.toMatchObject({ problem: "throttled" }),
      ),
    );
    expect(sent).toHaveLength(2);
  });

  test("is told with the time it asks for, and holds no other host back", async () => {
    const server = await started(({ path }) =>
      path.startsWith("/v1/")
        ? { status: 429, headers: { "retry-after": "3600" } }
        : { status: 200, body: { value: [] } },
    );
    const adapter = opened(server);
    await expect(ids(adapter, { kind: "Offer" })).rejects.toThrow(
      "GET /v1/offers: the service asks to wait 3600 seconds (429).",
    );
    await expect(ids(adapter, { kind: "Customer" })).rejects.toThrow(
      "GET /v1/customers: the service asks to wait 3600 seconds (429).",
    );
    expect(await ids(adapter, { kind: "User" })).toEqual([]);
    expect(server.got.filter(({ path }) => path.startsWith("/v1/"))).toHaveLength(1);
  });

  test("at the sign-in is told too", async () => {
    const server = await serve(
      () => ({ status: 200, body: {} }),
      () => ({ status: 429, headers: { "retry-after": "3600" }, body: {} }),
    );
    onTestFinished(() => server.close());
    const reply = ids(opened(server), { kind: "Offer" });
    await expect(reply).rejects.toMatchObject({
      problem: "throttled",
      message: "Signing in: the service asks to wait 3600 seconds (429).",
    });
    expect(server.tokenRequests).toHaveLength(1);
  });
});

describe("what the service quotes", () => {
  test("is shown without the secrets of this process, also where it is cut", async () => {
    const server = await started(({ headers, method, body }): Answer => {
      if (method === "GET") return { status: 404, body: {} };
      const { password } = Object(Object(body).passwordProfile);
      const message = `${headers.authorization} ${"x".repeat(270)} ${password} canary-client-secret`;
      return { status: 400, body: { error: { code: "Request_BadRequest", message } } };
    });
    const user = create("User/a", { userPrincipalName: "a@b.example" });
    const writing = opened(server).write(
      user,
      context("f122c64f-20e3-5b79-9638-d798e80c2c1d", { credential }),
    );
    const error = await writing.catch((thrown: unknown) => thrown);
    expect(String(error)).toContain("Bearer ***");
    expect(String(error)).not.toMatch(/ey[A-Za-z0-9]{8}/);
  });

  test("of a lost reply is no header and no body", () => {
    expect(new NoReply("lost", true)).toMatchObject({ sent: true, final: false });
  });
});
