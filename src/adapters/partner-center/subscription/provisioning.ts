import { AdapterError, type WriteContext } from "../../../model/adapter.ts";
import { say } from "../../../model/text/phrase.ts";
import type { Json } from "../../../model/values/json.ts";
import { valueAt } from "../../../model/values/pointer.ts";
import { acceptReply, type Call } from "../http/client.ts";
import { codeOf, isAbsent, type Reply } from "../http/errors.ts";
import { isNotReady, type Waits } from "../http/not-ready.ts";
import type { Service } from "../kind-adapter.ts";
import { pathSegment, textAt } from "../reading.ts";
import { type Look, lookUntil } from "./look-until.ts";
import { fetchSubscription, type SubscriptionKey } from "./subscription-path.ts";
import type { WantedOrder } from "./wanted.ts";

/** A subscription that was ordered, and its line in the order. */
export interface OrderedSubscription extends SubscriptionKey {
  readonly orderId: string | undefined;
  readonly lineItemNumber: Json | undefined;
}

/**
 * Waits until a subscription that was ordered is provisioned (subscriptions.md §9). Remarks on the
 * change if that is not known when the time to wait is up.
 */
export async function awaitProvisioning(
  service: Service,
  ordered: OrderedSubscription,
  context: WriteContext,
): Promise<void> {
  const look = async () =>
    (await lineStatus(service, ordered, context.signal)) ??
    (await subscriptionStatus(service, ordered, context.signal));
  if (await lookUntil(service, context, look)) return;
  const message = say`The order is accepted, and the subscription ${ordered.id} is not yet provisioned.`;
  context.remark?.({ code: "order/not-provisioned", message });
}

/**
 * The order, read again until `find` finds a subscription in it: its id may be missing until it is
 * provisioned (carts.md §6). Throws AdapterError `unknown-outcome` if it stays missing.
 */
export async function awaitLine(
  service: Service,
  { customer, context, change }: WantedOrder,
  { order, find }: { readonly order: Json | undefined; find(order: Json | undefined): Json },
): Promise<Json> {
  const id = textAt(order, "/id");
  let line = find(order);
  const isThere = () => textAt(line, "/subscriptionId") !== undefined;
  const look = async (): Promise<Look> => {
    if (id === undefined) return "unclear";
    const call: Call = { method: "GET", path: orderPath(customer, id), signal: context.signal };
    line = find(acceptReply(call, await service.wire.api(call)));
    return isThere() ? "there" : "later";
  };
  if (isThere() || (await lookUntil(service, context, look))) return line;
  return noSubscription(change);
}

/** Throws AdapterError `unknown-outcome`: an order does not name its subscription. */
export function noSubscription({ address }: Pick<WantedOrder["change"], "address">): never {
  throw new AdapterError(
    "unknown-outcome",
    say`${address} is ordered, and the service does not say yet as which subscription.`,
  );
}

function orderPath(customer: string, id: string): string {
  return `/v1/customers/${pathSegment(customer)}/orders/${pathSegment(id)}`;
}

/**
 * Whether the order's line is fulfilled. Undefined without a signed-in user, whom the service
 * demands for it, and where the service does not say.
 */
async function lineStatus(
  { wire, options }: Service,
  { customer, orderId, lineItemNumber }: OrderedSubscription,
  signal: AbortSignal,
): Promise<Look | undefined> {
  if (!options.signIns.includes("user") || orderId === undefined) return undefined;
  const path = `${orderPath(customer, orderId)}/provisioningstatus`;
  const call: Call = { method: "GET", path, as: "user", signal };
  const reply = await wire.api(call);
  if (reply.status === 403 || reply.status === 404) return undefined;
  const items = valueAt(acceptReply(call, reply), "/items");
  const line = (Array.isArray(items) ? items : []).find(
    (one: Json) => valueAt(one, "/lineItemNumber") === lineItemNumber,
  );
  if (line === undefined) return undefined;
  return textAt(line, "/status")?.toLowerCase() === "fulfilled" ? "there" : "later";
}

async function subscriptionStatus(
  { wire }: Service,
  place: SubscriptionKey,
  signal: AbortSignal,
): Promise<Look> {
  const found = await fetchSubscription(wire, place, signal);
  const isPending =
    isAbsent(found.reply) || textAt(found.body(), "/status")?.toLowerCase() === "pending";
  return isPending ? "later" : "there";
}

/**
 * An add-on is refused (409/27009) while its base is being provisioned. Waits if the base is
 * pending or active, not if it is suspended or gone.
 */
export function refusedForNow(
  { wire, options }: Service,
  { customer, base, context }: Pick<WantedOrder, "customer" | "base" | "context">,
): Waits {
  const waits = async (reply: Reply) => {
    if (isNotReady(reply)) return true;
    if (base === undefined || reply.status !== 409 || codeOf(reply) !== "27009") return false;
    const found = await fetchSubscription(wire, { customer, id: base.id }, context.signal);
    const status = textAt(found.body(), "/status")?.toLowerCase();
    return status === "pending" || status === "active";
  };
  return base === undefined ? { waits } : { waits, longest: options.provisioningSeconds };
}
