import type { Json } from "../../../model/values/json.ts";
import type { Reply } from "../http/errors.ts";
import { segment } from "../reading.ts";
import { accepted, type Call, type Wire } from "../http/client.ts";

/** Where a subscription is. */
export interface Place {
  readonly customer: string;
  readonly id: string;
}

/** The path of a customer's subscriptions, or of one of them. */
export function subscriptionPath(customer: string, id?: string): string {
  const all = `/v1/customers/${segment(customer)}/subscriptions`;
  return id === undefined ? all : `${all}/${segment(id)}`;
}

/** Asks for a subscription; `body` throws the refusal where there is one. */
export async function fetchSubscription(
  wire: Wire,
  { customer, id }: Place,
  signal: AbortSignal,
): Promise<{ readonly reply: Reply; body(): Json }> {
  const call: Call = { method: "GET", path: subscriptionPath(customer, id), signal };
  const reply = await wire.api(call);
  return { reply, body: () => accepted(call, reply) ?? null };
}

/** A subscription's body and whose it is. */
export interface Found {
  readonly customer: string;
  readonly body: Json | undefined;
  /** It is the service's own, so that it can be sent back changed. */
  readonly whole: boolean;
}
