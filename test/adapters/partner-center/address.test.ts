import { expect, onTestFinished, test } from "vitest";
import { startEmulator } from "../../../src/emulator/emulator.ts";
import type { Json, Spec } from "../../../src/model/values/json.ts";
import { apply } from "../../../src/operations/apply/apply.ts";
import { context, create, folder } from "../changes.ts";
import { exampleAt } from "./example.ts";
import { type Answer, open, type Server, serve } from "./server.ts";

const address = {
  addressLine1: "No. 999 Nowhere Road",
  city: "Shanghai",
  state: "SH",
  postalCode: "200000",
  country: "CN",
};
const change = create("Customer/fabrikam", {
  domain: "fabrikam.partner.onmschina.cn",
  billing: { address },
});
const made = {
  status: 201,
  body: { id: "c1", companyProfile: { domain: "fabrikam.partner.onmschina.cn" } },
};
const answered = (status: Json, more: Spec = {}): Answer => ({
  status: 200,
  body: { originalAddress: address, suggestedAddresses: [], status, ...more },
});

async function written(
  validation: Answer,
  more: Spec = {},
): Promise<{ outcome: unknown; server: Server }> {
  const server = await serve(({ path }) =>
    path === "/v1/validations/address" ? validation : made,
  );
  const adapter = open(server.url, folder(), { retry: { attempts: 1 }, ...more });
  onTestFinished(async () => {
    await adapter.close();
    await server.close();
  });
  const outcome = await adapter
    .write(change, context("f122c64f-20e3-5b79-9638-d798e80c2c1d"))
    .catch((error: unknown) => error);
  return { outcome, server };
}

const created = ({ got }: Server) => got.filter(({ path }) => path === "/v1/customers").length;

test.each<readonly [string, Answer, Spec]>([
  ["no body, as in 2021", { status: 200 }, {}],
  ["VerifiedShippable", answered("VerifiedShippable"), {}],
  ["Verified, in small letters", answered("verified"), {}],
  [
    "a status that the options accept",
    answered("NotValidated"),
    { addressStatuses: ["Verified", "NotValidated"] },
  ],
])("a customer is created where its address is answered with %s", async (_, validation, more) => {
  const { outcome, server } = await written(validation, more);
  expect(outcome).toMatchObject({ id: "c1" });
  expect(created(server)).toBe(1);
});

test.each<readonly [string, Answer, readonly string[]]>([
  [
    "None",
    answered("None", { validationMessage: "Address field invalid for property: Street" }),
    ["is None (Address field invalid", "VerifiedShippable, Verified"],
  ],
  [
    "NotValidated",
    answered("NotValidated"),
    ["its status is NotValidated (no reason is given). Correct"],
  ],
  ["InteractionRequired", answered("InteractionRequired"), ["InteractionRequired"]],
  ["something without a status", { status: 200, body: { ok: true } }, ["its status is (nothing)"]],
  [
    "an error under a status of success",
    {
      status: 200,
      body: { code: 400072, description: "not available", data: [], source: "PartnerFD" },
    },
    ["not available (200/400072)"],
  ],
  [
    "a refusal",
    { status: 400, body: { code: 2007, description: '{"code":"60071","reason":"StateInvalid"}' } },
    ["StateInvalid (400/2007)"],
  ],
])("no customer is created where its address is answered with %s", async (_, validation, words) => {
  const { outcome, server } = await written(validation);
  expect(outcome).toMatchObject({ problem: "rejected" });
  for (const one of words) expect((outcome as Error).message).toContain(one);
  expect(created(server)).toBe(0);
});

test("a run says so, and makes no customer", async () => {
  const emulator = await startEmulator({
    quirks: { addressStatus: "None", throttle: { perMinute: 0 } },
  });
  onTestFinished(() => emulator.close());
  const shop = await exampleAt(emulator);
  const { receipt } = await shop.at(({ project, view, writers }) =>
    apply(project, view, writers, {
      actor: "li.wei",
      allow: ["irreversible"],
      interactive: false,
      confirm: async () => true,
    }),
  );
  const customers = receipt?.results.filter(({ address: of }) => of.startsWith("Customer/")) ?? [];
  expect(customers).not.toHaveLength(0);
  expect(customers.map(({ status, code }) => [status, code])).toEqual(
    customers.map(() => ["failed", "backend/rejected"]),
  );
  expect(
    emulator.control
      .requests()
      .filter(({ method, url }) => method === "POST" && url === "/v1/customers"),
  ).toEqual([]);
});
