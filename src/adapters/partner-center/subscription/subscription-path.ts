import type { Json } from "../../../model/values/json.ts";
import type { Reply } from "../http/errors.ts";
import { pathSegment } from "../reading.ts";
import { acceptReply, type Call, type Wire } from "../http/client.ts";

/** Where a subscription is. */
export interface SubscriptionKey {
  readonly customer: string;
  readonly id: string;
}

/** The path of a customer's subscriptions, or of one of them. */
export function subscriptionPath(customer: string, id?: string): string {
  const all = `/v1/customers/${pathSegment(customer)}/subscriptions`;
  return id === undefined ? all : `${all}/${pathSegment(id)}`;
}

/** Asks for a subscription; `body` throws the refusal where there is one. */
export async function fetchSubscription(
  wire: Wire,
  { customer, id }: SubscriptionKey,
  signal: AbortSignal,
): Promise<{ readonly reply: Reply; body(): Json }> {
  const call: Call = { method: "GET", path: subscriptionPath(customer, id), signal };
  const reply = await wire.api(call);
  return { reply, body: () => acceptReply(call, reply) ?? null };
}

/** A subscription's body and whose it is. */
export interface OwnedSubscription {
  readonly customer: string;
  readonly body: Json | undefined;
  /** It is the service's own, so that it can be sent back changed. */
  readonly whole: boolean;
}
