import { beforeEach, describe, expect, test } from "vitest";
import type { Emulator } from "../../src/emulator/emulator.ts";
import { type Client, client, type Reply } from "./client.ts";
import { ids } from "./example-account.ts";
import { freshEmulator } from "./fresh.ts";

const fresh = freshEmulator();
const eventual = { ConsistencyLevel: "eventual" };
let emulator: Emulator;
let app: Client;

beforeEach(async () => {
  emulator = fresh();
  app = await client(emulator, "app", "graph");
});

const names = ({ body }: Reply) =>
  body.value.map((one: { displayName: string }) => one.displayName);

test.each([
  ["displayName eq 'CHEN JIE'", ["Chen Jie"]],
  ["startswith(userPrincipalName,'li.') or givenName eq 'Jie'", ["Chen Jie", "Li Wei"]],
  ["(accountEnabled eq true) and surname in ('Li','Chen')", ["Chen Jie", "Li Wei"]],
  ["createdDateTime ge 2024-05-01T00:00:00Z and surname eq 'Chen'", ["Chen Jie"]],
  ["createdDateTime lt 2024-01-01T00:00:00Z", []],
  ["surname eq 'O''Brien'", []],
  ["jobTitle eq null and surname eq 'Li'", ["Li Wei"]],
])("$filter=%s is served", async (filter, expected) => {
  const reply = await app("GET", `/v1.0/users?$filter=${filter}&$orderby=displayName`);
  expect([reply.status, names(reply)]).toEqual([200, expected]);
});

test.each([
  "endswith(userPrincipalName,'cn')",
  "not(surname eq 'Li')",
  "surname ne 'Li'",
  "contains(displayName,'Wei')",
])("$filter=%s needs ConsistencyLevel: eventual", async (filter) => {
  const ask = (headers: Readonly<Record<string, string>>) =>
    app("GET", `/v1.0/users?$filter=${filter}&$count=true`, { headers });
  expect(await ask({})).toMatchObject({
    status: 400,
    body: { error: { code: "Request_UnsupportedQuery" } },
  });
  const { status, body } = await ask(eventual);
  expect([status, body["@odata.count"]]).toEqual([200, body.value.length]);
});

test.each([
  "surname",
  "surname eq",
  "surname eq 'Li' and",
  "(surname eq 'Li'",
  "surname eq Li",
  "surname like 'Li'",
  "startswith(surname 'Li')",
  "constructor eq 1 'x'",
  `${"(".repeat(500)}surname eq 'Li'${")".repeat(500)}`,
])("$filter=%s is refused", async (filter) => {
  expect((await app("GET", `/v1.0/groups?$filter=${filter}`)).status).toBe(400);
});

test("lists are sorted, counted and cut as asked for, with or without the dollar sign", async () => {
  expect(names(await app("GET", "/v1.0/users?$orderby=surname desc,givenName"))).toEqual([
    "Li Wei",
    "Chen Jie",
    "Automation Partner",
  ]);
  const { body } = await app("GET", "/v1.0/users?Select=id&TOP=2&$count=true", {
    headers: eventual,
  });
  expect([body.value.length, Object.keys(body.value[0]), body["@odata.count"]]).toEqual([
    2,
    ["id"],
    3,
  ]);
  const { pathname, search } = new URL(body["@odata.nextLink"]);
  expect((await app("GET", pathname + search)).body.value).toHaveLength(1);
  for (const query of ["$orderby=surname up", "$search=x", "$top=0", "$skiptoken=LTU"])
    expect((await app("GET", `/v1.0/users?${query}`)).status).toBe(400);
});

test("a count is plain text, for advanced requests alone", async () => {
  expect((await app("GET", "/v1.0/users/$count")).status).toBe(400);
  const path = "/v1.0/groups/$count?$filter=startswith(displayName,'Admin')";
  const { status, text, headers } = await app("GET", path, { headers: eventual });
  expect([status, text, headers.get("content-type")]).toEqual([200, "1", "text/plain"]);
});

test("a delta query tells what changed since its link", async () => {
  const first = await app("GET", "/v1.0/users/delta?$select=displayName");
  expect(first.body.value).toHaveLength(3);
  const next = async ({ body }: Reply) => {
    const { pathname, search } = new URL(body["@odata.deltaLink"]);
    return app("GET", pathname + search);
  };
  expect((await next(first)).body.value).toEqual([]);
  await app("PATCH", `/v1.0/users/${ids.chen}`, { body: { displayName: "Chen J." } });
  const second = await next(first);
  expect(second.body.value).toEqual([{ id: ids.chen, displayName: "Chen J." }]);
  await app("DELETE", `/v1.0/users/${ids.chen}`);
  expect((await next(second)).body.value).toEqual([
    { id: ids.chen, "@removed": { reason: "changed" } },
  ]);
  expect((await app("GET", "/v1.0/users/delta?$deltatoken=latest")).body.value).toEqual([]);
  expect((await app("GET", "/v1.0/users/delta?$deltatoken=nonsense")).status).toBe(400);
  await app("POST", `/v1.0/groups/${ids.agentRole}/members/$ref`, {
    body: {
      "@odata.id": `https://graph/v1.0/users/${(await app("GET", "/v1.0/users")).body.value[0].id}`,
    },
  });
  const groups = await app("GET", "/v1.0/groups/delta");
  expect((await next(groups)).body.value).toEqual([]);
});

test("the organization, its domains and the signed-in user can be read", async () => {
  const { body } = await app("GET", "/v1.0/organization?$select=id,verifiedDomains");
  expect(body.value).toMatchObject([{ verifiedDomains: [{ isInitial: true }, {}] }]);
  const [{ id }] = body.value;
  expect((await app("GET", `/v1.0/organization/${id}`)).body.displayName).toContain("Contoso");
  expect((await app("GET", "/v1.0/domains?$filter=isDefault eq true")).body.value).toHaveLength(1);
  expect((await app("GET", "/v1.0/domains/nobody.example")).status).toBe(404);
  const user = await client(emulator, "user", "graph");
  expect((await user("GET", "/v1.0/me")).body.userPrincipalName).toMatch(/^automation@/);
  expect((await app("GET", "/v1.0/me")).status).toBe(400);
});

test("the audit log has the newest activity first, and says who did it to whom", async () => {
  const user = await client(emulator, "user", "graph");
  await user("PATCH", `/v1.0/users/${ids.chen}`, { body: { displayName: "Chen J." } });
  await app("DELETE", `/v1.0/groups/${ids.adminAgents}/members/${ids.chen}/$ref`);
  const filter = "$filter=activityDateTime ge 2024-06-01T00:00:00Z and category ne 'x'";
  const { body } = await app("GET", `/v1.0/auditLogs/directoryAudits?${filter}`, {
    headers: eventual,
  });
  expect(body.value).toMatchObject([
    {
      activityDisplayName: "Remove member from group",
      initiatedBy: { user: null, app: { appId: expect.stringMatching(/-/) } },
      targetResources: [{ id: ids.chen, type: "User" }, { displayName: "AdminAgents" }],
    },
    {
      activityDisplayName: "Update user",
      initiatedBy: {
        user: { userPrincipalName: expect.stringMatching(/^automation@/) },
        app: null,
      },
    },
  ]);
});

describe("a batch", () => {
  const batch = (...requests: readonly object[]) =>
    app("POST", "/v1.0/$batch", { body: { requests } });
  const get = (id: string, url: string, more: object = {}) => ({ id, method: "GET", url, ...more });

  test("is answered request by request, each as its sender", async () => {
    const reply = await batch(
      get("1", "/users?$top=1&$select=displayName"),
      { ...get("2", `/users/${ids.chen}`), method: "PATCH", body: { displayName: "Chen J." } },
      get("3", `users/${ids.chen}?$select=displayName`, { dependsOn: ["2"] }),
      get("4", "/users/nobody"),
      get("5", "/groups", { dependsOn: ["4"] }),
    );
    expect(reply.status).toBe(200);
    expect(reply.body.responses.map(({ status }: { status: number }) => status)).toEqual([
      200, 204, 200, 404, 424,
    ]);
    expect(reply.body.responses[2].body.displayName).toBe("Chen J.");
    expect(reply.body.responses[0].body["@odata.nextLink"]).toContain(new URL(emulator.url).host);
  });

  test.each([
    ["no request", []],
    ["21 of them", Array.from({ length: 21 }, (_, index) => get(String(index), "/users"))],
    ["two of one id", [get("1", "/users"), get("1", "/users")]],
    ["a dependency that comes later", [get("1", "/users", { dependsOn: ["2"] }), get("2", "/me")]],
    ["another host", [get("1", "https://elsewhere.example/users")]],
    ["another method", [{ ...get("1", "/users"), method: "TRACE" }]],
  ])("is refused with %s", async (_, requests) => {
    expect(await batch(...requests)).toMatchObject({
      status: 400,
      body: { error: { code: "BadRequest" } },
    });
  });

  test("needs a token", async () => {
    const reply = await fetch(`${emulator.url}/v1.0/$batch`, { method: "POST" });
    expect(reply.status).toBe(401);
  });
});
