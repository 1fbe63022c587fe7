import schema from "../../schemas/subscription.schema.json" with { type: "json" };
import type { Kind } from "../model/kind.ts";
import type { JsonSchema } from "../model/values/json.ts";
import type { SubscriptionSpec } from "./generated/subscription.ts";
import { subscription as validate } from "./generated/validators.js";
import { personalIn } from "./personal.ts";
import { offerId, respellField } from "./spelling.ts";
import { checkSubscription } from "./subscription/checks.ts";
import { guardSeats } from "./subscription/guard.ts";
import { impactOfSubscription } from "./subscription/impact.ts";
import { isNewCommerce } from "./subscription/new-commerce.ts";
import { orderSubscriptions } from "./subscription/order.ts";
import { dateSubscription } from "./subscription/renewal/date-subscription.ts";
import { judgeAddOns } from "./subscription/rules.ts";
import { subscriptionSteps } from "./subscription/steps.ts";
import { replaceOffer } from "./subscription/upgrade.ts";

/** A customer's subscription to an offer. */
export const subscription: Kind<SubscriptionSpec> = {
  name: "Subscription",
  schema: schema as object as JsonSchema,
  validate,
  singleton: false,
  declared: true,
  parent: "/customer",
  verbs: ["create", "update", "upgrade", "remove"],
  references: [
    { pointer: "/customer", kind: "Customer" },
    { pointer: "/addOnOf", kind: "Subscription", scope: "parent" },
    { pointer: "/offer", kind: "Offer" },
  ],
  fixed: ["/customer", "/billingCycle", "/offer", "/addOnOf"],
  personal: personalIn(schema as object as JsonSchema),
  exclusive: "never",
  duplicateKey: ["/offer"],
  ordered: ["/offer", "/quantity", "/billingCycle"],
  key: (spec, name) => spec.friendlyName ?? name,
  complete,
  normalize: (spec) => respellField(spec, "/offer", offerId),
  gone: ({ status }) => status === "suspended",
  remains: (observed) => ({ ...observed, status: "suspended" }),
  unchangeable: ({ offer }) => isNewCommerce(offer),
  restored: { status: "active" },
  dated: dateSubscription,
  replaces: replaceOffer,
  rules: judgeAddOns,
  looksAt: [],
  checks: checkSubscription,
  guards: ["seats-taken"],
  guard: guardSeats,
  after: orderSubscriptions,
  weighs: ["/quantity", "/billingCycle", "/status"],
  impact: impactOfSubscription,
  steps: subscriptionSteps,
};

/** An add-on is billed like its base, so it gets no default billing cycle. */
function complete(spec: Partial<SubscriptionSpec>, name: string): Partial<SubscriptionSpec> {
  const cycle = spec.addOnOf === undefined ? { billingCycle: "monthly" as const } : {};
  return { friendlyName: name, status: "active", ...cycle, ...spec };
}
