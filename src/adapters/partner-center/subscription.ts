import type { Query } from "../../model/adapter.ts";
import type { Requests, ApplyStep } from "../../model/plan/apply-step.ts";
import type { Json, Spec } from "../../model/values/json.ts";
import type { Observed } from "../../model/observed.ts";
import { customerIds } from "./customer/reading.ts";
import { isAbsent } from "./http/errors.ts";
import type { KindAdapter, Service } from "./kind-adapter.ts";
import { order } from "./subscription/order.ts";
import { orderedBeyond } from "./subscription/ordered.ts";
import { collection } from "./http/paging.ts";
import { omitUndefined, idIn, idOf, textAt, wholeAt } from "./reading.ts";
import { suspend, update } from "./subscription/change.ts";
import { termFacts } from "./subscription/term-facts.ts";
import {
  type OwnedSubscription,
  fetchSubscription,
  type SubscriptionKey,
  subscriptionPath,
} from "./subscription/subscription-path.ts";
import { sendUpgrade } from "./subscription/upgrade.ts";

const kind = "Subscription";

/**
 * Subscriptions: created by an order, updated one field at a time, upgraded to a new id, suspended
 * instead of deleted.
 */
export function subscription(service: Service): KindAdapter {
  return {
    kind,
    cost: (step) => cost(step, service.options.orders),
    read: (query, signal) => read(service, query, signal),
    create: async (change, context) => seenAs(await order(service, change, context)),
    update: async (change, context) => seenAs(await update(service, change, context)),
    upgrade: async (change, context) => seenAs(await sendUpgrade(service, change, context)),
    async remove(change, context) {
      await suspend(service, change, context);
      return undefined;
    },
  };
}

/** After an order comes one look at whether it is provisioned. */
function cost(step: ApplyStep, orders: "cart" | "direct"): Requests {
  if ("reading" in step) return { reads: 1, writes: 0 };
  switch (step.action) {
    case "create":
      return ordering(step.desired.status === "suspended" ? 1 : 0, orders);
    case "update":
      return { reads: 0, writes: step.patch.length };
    case "upgrade":
      return { reads: 2, writes: 1 };
    case "remove":
      return { reads: 0, writes: 1 };
    case "forget":
    case "rename":
    case "protect":
    case "unprotect":
      return { reads: 0, writes: 0 };
  }
}

function ordering(suspensions: number, orders: "cart" | "direct"): Requests {
  return { reads: 1 + suspensions, writes: (orders === "cart" ? 2 : 1) + suspensions };
}

async function* read(
  service: Service,
  { id, parentId, fields, thorough }: Query,
  signal: AbortSignal,
): AsyncGenerator<Observed> {
  signal.throwIfAborted();
  const customers = parentId === undefined ? await customerIds(service, signal) : [parentId];
  for (const customer of customers) {
    const bodies =
      id === undefined
        ? all(service, customer, { thorough, signal })
        : one(service, { customer, id }, signal);
    for await (const body of bodies)
      if (lives(body)) yield seenAs({ customer, body, whole: fields !== undefined });
  }
}

/** The listed subscriptions; with `thorough`, also those that only orders show. */
async function* all(
  { wire }: Service,
  customer: string,
  { thorough, signal }: { readonly thorough: true | undefined; readonly signal: AbortSignal },
): AsyncGenerator<Json> {
  const listed = new Set<string>();
  for await (const body of collection(wire, { path: subscriptionPath(customer), signal })) {
    listed.add(idIn(body));
    yield body;
  }
  if (thorough) yield* orderedBeyond(wire, { customer, listed, signal });
}

async function* one(
  { wire }: Service,
  place: SubscriptionKey,
  signal: AbortSignal,
): AsyncGenerator<Json> {
  const reply = await fetchSubscription(wire, place, signal);
  if (!isAbsent(reply.reply)) yield reply.body();
}

/** Deleted and expired subscriptions stay in the list for a while and are ignored. */
function lives(body: Json): boolean {
  return !["deleted", "expired"].includes(textAt(body, "/status")?.toLowerCase() ?? "");
}

const cycles = ["monthly", "annual", "none"];

/** The subscription as reads return it. Pending counts as active. */
export function seenAs({ customer, body, whole }: OwnedSubscription): Observed {
  const status = textAt(body, "/status")?.toLowerCase();
  const cycle = textAt(body, "/billingCycle")?.toLowerCase() ?? "";
  const name = textAt(body, "/friendlyName");
  const base = baseOf(body);
  const etag = textAt(body, "/attributes/etag");
  const orderId = textAt(body, "/orderId");
  const id = idIn(body);
  const facts = termFacts(body);
  const spec: Spec = omitUndefined({
    customer,
    offer: offerOf(body),
    quantity: wholeAt(body, "quantity"),
    billingCycle: cycles.includes(cycle) ? cycle : undefined,
    friendlyName: name,
    status: status === "suspended" || status === "disabled" ? "suspended" : "active",
    partnerIdOnRecord: textAt(body, "/partnerId"),
    addOnOf: base,
  });
  return {
    kind,
    id,
    key: name ?? textAt(body, "/offerName") ?? id,
    spec,
    parentId: customer,
    ...(etag !== undefined && { etag }),
    ...(facts && { facts }),
    handle: {
      ...(orderId !== undefined && { orderId: idOf(orderId) }),
      ...(whole && { body: JSON.stringify(body) }),
    },
  };
}

/** Some lists have no `offerId`, but all have the link. */
function offerOf(body: Json | undefined): string | undefined {
  return (textAt(body, "/offerId") ?? lastOf(textAt(body, "/links/offer/uri")))?.toUpperCase();
}

function baseOf(body: Json | undefined): string | undefined {
  const id =
    textAt(body, "/parentSubscriptionId") ?? lastOf(textAt(body, "/links/parentSubscription/uri"));
  return id === undefined ? undefined : idOf(id);
}

function lastOf(uri: string | undefined): string | undefined {
  return uri?.split("?", 1)[0]?.split("/").pop();
}
