import type { WriteContext } from "../../../model/adapter.ts";
import { type Address, address, nameOf } from "../../../model/address.ts";
import type { Observed } from "../../../model/observed.ts";
import type { Spec } from "../../../model/values/json.ts";
import type { ChangeTo } from "../kind-adapter.ts";
import { textAt } from "../reading.ts";

/** What to order, for whom. */
export interface WantedOrder {
  readonly change: ChangeTo<"create">;
  readonly context: WriteContext;
  readonly desired: Spec;
  readonly customer: string;
  /** The offer's id in upper case. */
  readonly offer: string;
  readonly billingCycle: string;
  /** What an add-on is added to. */
  readonly base: Observed | undefined;
}

/** What a change orders. Throws AdapterError `missing` if customer or base have no known id. */
export function wantedOrder(change: ChangeTo<"create">, context: WriteContext): WantedOrder {
  const { desired, parent } = change;
  const customer = context.bound(parent as Address).id;
  const addOnOf = textAt(desired, "/addOnOf");
  const base =
    addOnOf === undefined
      ? undefined
      : context.bound(address("Subscription", addOnOf, nameOf(parent as Address)));
  const offer = (textAt(desired, "/offer") ?? "").toUpperCase();
  const billingCycle =
    textAt(desired, "/billingCycle") ?? textAt(base?.spec, "/billingCycle") ?? "monthly";
  return { change, context, desired, customer, offer, billingCycle, base };
}
