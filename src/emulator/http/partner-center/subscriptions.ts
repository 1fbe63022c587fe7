import { findOffer, market } from "../../account/commerce/catalogue.ts";
import { customer } from "../../account/customers.ts";
import { refuse } from "../../account/refusal.ts";
import type { Subscription } from "../../account/state.ts";
import {
  subscription,
  subscriptionEtag,
  subscriptionsOf,
} from "../../account/commerce/subscriptions.ts";
import {
  patchSubscription,
  type SubscriptionBody,
} from "../../account/commerce/patch-subscription.ts";
import { type Answer, type Exchange, ok, type Route, clientVersion } from "../pipeline/route.ts";
import { attributes, count, flag, object, text } from "../pipeline/schemas.ts";
import { collection, guid, link } from "./links.ts";

const provisioning = 15 * 60 * 1000;

/** A customer's subscriptions. */
export const subscriptionRoutes: readonly Route[] = [
  { method: "GET", path: "/v1/customers/:customer/subscriptions", handle: list },
  {
    method: "GET",
    path: "/v1/customers/:customer/subscriptions/:subscription",
    handle: (exchange) => ok(subscriptionBody(exchange, find(exchange))),
  },
  {
    method: "PATCH",
    path: "/v1/customers/:customer/subscriptions/:subscription",
    body: object({
      id: text(),
      friendlyName: text(1, 256),
      quantity: count,
      status: text(),
      partnerId: text(),
      billingCycle: text(),
      autoRenewEnabled: flag,
      orderId: text(),
      attributes,
    }),
    handle: patch,
  },
  {
    method: "GET",
    path: "/v1/customers/:customer/subscriptions/:subscription/addons",
    handle: (exchange) => {
      const { id } = find(exchange);
      return ok(
        collection(
          owned(exchange)
            .filter(({ parentSubscriptionId }) => parentSubscriptionId === id)
            .map((one) => subscriptionBody(exchange, one)),
        ),
      );
    },
  },
  {
    method: "GET",
    path: "/v1/customers/:customer/subscriptions/:subscription/provisioningstatus",
    userOnly: true,
    handle: provisioningStatus,
  },
];

/** A subscription as Partner Center returns it. */
export function subscriptionBody(exchange: Exchange, subscription: Subscription): object {
  const {
    friendlyName,
    quantity,
    status,
    billingCycle,
    parentSubscriptionId,
    partnerId,
    effectiveStartDate,
    commitmentEndDate,
  } = subscription;
  const customerId = exchange.parameter("customer").toLowerCase();
  const offer = findOffer(subscription.offerId);
  const at = (id: string) =>
    link(exchange, `/customers/${customerId}/subscriptions/${guid(exchange, id)}`);
  const parent = parentSubscriptionId !== undefined && {
    parentSubscription: at(parentSubscriptionId),
  };
  return {
    id: guid(exchange, subscription.id),
    offerId: guid(exchange, subscription.offerId),
    offerName: offer?.name,
    friendlyName,
    quantity,
    unitType: offer?.unitType,
    hasPurchasableAddons: offer?.hasAddOns,
    creationDate: subscription.createdAt,
    effectiveStartDate,
    commitmentEndDate,
    status,
    autoRenewEnabled: subscription.autoRenew !== false,
    isTrial: offer?.isTrial,
    billingType: "license",
    billingCycle,
    contractType: "subscription",
    links: {
      offer: link(exchange, `/offers/${subscription.offerId}?country=${market}`),
      ...parent,
      self: at(subscription.id),
    },
    orderId: guid(exchange, subscription.orderId.toUpperCase()),
    ...(partnerId !== undefined && { partnerId }),
    attributes: { etag: subscriptionEtag(subscription), objectType: "Subscription" },
    ...(parentSubscriptionId !== undefined && {
      parentSubscriptionId: guid(exchange, parentSubscriptionId),
    }),
    ...(status === "suspended" && { suspensionReasons: ["PartnerInitiated"] }),
  };
}

function find(exchange: Exchange): Subscription {
  return exchange.read((transaction) =>
    subscription(transaction, exchange.parameter("customer"), exchange.parameter("subscription")),
  );
}

function owned(exchange: Exchange): readonly Subscription[] {
  const owner = exchange.read((transaction) =>
    customer(transaction, exchange.parameter("customer")),
  );
  return subscriptionsOf(owner, exchange.now).filter(({ createdAt }) =>
    exchange.listed("subscriptions", createdAt),
  );
}

function list(exchange: Exchange): Answer {
  const { order_id: orderId, mpn_id: mpnId } = exchange.query;
  const wanted = owned(exchange).filter(
    (one) =>
      (orderId === undefined || one.orderId === orderId.toLowerCase()) &&
      (mpnId === undefined || one.partnerId === mpnId),
  );
  const bodies = wanted.map((one) => subscriptionBody(exchange, one));
  return ok(collection(exchange.quirks.listsWithoutOffers ? bodies.map(withoutOffer) : bodies));
}

function withoutOffer(body: object): object {
  return Object.fromEntries(
    Object.entries(body).filter(([name]) => name !== "offerId" && name !== "offerName"),
  );
}

function patch(exchange: Exchange): Answer {
  const at = { customerId: exchange.parameter("customer"), id: exchange.parameter("subscription") };
  const delay = exchange.accepted();
  const after = exchange.write((transaction) =>
    patchSubscription(transaction, at, {
      body: exchange.body as SubscriptionBody,
      seen: clientVersion(exchange),
      delay,
    }),
  );
  if (after.accepted === undefined) return ok(subscriptionBody(exchange, after));
  return {
    status: 202,
    headers: {
      Location: link(
        exchange,
        `/customers/${at.customerId.toLowerCase()}/subscriptions/${after.id}`,
      ).uri,
    },
  };
}

function provisioningStatus(exchange: Exchange): Answer {
  const owner = exchange.read((transaction) =>
    customer(transaction, exchange.parameter("customer")),
  );
  if (!owner.allowDelegatedAccess)
    return refuse(403, 2032, "Access denied: delegated administration is needed");
  const { offerId, quantity, changedAt, commitmentEndDate } = find(exchange);
  const refreshed = Math.floor(exchange.now / provisioning) * provisioning;
  const status = Date.parse(changedAt) > refreshed ? "pending" : "success";
  return ok({
    skuId: findOffer(offerId)?.product.id,
    status,
    quantity,
    endDate: commitmentEndDate,
    attributes: { objectType: "SubscriptionProvisioningStatus" },
  });
}
