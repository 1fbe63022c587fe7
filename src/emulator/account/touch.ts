import { customer } from "./customers.ts";
import { order } from "./commerce/orders.ts";
import { putSubscriptions, subscription } from "./commerce/subscriptions.ts";
import type { Transaction } from "./transaction.ts";

/** Gives what is at this path another version, as if somebody else had just written it; a path without an etag stays as it is. */
export function touch(transaction: Transaction, path: string): void {
  const [, profile] = /^\/v1\/profiles\/(billing|organization)$/i.exec(path) ?? [];
  const [, customerId = "", area, id = ""] = /^\/v1\/customers\/([^/]+)\/(profiles|orders|subscriptions)\/([^/]+)$/i.exec(path) ?? [];
  if (profile !== undefined) touchProfile(transaction, profile.toLowerCase());
  const owner = area === undefined ? undefined : customer(transaction, customerId);
  if (owner === undefined) return;
  if (area === "profiles")
    transaction.put("customers", owner.id, { ...owner, billing: { ...owner.billing, version: owner.billing.version + 1 } });
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
  if (before !== undefined) transaction.put("profiles", name, { ...before, version: before.version + 1 });
}
