import type { Json } from "../../../model/values/json.ts";
import type { Reply } from "../http/errors.ts";
import { pathSegment } from "../reading.ts";
import { acceptReply, type Call, type Wire } from "../http/client.ts";

/** Identifies a subscription by customer id and subscription id. */
export interface SubscriptionKey {
  readonly customer: string;
  readonly id: string;
}

/** The API path of a customer's subscriptions, or of one of them. */
export function subscriptionPath(customer: string, id?: string): string {
  const all = `/v1/customers/${pathSegment(customer)}/subscriptions`;
  return id === undefined ? all : `${all}/${pathSegment(id)}`;
}

/** Reads a subscription. `body` throws AdapterError if the reply is a refusal. */
export async function fetchSubscription(
  wire: Wire,
  { customer, id }: SubscriptionKey,
  signal: AbortSignal,
): Promise<{ readonly reply: Reply; body(): Json }> {
  const call: Call = { method: "GET", path: subscriptionPath(customer, id), signal };
  const reply = await wire.api(call);
  return { reply, body: () => acceptReply(call, reply) ?? null };
}

/** A subscription's body and its customer. */
export interface OwnedSubscription {
  readonly customer: string;
  readonly body: Json | undefined;
  /** The body came from the service, so it can be sent back with changes. */
  readonly whole: boolean;
}
