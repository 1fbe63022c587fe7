import type { Json } from "../../../model/values/json.ts";
import { valueAt } from "../../../model/values/pointer.ts";
import { isAbsent } from "../http/errors.ts";
import { collection } from "../http/paging.ts";
import { idOf, pathSegment, textAt } from "../reading.ts";
import { fetchSubscription } from "./subscription-path.ts";
import type { Wire } from "../http/client.ts";

/** The customer whose orders to read, and the ids already listed. */
interface Looking {
  readonly customer: string;
  readonly listed: ReadonlySet<string>;
  readonly signal: AbortSignal;
}

/**
 * Subscriptions that appear in a customer's orders but not yet in the list of subscriptions. Skips
 * those the service does not return.
 */
export async function* orderedBeyond(
  wire: Wire,
  { customer, listed, signal }: Looking,
): AsyncGenerator<Json> {
  const asked = new Set(listed);
  for await (const order of collection(wire, {
    path: `/v1/customers/${pathSegment(customer)}/orders`,
    signal,
  })) {
    for (const id of subscriptionsOf(order)) {
      if (asked.has(id)) continue;
      asked.add(id);
      const found = await fetchSubscription(wire, { customer, id }, signal);
      if (!isAbsent(found.reply)) yield found.body();
    }
  }
}

function subscriptionsOf(order: Json): readonly string[] {
  const lines = valueAt(order, "/lineItems");
  return (Array.isArray(lines) ? lines : []).flatMap((line: Json) => {
    const id = textAt(line, "/subscriptionId");
    return id === undefined ? [] : [idOf(id)];
  });
}
