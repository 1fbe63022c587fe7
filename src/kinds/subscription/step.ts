import type { CodeWithin } from "../../model/codes.ts";
import type { Objection, World } from "../../model/kind.ts";
import type { Change } from "../../model/plan/plan.ts";
import type { Pointer } from "../../model/values/pointer.ts";
import type { SubscriptionSpec } from "../generated/subscription.ts";
import type { Wording } from "../../model/text/phrase.ts";
import { record } from "../../model/text/recorded.ts";

/** A change to a subscription, its spec before and after the change, and the account. */
export interface SubscriptionTransition {
  readonly change: Change;
  readonly was: Partial<SubscriptionSpec> | undefined;
  readonly will: Partial<SubscriptionSpec>;
  readonly world: World;
}

/** The field that each error is about. */
const fields: Readonly<Record<string, Pointer>> = {
  "new-commerce": "/offer",
  "add-on-without-base": "/offer",
  "not-an-add-on": "/addOnOf",
  "add-on-base-inactive": "/addOnOf",
  "add-on-prerequisite": "/addOnOf",
  "add-on-billing-cycle": "/billingCycle",
  "quantity-limit": "/quantity",
  "quantity-frozen": "/quantity",
  "billing-cycle": "/billingCycle",
  "offer-limit": "/offer",
  "upgrade-inactive": "/offer",
  "upgrade-add-ons": "/offer",
  "upgrade-owned": "/offer",
};

/** Makes an error with code `subscription/` and `what`, at the field it is about. */
export function error(
  what: CodeWithin<"subscription">,
  message: Wording,
  hint?: Wording,
): Objection {
  const field = fields[what];
  return record({
    severity: "error",
    code: `subscription/${what}`,
    message,
    ...(hint === undefined ? {} : { hint }),
    ...(field && { field }),
  });
}
