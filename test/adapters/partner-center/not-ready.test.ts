import { expect, onTestFinished, test } from "vitest";
import { startEmulator } from "../../../src/emulator/emulator.ts";
import { systemClock } from "../../../src/adapters/system-clock.ts";
import type { Clock } from "../../../src/model/clock.ts";
import type { Adapter } from "../../../src/model/adapter.ts";
import type { Json, Spec } from "../../../src/model/values/json.ts";
import type { Observed } from "../../../src/model/observed.ts";
import { apply } from "../../../src/operations/apply/apply.ts";
import { context, create, folder, update } from "../changes.ts";
import { exampleAt } from "./example.ts";
import { type Answer, type Got, open, type Server, serve } from "./server.ts";

const id = "97b75a1f-70ea-542e-a916-a7ab718bd401";
const spec = { customer: "c", offer: "E3", quantity: 10, friendlyName: "office", status: "active" };
const office: Observed = {
  kind: "Subscription",
  id,
  key: "office",
  spec,
  parentId: "c",
  handle: { orderId: "o1" },
};
const live = {
  "Customer/fabrikam": { kind: "Customer", id: "c", key: "fabrikam", spec: {} },
  "Subscription/fabrikam/office": office,
};
const seats = update("Subscription/fabrikam/office", office, { "/quantity": 15 });
const addOn = create(
  "Subscription/fabrikam/archive",
  { offer: "AO", addOnOf: "office", quantity: 1, friendlyName: "archive" },
  "Customer/fabrikam",
);
const ordered = {
  status: 200,
  body: {
    id: "o1",
    lineItems: [{ offerId: "AO", subscriptionId: "s2", quantity: 1, friendlyName: "archive" }],
  },
};
const refused = (status: number, code: number): Answer => ({
  status,
  body: { code, description: "not now", data: [], source: "PartnerFD" },
});

/**
 * A service that answers each PATCH with the next of these, and shows the subscription with the
 * next of these states.
 */
async function service(
  patches: readonly Answer[],
  states: readonly string[] = ["active"],
  {
    seconds = 0.001,
    clock = systemClock,
  }: { readonly seconds?: number; readonly clock?: Clock } = {},
): Promise<{ server: Server; adapter: Adapter }> {
  let [patched, shown] = [0, 0];
  const server = await serve(({ method }) => {
    if (method === "PATCH") return patches[patched++] ?? patches.at(-1);
    const status = states[Math.min(shown++, states.length - 1)] ?? "";
    return { status: 200, body: { id, quantity: 10, friendlyName: "office", status } };
  });
  const options: Spec = {
    validateAddresses: false,
    retry: { attempts: 1 },
    poll: { seconds, longestSeconds: 5 * seconds },
    provisioningSeconds: 900,
  };
  const adapter = open(server.url, folder(), options, clock);
  onTestFinished(async () => {
    await adapter.close();
    await server.close();
  });
  return { server, adapter };
}

const patchesOf = ({ got }: Server): readonly Got[] =>
  got.filter(({ method }) => method === "PATCH");
const idsOf = (server: Server): readonly Json[] =>
  patchesOf(server).map(({ headers }) => String(headers["ms-requestid"]));

test.each([400, 409])(
  "a change that is refused with %i/800082, not ready, is sent again until it is done",
  async (status) => {
    const done = {
      status: 200,
      body: { id, quantity: 15, friendlyName: "office", status: "active" },
    };
    const { server, adapter } = await service([
      refused(status, 800082),
      refused(status, 800082),
      done,
    ]);
    expect(await adapter.write(seats, context("r", { current: office }))).toMatchObject({
      spec: { quantity: 15 },
    });
    // A refusal is definitive: what is sent after it is another request.
    expect(new Set(idsOf(server)).size).toBe(3);
    expect(new Set(patchesOf(server).map(({ text }) => text)).size).toBe(1);
  },
);

test("it waits by the application's clock, not by a timer of its own", async () => {
  const waited: number[] = [];
  const minutes = 600_000;
  const clock: Clock = {
    ...systemClock,
    sleep: async (milliseconds, signal) => {
      if (milliseconds === minutes) waited.push(milliseconds);
      else await systemClock.sleep(milliseconds, signal);
    },
  };
  const given = { seconds: minutes / 1000, clock };
  const done = {
    status: 200,
    body: { id, quantity: 15, friendlyName: "office", status: "active" },
  };
  const { adapter } = await service(
    [refused(409, 800082), refused(409, 800082), done],
    ["active"],
    given,
  );
  expect(await adapter.write(seats, context("r", { current: office }))).toMatchObject({
    spec: { quantity: 15 },
  });
  expect(waited).toEqual([minutes, minutes]);
});

test("what is not ready for longer than anything is waited for is rejected, with advice", async () => {
  const { server, adapter } = await service([refused(409, 800082)]);
  const error = await adapter
    .write(seats, context("r", { current: office }))
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    problem: "rejected",
    message: expect.stringMatching(/within 0\.005 seconds \(409\/800082\)\. Run apply again later/),
  });
  expect(patchesOf(server)).toHaveLength(6);
});

test("an operation that is pending for a day is not waited for", async () => {
  const { server, adapter } = await service([refused(409, 900278)]);
  await expect(adapter.write(seats, context("r", { current: office }))).rejects.toMatchObject({
    problem: "rejected",
  });
  expect(patchesOf(server)).toHaveLength(1);
});

test("an add-on waits for a base that is pending", async () => {
  const { server, adapter } = await service(
    [refused(409, 27009), refused(409, 27009), ordered],
    ["pending", "active"],
  );
  expect(await adapter.write(addOn, context("r", { live }))).toMatchObject({
    id: "s2",
    spec: { addOnOf: id },
  });
  expect(new Set(idsOf(server)).size).toBe(3);
});

test.each(["suspended", "deleted"])(
  "an add-on does not wait for a base that is %s",
  async (state) => {
    const { server, adapter } = await service([refused(409, 27009)], [state]);
    await expect(adapter.write(addOn, context("r", { live }))).rejects.toMatchObject({
      problem: "rejected",
    });
    expect(patchesOf(server)).toHaveLength(1);
  },
);

test.each([
  ["at once, which is waited for", 900],
  ["later than it was waited for, which the add-on waits for", 0],
])("base and add-on are ordered though the base is provisioned %s", async (_, seconds) => {
  const emulator = await startEmulator({
    quirks: { provisioning: 1800, throttle: { perMinute: 0 }, accepted: { every: 0 } },
  });
  onTestFinished(() => emulator.close());
  const shop = await exampleAt(emulator);
  const waits = () =>
    emulator.control
      .requests()
      .filter(({ method, status, url }) =>
        seconds === 0
          ? method === "PATCH" && status === 409
          : method === "GET" && url.endsWith("/provisioningstatus"),
      );
  const applying = (only?: readonly string[]) =>
    shop.at(({ project, view, writers }) =>
      apply(project, view, writers, {
        ...{ actor: "li.wei", allow: ["irreversible"], interactive: false },
        ...(only && { only }),
        confirm: async () => true,
      }),
    );
  const given = "        requestsPerMinute";
  const patience = `        provisioningSeconds: ${seconds}\n${given}`;
  shop.edit("partnerctl.yaml", [given, patience]);
  if (seconds === 0) {
    const { receipt } = await applying(["Subscription/fabrikam/office"]);
    expect(receipt?.notes?.map(({ code }) => code)).toEqual(["order/not-provisioned"]);
    shop.edit("partnerctl.yaml", [patience, given]);
  }
  const applied = applying(seconds === 0 ? ["Subscription/fabrikam/conferencing"] : undefined);
  await expect.poll(() => waits().length, { interval: 5, timeout: 60_000 }).toBeGreaterThan(0);
  // What is ordered from now on is provisioned at once.
  emulator.control.setQuirks({ provisioning: 0 });
  emulator.control.advance(1800);
  const { receipt, status } = await applied;
  expect([
    status,
    receipt?.results.filter((one) => !["done", "manual"].includes(one.status)),
  ]).toEqual(["applied", []]);
});
