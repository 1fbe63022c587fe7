import { AdapterError, type WriteContext } from "../../../model/adapter.ts";
import { isSpec, type Json, type Spec } from "../../../model/values/json.ts";
import { valueAt } from "../../../model/values/pointer.ts";
import type { ChangeTo, Service } from "../kind-adapter.ts";
import { textAt } from "../reading.ts";
import { orderByCart } from "./cart.ts";
import { putSubscription } from "./put-subscription.ts";
import { orderDirectly } from "./direct-order.ts";
import { awaitLine, awaitProvisioning, noSubscription } from "./provisioning.ts";
import {
  type OwnedSubscription,
  fetchSubscription,
  type SubscriptionKey,
} from "./subscription-path.ts";
import { wantedOrder } from "./wanted.ts";

/** Orders a subscription, in the way that the options say, and waits until it is provisioned. */
export async function order(
  service: Service,
  change: ChangeTo<"create">,
  context: WriteContext,
): Promise<OwnedSubscription> {
  const wanted = wantedOrder(change, context);
  const { customer, offer, base, desired } = wanted;
  const friendlyName = textAt(desired, "/friendlyName");
  const find = (one: Json | undefined) => lineOf(one, { offer, friendlyName });
  const send = service.options.orders === "cart" ? orderByCart : orderDirectly;
  const body = await send(service, wanted);
  const line = await awaitLine(service, wanted, { order: body, find });
  const id = textAt(line, "/subscriptionId") ?? noSubscription(change);
  const lineItemNumber = valueAt(line, "/lineItemNumber");
  const orderId = textAt(body, "/id");
  await awaitProvisioning(service, { customer, id, orderId, lineItemNumber }, context);
  const ordered = subscriptionOf(body, { line, id, desired, base: base?.id });
  const off =
    desired.status === "suspended"
      ? await suspended(service, { customer, id }, context)
      : undefined;
  return { customer, body: off ?? ordered, whole: off !== undefined };
}

/**
 * Suspends a new subscription. Returns undefined if that fails: the order itself succeeded, and the
 * next plan shows that the subscription is still active.
 */
async function suspended(
  service: Service,
  place: SubscriptionKey,
  context: WriteContext,
): Promise<Json | undefined> {
  try {
    const live = (await fetchSubscription(service.wire, place, context.signal)).body();
    return await putSubscription(service, {
      place,
      concern: { field: "status", value: "suspended" },
      body: live,
      context,
    });
  } catch (error) {
    if (error instanceof AdapterError) return undefined;
    throw error;
  }
}

/** The new order line. An order that was extended lists earlier lines first. */
function lineOf(
  body: Json | undefined,
  { offer, friendlyName }: { readonly offer: string; readonly friendlyName: string | undefined },
): Json {
  const lines = valueAt(body, "/lineItems");
  const own = (Array.isArray(lines) ? lines : []).filter(
    (line: Json) => textAt(line, "/offerId")?.toUpperCase() === offer,
  );
  return (
    own.findLast((line: Json) => textAt(line, "/friendlyName") === friendlyName) ??
    own.at(-1) ??
    null
  );
}

interface Ordered {
  readonly line: Json;
  readonly id: string;
  readonly desired: Spec;
  readonly base: string | undefined;
}

/** The new subscription as derived from the order, because the list may show it much later. */
function subscriptionOf(body: Json | undefined, { line, id, desired, base }: Ordered): Json {
  const orderId = textAt(body, "/id");
  const partnerId = textAt(line, "/partnerIdOnRecord") ?? desired.partnerIdOnRecord;
  return {
    ...(isSpec(line) && {
      offerId: line.offerId ?? null,
      quantity: line.quantity ?? null,
      friendlyName: line.friendlyName ?? desired.friendlyName ?? null,
    }),
    id,
    billingCycle: textAt(body, "/billingCycle") ?? null,
    status: "active",
    ...(orderId !== undefined && { orderId }),
    ...(partnerId !== undefined && { partnerId }),
    ...(base !== undefined && { parentSubscriptionId: base }),
  };
}
