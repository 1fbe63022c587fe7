/* Generated from schemas/adapters/local.schema.json by `node schemas/generate.mjs`. */

/**
 * The options of the adapter local, an account that is kept in a folder of this machine. They stand under adapters.local in partnerctl.yaml.
 */
export interface LocalOptions {
  /**
   * The folder the account is kept in, relative to partnerctl.yaml.
   */
  account: string;
  /**
   * The user principal name of a new account's first global admin. The tool acts as this user.
   */
  admin: string;
  /**
   * Makes new ids and chances the same on every machine. Without a seed they are random.
   */
  seed?: string | number;
  /**
   * A folder with the account's invoices, relative to partnerctl.yaml: a file each, as `partnerctl invoices ID --format json` prints one. Without it the account has none.
   */
  invoices?: string;
  /**
   * How subscriptions are ordered: direct by an order, which must not be repeated; cart by a cart, which is safe to order again.
   */
  orders: "direct" | "cart";
  /**
   * Properties and failures of a real backend that the account simulates.
   */
  simulate: {
    /**
     * How many seconds pass before a write is visible to a read. Unless it is set, the adapter states no lag.
     */
    lag?: number;
    /**
     * How many seconds a new subscription is pending: it reads as active and cannot be upgraded yet.
     */
    pending: number;
    /**
     * How many seconds every request takes.
     */
    latency: number;
    failBefore?: Writes;
    failAfter?: Writes;
    lostReplies?: Writes;
    /**
     * Kinds (`CatalogCustomization`) and fields (`User/recovery`) that the backend cannot read or write, so that they are manual steps.
     *
     * Items: A kind, or a kind and a field of it.
     */
    manual: string[];
  };
}
/**
 * Which writes are meant: those that match everything given here. Writes are counted from the opening of the adapter, among those of the kind and verb.
 */
export interface Writes {
  /**
   * Only writes of this kind.
   */
  kind?: string;
  /**
   * Only writes of this verb.
   */
  verb?: "create" | "update" | "upgrade" | "remove";
  /**
   * Only this write, counted from 1.
   */
  nth?: number;
  /**
   * Every nth write.
   */
  every?: number;
  /**
   * Each write with this probability.
   */
  chance?: number;
}
