/* Generated from schemas/subscription.schema.json by `node schemas/generate.mjs`. */

/**
 * A subscription of a customer to an offer. Ordering one buys it for the offer's term, usually a year. Absent suspends it, and its data is deleted 60 days later.
 */
export type Subscription = {
  /**
   * The version of the manifest format.
   */
  apiVersion: "partnercenter/v1";
  /**
   * Always Subscription.
   */
  kind: "Subscription";
  metadata: SubscriptionMetadata;
  /**
   * present: it exists as the spec says. absent: it is not to be there any more; this needs a reason.
   */
  state?: "present" | "absent";
  /**
   * Why it is to be absent, in a sentence for whoever reviews the plan.
   */
  reason?: string;
  spec?: SubscriptionSpec;
};
/**
 * Who this is.
 */
export type SubscriptionMetadata = {
  /**
   * A name that is unique among the customer's subscriptions; the address is Subscription/<customer>/<name>.
   */
  name: string;
  /**
   * Pins the backend's own id of this object; export writes it. It then is this object, whatever its name and key.
   */
  id?: string;
  /**
   * Names or keys this object was declared under before, so that a rename is not taken for a new object.
   *
   * Items: An earlier name or key.
   */
  previously?: string[];
  /**
   * Refuse every change of this object that cannot be undone. The ledger remembers it: where the word is gone from the manifest, the plan shows that as a change of its own (unprotect), which takes --allow protected and a reason, and nothing that cannot be undone is planned before it was applied.
   */
  protect?: boolean;
  /**
   * Another subscription to the same offer may live beside it: order this one all the same. Counts only until the ledger knows an id for it.
   */
  allowDuplicate?: boolean;
};
/**
 * The subscription as it is to be; what is left out is not touched. A new one needs customer, offer and quantity.
 */
export type SubscriptionSpec = {
  /**
   * The customer it belongs to, by its name. It cannot be changed.
   */
  customer?: string;
  /**
   * What is bought: an offer's id, or the name the settings give it. A later change is an upgrade, where the service has a path for it, and cannot be undone.
   */
  offer?: string;
  /**
   * The number of seats, within the offer's limits. It cannot be changed while the subscription is suspended.
   */
  quantity?: number;
  /**
   * How often it is billed: monthly or annual; none for a trial. It cannot be changed here once ordered. An add-on is billed as its base subscription is.
   */
  billingCycle?: "monthly" | "annual" | "none";
  /**
   * What the portal calls it; metadata.name unless given.
   */
  friendlyName?: string;
  /**
   * active, or suspended: users then lose the service, and data is deleted 60 days later unless it is activated again.
   */
  status?: "active" | "suspended";
  /**
   * The Microsoft Partner Network id of the indirect reseller of record, in quotes; never the partner's own.
   */
  partnerIdOnRecord?: string;
  /**
   * The subscription of the same customer that this one adds to, by its name. It cannot be changed.
   */
  addOnOf?: string;
  renewal?: Renewal;
};
/**
 * What is to happen when the running term ends. Left out: undecided, which plans and `partnerctl renewals` report in time.
 */
export type Renewal = {
  /**
   * renew: for another term. cancel: it ends; in legacy commerce it is suspended shortly before the term's last day (renewals.actWithin in the settings). extend: an extended service term, in new commerce alone. Left out: undecided.
   */
  mode?: "renew" | "cancel" | "extend";
  /**
   * The number of seats from the new term on. Left out: the seats stay. In legacy commerce it is changed on the day after the term's last day.
   */
  quantity?: number;
  /**
   * The length of the new term, in new commerce alone. Left out: it stays.
   */
  term?: "P1M" | "P1Y" | "P3Y";
  /**
   * How the new term is billed. Left out: it stays. In legacy commerce it is a manual step.
   */
  billingCycle?: "monthly" | "annual" | "triennial";
  /**
   * What the new term is for, in new commerce alone: product:sku, or the name that the settings give it. Left out: it stays.
   */
  product?: string;
  /**
   * The promotion of the new term, in new commerce alone. Left out: none.
   */
  promotion?: string;
};
