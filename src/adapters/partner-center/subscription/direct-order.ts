import { AdapterError } from "../../../model/adapter.ts";
import { say } from "../../../model/text/phrase.ts";
import type { Json, Spec } from "../../../model/values/json.ts";
import { acceptReply, type Call } from "../http/client.ts";
import { whenReady } from "../http/not-ready.ts";
import type { Service } from "../kind-adapter.ts";
import { pathSegment } from "../reading.ts";
import { refusedForNow } from "./provisioning.ts";
import type { WantedOrder } from "./wanted.ts";

/**
 * Places a new order, or for an add-on a new line in the order of its base (subscriptions.md §1,
 * §6). It is not idempotent: a lost reply is `unknown-outcome`. Returns the order.
 */
export async function orderDirectly(
  service: Service,
  wanted: WantedOrder,
): Promise<Json | undefined> {
  const call = callFor(wanted);
  return acceptReply(call, await whenReady(service, call, refusedForNow(service, wanted)));
}

function callFor({ customer, billingCycle, base, context, ...wanted }: WantedOrder): Call {
  const path = `/v1/customers/${pathSegment(customer)}/orders`;
  const { requestId, signal } = context;
  const common = { requestId, repeatable: false, purchase: true, signal } as const;
  const body = {
    referenceCustomerId: customer,
    lineItems: [itemFor({ ...wanted, base })],
    attributes: { objectType: "Order" },
  };
  if (!base) return { method: "POST", path, body: { ...body, billingCycle }, ...common };
  const orderId = base.handle?.orderId ?? "";
  if (orderId === "")
    throw new AdapterError(
      "rejected",
      say`The subscription ${base.id} does not say which order it came from, so nothing can be added to it.`,
    );
  return { method: "PATCH", path: `${path}/${pathSegment(orderId)}`, body, ...common };
}

function itemFor({ desired, offer, base }: Pick<WantedOrder, "desired" | "offer" | "base">): Spec {
  const { friendlyName, quantity = 1, partnerIdOnRecord } = desired;
  return {
    lineItemNumber: 0,
    offerId: offer,
    ...(base && { parentSubscriptionId: base.id }),
    ...(friendlyName !== undefined && { friendlyName }),
    quantity,
    ...(partnerIdOnRecord !== undefined && { partnerIdOnRecord }),
    attributes: { objectType: "OrderLineItem" },
  };
}
