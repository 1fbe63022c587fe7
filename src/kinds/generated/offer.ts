/* Generated from schemas/offer.schema.json by `node schemas/generate.mjs`. */

/**
 * An offer of the catalogue as the backend holds it. It is observed, never declared; its id is the object's own.
 */
export type OfferSpec = {
  /**
   * What it is called.
   */
  name: string;
  /**
   * What it is, in the seller's words.
   */
  description?: string;
  /**
   * The part of the catalogue it stands in; an add-on has none.
   */
  category?: string;
  /**
   * How many seats one subscription may have.
   */
  quantity: {
    /**
     * The fewest.
     */
    minimum: number;
    /**
     * The most.
     */
    maximum: number;
  };
  /**
   * How many subscriptions to it one customer may have.
   */
  limit: {
    /**
     * none: any number. concurrent: at one time, suspended ones included. lifetime: ever.
     */
    unit: "none" | "concurrent" | "lifetime";
    /**
     * How many; 0 where there is no limit.
     */
    count: number;
  };
  /**
   * How long one commits to it.
   */
  term?: {
    /**
     * The unit of time.
     */
    unit: "year" | "month" | "day";
    /**
     * How many of them.
     */
    count: number;
  };
  /**
   * How it can be billed; a trial is not billed: none.
   *
   * Items: A billing cycle.
   */
  billingCycles: ("monthly" | "annual" | "none")[];
  /**
   * It can only be bought on top of another subscription.
   */
  addOn: boolean;
  /**
   * It is a trial.
   */
  trial: boolean;
  /**
   * It can be bought; false for what has been retired.
   */
  purchasable: boolean;
  /**
   * For an add-on: the offers it can be added to.
   *
   * Items: An offer id.
   */
  prerequisites: string[];
  /**
   * The offers a subscription can be upgraded to, one way.
   *
   * Items: An offer id.
   */
  upgradesTo: string[];
  /**
   * For a trial: the offers it can be turned into.
   *
   * Items: An offer id.
   */
  convertsTo?: string[];
};
