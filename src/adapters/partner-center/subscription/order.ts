import { AdapterError, type WriteContext } from "../../../model/adapter.ts";
import { type Address, address, nameOf } from "../../../model/address.ts";
import type { Json, Spec } from "../../../model/values/json.ts";
import { isSpec } from "../../../model/values/json.ts";
import { valueAt } from "../../../model/values/pointer.ts";
import { say } from "../../../model/text/say.ts";
import { codeOf, type Reply } from "../http/errors.ts";
import type { ChangeTo, Service } from "../kind-adapter.ts";
import { isNotReady, whenReady } from "../http/not-ready.ts";
import { pathSegment, textAt } from "../reading.ts";
import { putSubscription } from "./put-subscription.ts";
import {
  type OwnedSubscription,
  fetchSubscription,
  type SubscriptionKey,
} from "./subscription-path.ts";
import { acceptReply, type Call } from "../http/client.ts";

/**
 * Orders a subscription: a new order, or for an add-on a new line in the order of its base. The
 * order is not idempotent: a lost reply is `unknown-outcome`.
 */
export async function order(
  service: Service,
  change: ChangeTo<"create">,
  context: WriteContext,
): Promise<OwnedSubscription> {
  const customer = context.bound(change.parent as Address).id;
  const { call, offer } = lineFor(change, { customer, context });
  const { base } = call;
  const waits =
    base === undefined ? isNotReady : untilActive(service, { customer, id: base }, context.signal);
  const body = acceptReply(call, await whenReady(service, call, waits));
  const line = lineOf(body, { offer, friendlyName: textAt(change.desired, "/friendlyName") });
  const id = textAt(line, "/subscriptionId");
  if (id === undefined)
    throw new AdapterError(
      "unknown-outcome",
      say`${change.address} is ordered, and the service does not say yet as which subscription`,
    );
  const ordered = subscriptionOf(body, { line, id, desired: change.desired, base });
  const off =
    change.desired.status === "suspended"
      ? await suspended(service, { customer, id }, context)
      : undefined;
  return { customer, body: off ?? ordered, whole: off !== undefined };
}

/**
 * An add-on is refused (409/27009) while its base is being provisioned. Waits if the base is
 * pending or active, not if it is suspended or gone.
 */
function untilActive(
  { wire }: Service,
  base: SubscriptionKey,
  signal: AbortSignal,
): (reply: Reply) => Promise<boolean> {
  return async (reply) => {
    if (isNotReady(reply)) return true;
    if (reply.status !== 409 || codeOf(reply) !== "27009") return false;
    const status = textAt(
      (await fetchSubscription(wire, base, signal)).body(),
      "/status",
    )?.toLowerCase();
    return status === "pending" || status === "active";
  };
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

interface Line {
  readonly call: Call & { readonly base?: string };
  readonly offer: string;
}

function lineFor(
  change: ChangeTo<"create">,
  { customer, context }: { readonly customer: string; readonly context: WriteContext },
): Line {
  const { desired } = change;
  const offer = (textAt(desired, "/offer") ?? "").toUpperCase();
  const path = `/v1/customers/${pathSegment(customer)}/orders`;
  const { requestId, signal } = context;
  const addOnOf = textAt(desired, "/addOnOf");
  const base =
    addOnOf === undefined
      ? undefined
      : context.bound(address("Subscription", addOnOf, nameOf(change.parent as Address)));
  const item: Spec = {
    lineItemNumber: 0,
    offerId: offer,
    ...(base && { parentSubscriptionId: base.id }),
    ...(desired.friendlyName !== undefined && { friendlyName: desired.friendlyName }),
    quantity: desired.quantity ?? 1,
    ...(desired.partnerIdOnRecord !== undefined && {
      partnerIdOnRecord: desired.partnerIdOnRecord,
    }),
    attributes: { objectType: "OrderLineItem" },
  };
  const common = {
    referenceCustomerId: customer,
    lineItems: [item],
    attributes: { objectType: "Order" },
  };
  if (!base) {
    const cycle = textAt(desired, "/billingCycle") ?? "monthly";
    return {
      offer,
      call: {
        method: "POST",
        path,
        body: { ...common, billingCycle: cycle },
        requestId,
        repeatable: false,
        purchase: true,
        signal,
      },
    };
  }
  const orderId = base.handle?.orderId ?? "";
  if (orderId === "")
    throw new AdapterError(
      "rejected",
      say`the subscription ${base.id} does not say which order it came from, so nothing can be added to it`,
    );
  const call = {
    method: "PATCH",
    path: `${path}/${pathSegment(orderId)}`,
    body: common,
    requestId,
    repeatable: false,
    purchase: true,
    signal,
    base: base.id,
  } as const;
  return { offer, call };
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
