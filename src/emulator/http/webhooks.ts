import { identifier } from "../account/identifier.ts";
import { refuse } from "../account/refusal.ts";
import { tenant } from "../account/founding.ts";
import { type Answer, type Exchange, ok, type Route, type Schema } from "./route.ts";
import { object, text } from "./schemas.ts";

const events = ["subscription-updated", "test-created"];
const registration: Schema = object(
  { webhookUrl: text(1), webhookEvents: { type: "array", minItems: 1, items: text(1) } },
  "webhookUrl",
  "webhookEvents",
);

/** The one registration of the tenant. Nothing is delivered: a test event is recorded and stays pending. */
export const webhookRoutes: readonly Route[] = [
  { method: "GET", path: "/webhooks/v1/registration/events", handle: () => ok(events) },
  {
    method: "GET",
    path: "/webhooks/v1/registration",
    handle: (exchange) => ok(exchange.read((transaction) => transaction.get("webhooks", "registration")) ?? none()),
  },
  { method: "POST", path: "/webhooks/v1/registration", body: registration, handle: register },
  { method: "PUT", path: "/webhooks/v1/registration", body: registration, handle: register },
  {
    method: "POST",
    path: "/webhooks/v1/registration/validationEvents",
    handle: (exchange) =>
      exchange.write((transaction) => {
        if (transaction.get("webhooks", "registration") === undefined) none();
        const correlationId = transaction.newId();
        transaction.put("webhooks", correlationId, { correlationId, partnerId: tenant.id, status: "pending", results: [] });
        return ok({ correlationId });
      }),
  },
  {
    method: "GET",
    path: "/webhooks/v1/registration/validationEvents/:correlation",
    handle: (exchange) =>
      ok(exchange.read((transaction) => transaction.get("webhooks", exchange.parameter("correlation").toLowerCase())) ?? none()),
  },
];

function register(exchange: Exchange): Answer {
  const { webhookUrl, webhookEvents } = exchange.body as { readonly webhookUrl: string; readonly webhookEvents: readonly string[] };
  const unknown = webhookEvents.find((event) => !events.includes(event));
  if (unknown !== undefined) refuse(400, 800002, `Invalid input: ${unknown} is not an event`);
  if (!/^https:\/\//i.test(webhookUrl)) refuse(400, 800002, "Invalid input: WebhookUrl is not an https address");
  const kept = { SubscriberId: identifier(tenant.id, "subscriber"), WebhookUrl: webhookUrl, WebhookEvents: webhookEvents };
  exchange.write((transaction) => transaction.put("webhooks", "registration", kept));
  return ok(kept);
}

function none(): never {
  return refuse(404, 1000, "No webhook is registered");
}
