import { expect, test } from "vitest";
import { absentRoutes } from "../../src/emulator/http/partner-center/unavailable-routes.ts";
import { answering } from "../../src/emulator/http/pipeline/answers.ts";
import { graph, partnerCenter } from "../../src/emulator/http/routes.ts";
import { client } from "./client.ts";
import { ids } from "./example-account.ts";
import { freshEmulator } from "./fresh.ts";

const fresh = freshEmulator();

/** Answered with a status alone. */
const silent = [
  "HEAD /v1/domains/:domain",
  "DELETE /v1/customers/:customer",
  "PATCH /v1.0/users/:user",
  "DELETE /v1.0/users/:user",
  "PATCH /v1.0/groups/:id",
  "GET /v1/invoices/:invoice/documents/statement",
  "GET /v1.0/users/$count",
  "GET /v1.0/groups/$count",
  ...["groups", "directoryRoles"].flatMap((group) => [
    `POST /v1.0/${group}/:id/members/$ref`,
    `DELETE /v1.0/${group}/:id/members/:member/$ref`,
    `DELETE /v1.0/${group}/:id/members/:member`,
  ]),
];
/** A product can only be missing. */
const neverThere = /\/products\/:product/;

test("every operation that answers something says in a schema what", () => {
  const named = (routes: typeof graph) => routes.map(({ method, path }) => `${method} ${path}`);
  const refused = new Set(named(absentRoutes));
  const operations = named([...partnerCenter, ...graph]).filter(
    (one) => !refused.has(one) && !neverThere.test(one),
  );
  expect(operations.filter((one) => !answering.includes(one)).sort()).toEqual([...silent].sort());
  expect(answering.filter((one) => !operations.includes(one) && !one.includes("/oauth2/"))).toEqual(
    [],
  );
});

test("an answer of another shape is the emulator's own mistake, and never goes out as if it were the service's", async () => {
  const { account, ...rest } = fresh().control.dump();
  const { customers } = account;
  const broken = {
    ...customers,
    [ids.fabrikam]: { ...Object(customers?.[ids.fabrikam]), relationshipToPartner: 7 },
  };
  fresh().control.restore({ ...rest, account: { ...account, customers: broken } });
  const reply = await (await client(fresh(), "app"))("GET", `/v1/customers/${ids.fabrikam}`);
  expect(reply.status).toBe(500);
  expect(reply.text).toContain(
    "GET /v1/customers/:customer answers what it should not: body/relationshipToPartner must be string",
  );
});
