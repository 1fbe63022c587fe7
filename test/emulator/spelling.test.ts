import { beforeEach, describe, expect, test } from "vitest";
import {
  defaultApplication,
  type Emulator,
  firstRefreshToken,
  tenant,
} from "../../src/emulator/emulator.ts";
import { plainPath } from "../../src/emulator/http/pipeline/plain-path.ts";
import { type Client, client } from "./client.ts";
import { ids } from "./example-account.ts";
import { freshEmulator } from "./fresh.ts";

const fabrikam = `/v1/customers/${ids.fabrikam}`;
const globalAdministrator = "62e90394-69f5-4237-9190-012177145e10";
const fresh = freshEmulator();
let emulator: Emulator;
let app: Client;
let graph: Client;

beforeEach(async () => {
  emulator = fresh();
  app = await client(emulator, "app");
  graph = await client(emulator, "app", "graph");
});

describe("a path", () => {
  test.each([
    ["/v1//customers?size=2//", "/v1/customers?size=2//"],
    ["//v1///customers", "/v1/customers"],
    [
      "/v1.0/directoryRoles(roleTemplateId='a-1')/members",
      "/v1.0/directoryRoles/roleTemplateId=a-1/members",
    ],
    ["/v1.0/directoryRoles(roleTemplateId=%27a-1%27)", "/v1.0/directoryRoles/roleTemplateId=a-1"],
    ["/v1.0/users('li.wei@a.cn')?$select=id", "/v1.0/users/li.wei@a.cn?$select=id"],
    [
      "/v1.0/users?$filter=startswith(displayName,'a')",
      "/v1.0/users?$filter=startswith(displayName,'a')",
    ],
    ["/v1/customers/it's(not'closed)", "/v1/customers/it's(not'closed)"],
  ])("%s is %s", (written, read) => expect(plainPath(written)).toBe(read));

  test("with a doubled slash, or a key in brackets, is answered like any other", async () => {
    expect((await app("GET", "/v1//customers?size=2")).body.totalCount).toBe(2);
    const members = await graph(
      "GET",
      `/v1.0/directoryRoles(roleTemplateId='${globalAdministrator}')/members`,
    );
    expect(members.status).toBe(200);
    expect(members.body.value).toEqual(
      (await graph("GET", `/v1.0/directoryRoles/roleTemplateId=${globalAdministrator}/members`))
        .body.value,
    );
    expect(members.body.value).not.toHaveLength(0);
  });
});

test.each([
  { Field: "CompanyName", Value: "WING", Operator: "starts_with" },
  { value: "wing", field: "CompanyName", fieldType: "String", operator: "StartsWith" },
])("customers are searched by a filter with keys in any case", async (filter) => {
  const found = await app(
    "GET",
    `/v1/customers?size=0&filter=${encodeURIComponent(JSON.stringify(filter))}`,
  );
  expect(found.body.items).toMatchObject([{ id: ids.wingtip }]);
});

test.each(["contains", "starts"])("a filter that %s is refused", async (operator) => {
  const filter = encodeURIComponent(
    JSON.stringify({ field: "CompanyName", value: "wing", operator }),
  );
  expect((await app("GET", `/v1/customers?filter=${filter}`)).body.code).toBe(800002);
});

test("orders are listed by how they are billed", async () => {
  const lineItems = [
    { lineItemNumber: 0, offerId: "8C68C348-8CDD-5DFB-B2EF-1967BC96E202", quantity: 1 },
  ];
  const { body: annual } = await app("POST", `${fabrikam}/orders`, {
    body: { lineItems, billingCycle: "annual" },
  });
  const listed = async (query: string) =>
    (await app("GET", `${fabrikam}/orders${query}`)).body.items.map(({ id }: { id: string }) => id);
  expect(await listed("?billingType=Annual")).toEqual([annual.id]);
  expect(await listed("?billingType=monthly")).toEqual([ids.order]);
  expect(await listed("")).toEqual([ids.order, annual.id]);
});

test("Graph shows what is selected, without the id where that is not", async () => {
  expect((await graph("GET", `/v1.0/users/${ids.chen}?$select=displayName`)).body).toEqual({
    "@odata.context": expect.any(String),
    displayName: "Chen Jie",
  });
  expect(
    (await graph("GET", `/v1.0/groups/${ids.adminAgents}?$select=displayName`)).body,
  ).toMatchObject({ displayName: "AdminAgents" });
  const groups = await graph("GET", "/v1.0/groups?$select=userPrincipalName");
  expect(new Set(groups.body.value.map((group: object) => JSON.stringify(group)))).toEqual(
    new Set(['{"userPrincipalName":null}']),
  );
});

describe("signing in", () => {
  const ask = (path: string, form: Readonly<Record<string, string>>) =>
    fetch(`${emulator.url}/${tenant.id}${path}`, {
      method: "POST",
      body: new URLSearchParams({
        client_id: defaultApplication.clientId,
        client_secret: defaultApplication.clientSecret,
        ...form,
      }),
    }).then(async (response) => ({
      status: response.status,
      body: (await response.json()) as Readonly<Record<string, unknown>>,
    }));
  const resource = "https://partner.partnercenterapi.microsoftonline.cn";
  const user = { grant_type: "refresh_token", refresh_token: firstRefreshToken };

  test("by v2 answers numbers and full scopes, and nothing of v1", async () => {
    const { body } = await ask("/oauth2/v2.0/token", {
      ...user,
      scope: `${resource}/user_impersonation offline_access`,
    });
    expect(body).toMatchObject({
      expires_in: 3600,
      ext_expires_in: 3600,
      scope: `${resource}/user_impersonation`,
    });
    expect(
      Object.keys(body).filter((name) => ["resource", "expires_on", "not_before"].includes(name)),
    ).toEqual([]);
    const { body: own } = await ask("/oauth2/v2.0/token", {
      grant_type: "client_credentials",
      scope: `${resource}/.default`,
    });
    expect(Object.keys(own).sort()).toEqual([
      "access_token",
      "expires_in",
      "ext_expires_in",
      "token_type",
    ]);
  });

  test("by v1 answers texts and the resource", async () => {
    const { body } = await ask("/oauth2/token", { ...user, resource, scope: "openid" });
    expect(body).toMatchObject({
      expires_in: "3600",
      expires_on: expect.any(String),
      resource,
      scope: "user_impersonation",
    });
  });

  test("in a way that is not there is refused in its own words", async () => {
    const { status, body } = await ask("/oauth2/v2.0/logout", { scope: "offline_access" });
    expect([status, body.error]).toEqual([404, "invalid_request"]);
  });
});

test.each(["GET", "PUT"])(
  "%s of featured offers, of which no document says that 21Vianet has them, is refused",
  async (method) => {
    const reply = await app(
      method,
      "/v1/preferences/catalog/offers",
      method === "PUT" ? { body: [] } : {},
    );
    expect([reply.status, reply.body.code]).toEqual([403, 2032]);
  },
);

test.each([
  ["VerifiedShippable", undefined],
  ["None", "Address field invalid for property: Street"],
])("a valid address is answered with the status %s", async (addressStatus, validationMessage) => {
  emulator.control.setQuirks({ addressStatus });
  const address = {
    country: "CN",
    state: "SH",
    city: "Shanghai",
    addressLine1: "1 Road",
    postalCode: "200000",
  };
  const { body } = await app("POST", "/v1/validations/address", { body: address });
  expect(body).toEqual({
    originalAddress: address,
    suggestedAddresses: [],
    status: addressStatus,
    ...(validationMessage && { validationMessage }),
  });
});
