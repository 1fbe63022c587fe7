import { verify, X509Certificate } from "node:crypto";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import type { Emulator } from "../../src/emulator/emulator.ts";
import { type Client, client } from "./client.ts";
import { ids } from "./example-account.ts";
import { freshEmulator } from "./fresh.ts";
import { type Received, type Receiver, receiver } from "./receiver.ts";

const registration = "/webhooks/v1/registration";
const e3 = `/v1/customers/${ids.fabrikam}/subscriptions/${ids.e3}`;
const fresh = freshEmulator();
let emulator: Emulator;
let app: Client;

beforeEach(async () => {
  emulator = fresh();
  emulator.control.setQuirks({ webhooks: { seconds: 0.01 } });
  app = await client(emulator, "app");
});

async function listening(...statuses: readonly number[]): Promise<Receiver> {
  const started = await receiver(...statuses);
  onTestFinished(() => started.close());
  return started;
}

const register = (WebhookUrl: string, more: object = {}) =>
  app("POST", registration, {
    body: { WebhookUrl, WebhookEvents: ["subscription-updated", "test-created"], ...more },
  });

async function first({ received }: Receiver): Promise<Received> {
  await expect.poll(() => received.length, { interval: 5 }).toBeGreaterThan(0);
  return received[0] as Received;
}

async function validated(): Promise<object> {
  const { correlationId } = (await app("POST", `${registration}/validationEvents`)).body;
  const look = async () =>
    (await app("GET", `${registration}/validationEvents/${correlationId}`)).body;
  await expect.poll(async () => (await look()).status, { interval: 5 }).not.toBe("pending");
  return look();
}

async function isSigned({ headers, text }: Received, header = "authorization"): Promise<boolean> {
  expect(headers["x-ms-signature-algorithm"]).toBe("rsa-sha256");
  const certificate = await (await fetch(String(headers["x-ms-certificate-url"]))).text();
  const [scheme, signature = ""] = String(headers[header]).split(" ");
  expect(scheme).toBe("Signature");
  const { publicKey, subject } = new X509Certificate(certificate);
  expect(subject).toContain("O=Not Microsoft");
  return verify("sha256", Buffer.from(text), publicKey, Buffer.from(signature, "base64"));
}

test("more seats are an event, which is signed, holds no data, and says where to look", async () => {
  const hook = await listening(200);
  await register(hook.url);
  expect((await app("PATCH", e3, { body: { quantity: 12 } })).status).toBe(200);
  const event = await first(hook);
  expect([event.method, event.path]).toEqual(["POST", "/partner-center"]);
  const { ResourceUri, ...body } = JSON.parse(event.text);
  expect(body).toMatchObject({
    EventName: "subscription-updated",
    ResourceName: "subscription",
    AuditUri: null,
  });
  const [, customer, subscription] =
    /^https?:\/\/[^/]+\/webhooks\/v1\/customers\/([^/]+)\/subscriptions\/([^/]+)$/.exec(
      ResourceUri,
    ) ?? [];
  expect(
    (await app("GET", `/v1/customers/${customer}/subscriptions/${subscription}`)).body.quantity,
  ).toBe(12);
  expect(await isSigned(event)).toBe(true);
  expect(
    await isSigned({
      ...event,
      text: event.text.replace("subscription-updated", "subscription-deleted"),
    }),
  ).toBe(false);
});

test("so is a suspension, but neither a new name nor what was refused nor an order", async () => {
  const hook = await listening(200);
  await register(hook.url);
  await app("PATCH", e3, { body: { friendlyName: "another" } });
  await app("PATCH", e3, { body: { quantity: 0 } });
  const line = { lineItemNumber: 0, offerId: "8C68C348-8CDD-5DFB-B2EF-1967BC96E202", quantity: 1 };
  expect(
    (await app("POST", `/v1/customers/${ids.fabrikam}/orders`, { body: { lineItems: [line] } }))
      .status,
  ).toBe(201);
  await app("PATCH", e3, { body: { status: "suspended" } });
  expect(JSON.parse((await first(hook)).text).ResourceUri.toLowerCase()).toContain(
    ids.e3.toLowerCase(),
  );
  expect(hook.received).toHaveLength(1);
});

test("the signature comes in a header of Microsoft's where the registration says so", async () => {
  const hook = await listening(200);
  expect(
    (await register(hook.url, { SignatureTokenToMsSignatureHeader: true })).body
      .SignatureTokenToMsSignatureHeader,
  ).toBe(true);
  await app("PATCH", e3, { body: { quantity: 13 } });
  const event = await first(hook);
  expect(event.headers.authorization).toBeUndefined();
  expect(await isSigned(event, "x-ms-signature")).toBe(true);
});

test("an event that is not taken is sent again, ten times at most", async () => {
  const slow = await listening(500, 503, 200);
  await register(slow.url);
  expect(await validated()).toMatchObject({
    status: "completed",
    results: [{ responseCode: "500" }, { responseCode: "503" }, { responseCode: "200" }],
  });
  const never = await listening(404);
  await register(never.url);
  const { results, ...rest } = Object(await validated());
  expect(rest).toEqual({
    correlationId: expect.any(String),
    partnerId: expect.any(String),
    status: "failed",
    callbackUrl: never.url,
  });
  expect([results.length, never.received.length]).toEqual([10, 10]);
  expect(JSON.parse(never.received[0]?.text ?? "")).toMatchObject({
    EventName: "test-created",
    ResourceName: "test",
  });
});

test("a receiver who is not there is a failure too", async () => {
  const gone = await receiver(200);
  await gone.close();
  emulator.control.setQuirks({ webhooks: { attempts: 2 } });
  await register(gone.url);
  expect(await validated()).toMatchObject({
    status: "failed",
    results: [{ systemError: true }, { systemError: true }],
  });
});

test("only events that were registered for are sent, and only to the last registration", async () => {
  const [before, after] = [await listening(200), await listening(200)];
  await register(before.url);
  await app("PUT", registration, {
    body: { WebhookUrl: after.url, WebhookEvents: ["test-created"] },
  });
  await app("PATCH", e3, { body: { quantity: 14 } });
  expect(await validated()).toMatchObject({ status: "completed" });
  expect(after.received.map(({ text }) => JSON.parse(text).EventName)).toEqual(["test-created"]);
  expect(before.received).toEqual([]);
});

test("nothing is sent to another machine unless that is asked for", async () => {
  await register("https://hooks.contoso.example/partner-center");
  const { correlationId } = (await app("POST", `${registration}/validationEvents`)).body;
  const look = async () =>
    (await app("GET", `${registration}/validationEvents/${correlationId}`)).body;
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await look()).toMatchObject({ status: "pending", results: [] });
  emulator.control.setQuirks({ webhooks: { elsewhere: true, attempts: 1 } });
  expect(await validated()).toMatchObject({ status: "failed", results: [{ systemError: true }] });
});

test("a third test in a minute is throttled", async () => {
  const hook = await listening(200);
  await register(hook.url);
  await validated();
  await validated();
  const third = await app("POST", `${registration}/validationEvents`);
  expect(third).toMatchObject({ status: 429, body: { statusCode: 429 } });
  expect(Number(third.headers.get("retry-after"))).toBeGreaterThan(50);
  emulator.control.advance("PT1M");
  app = await client(emulator, "app");
  expect(await validated()).toMatchObject({ status: "completed" });
});
