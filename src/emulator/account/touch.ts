import { customer } from "./customers.ts";
import { order } from "./commerce/orders.ts";
import { putSubscriptions, subscription } from "./commerce/subscriptions.ts";
import type { Transaction } from "./transaction.ts";

/**
 * Increases the version of the object at this path, as a write by another client would. Does
 * nothing if the path has no etag.
 */
export function touch(transaction: Transaction, path: string): void {
  const [, profile] = /^\/v1\/profiles\/(billing|organization)$/i.exec(path) ?? [];
  const [, customerId = "", area, id = ""] =
    /^\/v1\/customers\/([^/]+)\/(profiles|orders|subscriptions)\/([^/]+)$/i.exec(path) ?? [];
  if (profile !== undefined) touchProfile(transaction, profile.toLowerCase());
  const owner = area === undefined ? undefined : customer(transaction, customerId);
  if (owner === undefined) return;
  if (area === "profiles")
    transaction.put("customers", owner.id, {
      ...owner,
      billing: { ...owner.billing, version: owner.billing.version + 1 },
    });
  if (area === "subscriptions") {
    const before = subscription(transaction, customerId, id);
    putSubscriptions(transaction, customerId, [{ ...before, version: before.version + 1 }]);
  }
  if (area === "orders") {
    const before = order(transaction, customerId, id);
    transaction.put("customers", owner.id, {
      ...owner,
      orders: { ...owner.orders, [before.id]: { ...before, version: before.version + 1 } },
    });
  }
}

function touchProfile(transaction: Transaction, name: string): void {
  const before = transaction.get("profiles", name);
  if (before !== undefined)
    transaction.put("profiles", name, { ...before, version: before.version + 1 });
}
