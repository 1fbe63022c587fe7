import { tenant } from "../../account/seed.ts";
import { identifier } from "../../account/identifier.ts";
import { refuse } from "../../account/refusal.ts";
import { isLoopback } from "../sign-in/audience.ts";
import type { Registration } from "./webhook-delivery.ts";
import { throttledAnswer } from "../pipeline/failure.ts";
import { type Answer, type Exchange, ok, type Route, type Schema } from "../pipeline/route.ts";
import { flag, object, text } from "../pipeline/schemas.ts";

const events = ["subscription-updated", "test-created"];
const registration: Schema = object(
  {
    webhookUrl: text(1),
    webhookEvents: { type: "array", minItems: 1, items: text(1) },
    signatureTokenToMsSignatureHeader: flag,
  },
  "webhookUrl",
  "webhookEvents",
);

/** The tenant's webhook registration and test events, at most two per minute. */
export const webhookRoutes: readonly Route[] = [
  { method: "GET", path: "/webhooks/v1/registration/events", handle: () => ok(events) },
  {
    method: "GET",
    path: "/webhooks/v1/registration",
    handle: (exchange) =>
      ok(exchange.read((transaction) => transaction.get("webhooks", "registration")) ?? none()),
  },
  { method: "POST", path: "/webhooks/v1/registration", body: registration, handle: register },
  { method: "PUT", path: "/webhooks/v1/registration", body: registration, handle: register },
  {
    method: "POST",
    path: "/webhooks/v1/registration/validationEvents",
    handle: validate,
  },
  {
    method: "GET",
    path: "/webhooks/v1/registration/validationEvents/:correlation",
    handle: (exchange) => {
      const found =
        exchange.read((transaction) =>
          transaction.get("webhooks", exchange.parameter("correlation").toLowerCase()),
        ) ?? none();
      return ok(Object.fromEntries(Object.entries(found).filter(([name]) => name !== "askedAt")));
    },
  },
];

function register(exchange: Exchange): Answer {
  const { webhookUrl, webhookEvents, signatureTokenToMsSignatureHeader } = exchange.body as Asked;
  const unknown = webhookEvents.find((event) => !events.includes(event));
  if (unknown !== undefined) refuse(400, 800002, `Invalid input: ${unknown} is not an event`);
  // The emulator runs on this machine, where http is sufficient.
  if (!/^https:\/\//i.test(webhookUrl) && !isLoopback(webhookUrl))
    refuse(400, 800002, "Invalid input: WebhookUrl is not an https address");
  const kept = {
    SubscriberId: identifier(tenant.id, "subscriber"),
    WebhookUrl: webhookUrl,
    WebhookEvents: webhookEvents,
  };
  const header = signatureTokenToMsSignatureHeader === true && {
    SignatureTokenToMsSignatureHeader: true,
  };
  const registration: Registration & typeof kept = { ...kept, ...header };
  exchange.write((transaction) => transaction.put("webhooks", "registration", { ...registration }));
  return ok(registration);
}

interface Asked {
  readonly webhookUrl: string;
  readonly webhookEvents: readonly string[];
  readonly signatureTokenToMsSignatureHeader?: boolean;
}

const minute = 60_000;
const validationsPerMinute = 2;

function validate(exchange: Exchange): Answer {
  const asked = exchange.read((transaction) =>
    [...transaction.all("webhooks")].map(({ askedAt }) => Date.parse(String(askedAt))),
  );
  const recent = asked.filter((at) => at + minute > exchange.now);
  const [oldest = exchange.now] = recent;
  if (recent.length >= validationsPerMinute)
    return throttledAnswer(Math.max(1, Math.ceil((oldest + minute - exchange.now) / 1000)));
  return exchange.write((transaction) => {
    if (transaction.get("webhooks", "registration") === undefined) none();
    const correlationId = transaction.newId();
    const askedAt = new Date(exchange.now).toISOString();
    transaction.put("webhooks", correlationId, {
      correlationId,
      partnerId: tenant.id,
      status: "pending",
      results: [],
      askedAt,
    });
    return ok({ correlationId });
  });
}

function none(): never {
  return refuse(404, 1000, "No webhook is registered");
}
