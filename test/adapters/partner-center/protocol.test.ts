import { describe, expect, onTestFinished, test } from "vitest";
import type { Adapter } from "../../../src/model/adapter.ts";
import type { Spec } from "../../../src/model/values/json.ts";
import type { Observed } from "../../../src/model/observed.ts";
import { context, create, credential, folder, update } from "../changes.ts";
import { type Answer, type Got, open, type Server, serve } from "./server.ts";

const never = new AbortController().signal;
const first = "f122c64f-20e3-5b79-9638-d798e80c2c1d";
const office: Observed = {
  kind: "Subscription",
  id: "97b75a1f-70ea-542e-a916-a7ab718bd401",
  key: "office",
  spec: { customer: "c", offer: "E3", quantity: 10, friendlyName: "office", status: "active" },
  parentId: "c",
};
const seats = update("Subscription/fabrikam/office", office, { "/quantity": 15 });
const customer = create("Customer/fabrikam", {
  domain: "fabrikam.partner.onmschina.cn",
  billing: {},
});
const ordered = create(
  "Subscription/fabrikam/office",
  { offer: "E3", quantity: 1, friendlyName: "office" },
  "Customer/fabrikam",
);
const live = { "Customer/fabrikam": { kind: "Customer", id: "c", key: "fabrikam", spec: {} } };

async function started(answer: (got: Got, server: Server) => Answer): Promise<Server> {
  const server: Server = await serve((got) => answer(got, server));
  onTestFinished(() => server.close());
  return server;
}

function opened(server: Server, more: Spec = {}): Adapter {
  const adapter = open(server.url, folder(), { validateAddresses: false, ...more });
  onTestFinished(() => adapter.close());
  return adapter;
}

/**
 * What writing comes to where every write is answered like this, and every reading with the thing
 * as it was.
 */
async function outcome(answer: Answer): Promise<unknown> {
  const body = { id: office.id, quantity: 10, status: "active", friendlyName: "office" };
  const server = await started(({ method }) => (method === "GET" ? { status: 200, body } : answer));
  const adapter = opened(server, { retry: { attempts: 1, longestSeconds: 0 } });
  return adapter.write(seats, context(first, { current: office })).catch((error: unknown) => error);
}

describe("what a refusal means goes by its status and its code", () => {
  test.each([
    [400, 2055, "conflict"],
    [409, 2055, "conflict"],
    [403, 2055, "denied"],
    [400, 2006, "rejected"],
    [403, 2006, "rejected"],
    [400, 3000, "rejected"],
    [404, 3000, "missing"],
    [400, 2011, "missing"],
    [403, 2011, "denied"],
    [401, 400, "denied"],
    [400, 400, "rejected"],
    [401, 800001, "denied"],
    [403, 2030, "rejected"],
    [403, 2032, "denied"],
    [403, 2085, "rejected"],
    [403, 2091, "rejected"],
    [403, 20002, "denied"],
    [403, 800039, "denied"],
    [403, 900149, "denied"],
    [403, 800043, "denied"],
    [403, 800066, "rejected"],
    [403, 800067, "rejected"],
    [403, 800069, "rejected"],
    [403, 800073, "rejected"],
    [403, 800074, "rejected"],
    [403, 800075, "rejected"],
    [403, 900150, "denied"],
    [403, 900329, "denied"],
    [403, 600006, "rejected"],
    [404, 1000, "missing"],
    [404, 20000, "missing"],
    [404, 20003, "missing"],
    [404, 60003, "missing"],
    [404, 2072, "rejected"],
    [404, 800015, "rejected"],
    [400, 2071, "rejected"],
    [400, 2001, "rejected"],
    [400, 2002, "rejected"],
    [400, 2054, "rejected"],
    [400, 27006, "rejected"],
    [409, 27009, "rejected"],
    [409, 900278, "rejected"],
    [409, 800060, "conflict"],
    [409, 800064, "conflict"],
    [412, 1, "conflict"],
    [417, 800036, "conflict"],
    [405, 1, "rejected"],
    [406, 1, "rejected"],
  ])("%i/%i is %s", async (status, code, problem) => {
    for (const spelled of [code, String(code)]) {
      const error = await outcome({
        status,
        body: { code: spelled, description: "says why", data: [], source: "PartnerFD" },
      });
      expect(error).toMatchObject({
        name: "AdapterError",
        problem,
        message: expect.stringContaining(`(${status}/${code})`),
      });
      expect(String(error)).toContain("says why");
    }
  });

  test.each<readonly [string, Partial<NonNullable<Answer>>, string]>([
    [
      "JSON within JSON",
      { body: { code: 2007, description: '{"code":60071,"reason":"StateInvalid"}' } },
      "StateInvalid (400/2007)",
    ],
    [
      "of the newer sort",
      { body: { code: "800002", message: "Invalid", errorName: "x", isRetryable: false } },
      "Invalid (400/800002)",
    ],
    [
      "Graph's",
      { body: { error: { code: "Request_BadRequest", message: "No" } } },
      "No (400/Request_BadRequest)",
    ],
    [
      "very long",
      { body: { code: 1, description: "y".repeat(1024) } },
      `${"y".repeat(300)} (400/1)`,
    ],
    [
      "with a byte order mark",
      { text: '\uFEFF{"code":2002,"description":"数量"}' },
      "数量 (400/2002)",
    ],
  ])("a body of the service's that is %s is understood", async (_, answer, said) => {
    expect(await outcome({ status: 400, ...answer })).toMatchObject({
      problem: "rejected",
      message: expect.stringMatching(/PATCH/),
    });
    expect(String(await outcome({ status: 400, ...answer }))).toContain(said);
  });

  const gateway = {
    text: "<html><h1>Bad Gateway</h1></html>",
    headers: { "Content-Type": "text/html" },
  };
  const documented = {
    body: { code: 800002, description: "says why", data: [], source: "PartnerFD" },
  };
  test.each<readonly [string, readonly number[], Partial<NonNullable<Answer>>]>([
    ["empty", [400, 403, 404, 405, 409, 412, 499], {}],
    ["a page of somebody else's", [400, 403, 404, 407, 409, 502], gateway],
    ["a broken piece of JSON", [400, 403], { text: '{"code": 20' }],
    ["JSON of another shape", [400, 403], { body: { message: "Forbidden" } }],
    ["JSON with a code and no words", [400, 403], { body: { code: 800002 } }],
    [
      "the service's own, under a status that anything on the way may give",
      [408, 425, 499, 500, 501, 502, 503, 504, 505, 520],
      documented,
    ],
  ])("a write is in doubt after an answer that is %s", async (_, statuses, answer) => {
    for (const status of statuses)
      expect(await outcome({ status, ...answer })).toMatchObject({ problem: "unknown-outcome" });
  });

  test.each<readonly [string, number, Partial<NonNullable<Answer>>, string]>([
    ["401 without a body", 401, {}, "denied"],
    ["429 without a body", 429, {}, "throttled"],
  ])("a write that buys nothing is refused by a %s", async (_, status, answer, problem) => {
    expect(await outcome({ status, ...answer })).toMatchObject({ problem });
  });

  test.each<readonly [string, Partial<NonNullable<Answer>>, string]>([
    ["empty", {}, "refused (400)"],
    ["a page of somebody else's", gateway, "web page of a proxy"],
    ["a broken piece of JSON", { text: '{"code": 20' }, '{"code": 20 (400)'],
  ])("a reading is refused by an answer that is %s", async (_, answer, said) => {
    const server = await started(() => ({ status: 400, ...answer }));
    const adapter = opened(server, { retry: { attempts: 1, longestSeconds: 0 } });
    const reading = (async () => {
      for await (const __ of adapter.read({ kind: "Offer" }, never));
    })();
    const error: unknown = await reading.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: "AdapterError", problem: "rejected" });
    expect(String(error)).toContain(said);
  });

  test.each([500, 502, 503, 504])(
    "%i leaves it open whether the change was made",
    async (status) => {
      expect(await outcome({ status, body: { code: 1, description: "x" } })).toMatchObject({
        problem: "unknown-outcome",
      });
    },
  );
});

describe("throttling", () => {
  const ours = (seconds: string) => ({
    statusCode: 429,
    message: `Rate limit is exceeded. Try again in ${seconds} seconds.`,
  });
  const graphs = {
    error: {
      code: "TooManyRequests",
      message: "Too many requests",
      innerError: { "request-id": "x", date: "2026" },
    },
  };
  test.each<readonly [string, "Offer" | "User", Partial<NonNullable<Answer>>, number]>([
    [
      "Partner Center's body and whole seconds",
      "Offer",
      { headers: { "Retry-After": "1" }, body: ours("1") },
      1000,
    ],
    ["Partner Center's body and no header", "Offer", { body: ours("1") }, 1000],
    ["Partner Center's body with a fraction and no header", "Offer", { body: ours("0.3") }, 300],
    [
      "Graph's body and a fraction",
      "User",
      { headers: { "Retry-After": "0.4" }, body: graphs },
      400,
    ],
    [
      "Graph's body and whole seconds",
      "User",
      { headers: { "Retry-After": "1" }, body: graphs },
      1000,
    ],
    ["Graph's body and no header", "User", { body: graphs }, 200],
    ["no body and no header", "Offer", {}, 200],
    ["a header that is no number", "Offer", { headers: { "Retry-After": "soon" } }, 200],
  ])("with %s is waited for as long as it says", async (_, kind, answer, least) => {
    const times: number[] = [];
    const at = kind === "Offer" ? "/v1/offers" : "/v1.0/users";
    const server = await started(({ path }) => {
      const empty = { status: 200, body: { items: [], value: [] } };
      if (!path.startsWith(at)) return empty;
      times.push(performance.now());
      return times.length === 1 ? { status: 429, ...answer } : empty;
    });
    // Had it to wait for longer than this, it would fail instead.
    const retry = { seconds: 0.2, longestSeconds: (least + 500) / 1000 };
    for await (const _ of opened(server, { retry }).read({ kind }, never));
    const [began = 0, again = 0] = times;
    expect(times).toHaveLength(2);
    expect(again - began).toBeGreaterThan(least - 5);
  });

  test("for longer than the settings allow is told, not waited for", async () => {
    const server = await started(() => ({
      status: 429,
      headers: { "Retry-After": "57" },
      body: ours("57"),
    }));
    const reading = opened(server, { retry: { longestSeconds: 2 } }).read({ kind: "Offer" }, never);
    await expect(reading[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      problem: "throttled",
      message: expect.stringContaining("(429)"),
    });
    expect(server.got).toHaveLength(1);
  });
});

describe("ids", () => {
  const made: Answer = {
    status: 201,
    body: {
      id: "c",
      companyProfile: { domain: "fabrikam.partner.onmschina.cn" },
      userCredentials: { userName: "admin", password: "p" },
    },
  };
  const placed: Answer = {
    status: 201,
    body: { id: "o", lineItems: [{ offerId: "E3", subscriptionId: "s", friendlyName: "office" }] },
  };

  const throttled: Answer = {
    status: 429,
    body: { statusCode: 429, message: "Rate limit is exceeded. Try again in 0 seconds." },
  };

  /** The request ids a write was sent under. */
  async function under(
    answers: readonly Answer[],
    write: (adapter: Adapter) => Promise<unknown>,
  ): Promise<readonly unknown[]> {
    const turns = [...answers];
    const server = await started(({ method }) =>
      method === "POST" ? turns.shift() : { status: 404 },
    );
    await write(opened(server));
    return server.got
      .filter(({ method }) => method === "POST")
      .map(({ headers }) => headers["ms-requestid"]);
  }

  const creating = (adapter: Adapter) => adapter.write(customer, context(first, { credential }));
  const again = (adapter: Adapter) =>
    adapter.write(customer, { ...context(first, { credential }), repeated: true });
  const ordering = (adapter: Adapter) => adapter.write(ordered, context(first, { live }));
  test.each<
    readonly [string, readonly Answer[], (adapter: Adapter) => Promise<unknown>, readonly number[]]
  >([
    ["stay after a lost reply", [undefined, made], creating, [0, 0]],
    ["stay after a failure", [{ status: 503 }, { status: 502 }, made], creating, [0, 0, 0]],
    [
      "stay after a body that is cut short",
      [{ status: 201, text: '{"id":' }, made],
      creating,
      [0, 0],
    ],
    ["are new after a refusal", [{ status: 429 }, made], creating, [0, 1]],
    ["are new after each refusal", [{ status: 429 }, { status: 429 }, made], creating, [0, 1, 2]],
    [
      "stay once there is doubt",
      [{ status: 429 }, undefined, { status: 429 }, made],
      creating,
      [0, 1, 1, 1],
    ],
    ["stay when it is sent again in doubt", [{ status: 429 }, made], again, [0, 0]],
    ["of an order are new after a refusal", [throttled, placed], ordering, [0, 1]],
  ])("of a request %s", async (_, answers, write, expected) => {
    const ids = await under(answers, write);
    expect(ids[0]).toBe(first);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    const known = [...new Set(ids)];
    expect(ids.map((id) => known.indexOf(id))).toEqual(expected);
    // Whoever tries the same change of the same plan again, on whatever machine, does it under the
    // same ids.
    expect(await under(answers, write)).toEqual(ids);
  });

  test("of readings differ, and all that one adapter sends to Partner Center belongs together", async () => {
    const server = await started(() => ({ status: 200, body: { items: [], value: [] } }));
    const [one, another] = [opened(server), opened(server)];
    for (const adapter of [one, one, another])
      for await (const _ of adapter.read({ kind: "Offer" }, never));
    const ids = server.got.map(({ headers }) => headers["ms-requestid"]);
    expect(new Set(ids).size).toBe(3);
    expect(server.got.map(({ headers }) => headers["ms-correlationid"])).toEqual([
      one.correlation,
      one.correlation,
      another.correlation,
    ]);
    expect(one.correlation).not.toBe(another.correlation);
  });
});
