/* Generated from schemas/customer.schema.json by `node schemas/generate.mjs`. */

/**
 * A customer of the partner. Creating one cannot be undone: it makes a directory and an admin account, whose password is delivered once to the credential sink. A customer is never deleted; absent means that it is not managed any more.
 */
export type Customer = {
  /**
   * The version of the manifest format.
   */
  apiVersion: "partnercenter/v1";
  /**
   * Always Customer.
   */
  kind: "Customer";
  metadata: CustomerMetadata;
  /**
   * present: it exists as the spec says. absent: it is not to be there any more; this needs a reason.
   */
  state?: "present" | "absent";
  /**
   * Why it is to be absent, in a sentence for whoever reviews the plan.
   */
  reason?: string;
  spec?: CustomerSpec;
};
/**
 * Who this is.
 */
export type CustomerMetadata = {
  /**
   * A name that is unique among customers; the address is Customer/<name>.
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
};
/**
 * The customer as it is to be; what is left out is not touched. A new customer needs its domain and, of the billing profile, companyName, email, culture, language and address.
 */
export type CustomerSpec = {
  /**
   * The customer's domain under partner.onmschina.cn. It cannot be changed once the customer exists.
   */
  domain?: string;
  /**
   * The customer's billing profile.
   */
  billing?: {
    /**
     * The customer's company name. On create it serves the company profile too.
     */
    companyName?: string;
    /**
     * The culture of messages and documents. China supports zh-CN and en-US.
     */
    culture?: string;
    /**
     * The language, as the country's rules name it.
     */
    language?: string;
    /**
     * Where the customer is written to.
     */
    email?: string;
    /**
     * First name of the person to reach.
     */
    firstName?: string;
    /**
     * Last name of the person to reach.
     */
    lastName?: string;
    address?: PostalAddress;
  };
};
/**
 * A postal address.
 */
export type PostalAddress = {
  /**
   * The country, as a two-letter ISO 3166-1 code.
   */
  country?: string;
  /**
   * The district or region within the city.
   */
  region?: string;
  /**
   * The city.
   */
  city?: string;
  /**
   * The state or province; in China the two-letter province code (ISO 3166-2:CN).
   */
  state?: string;
  /**
   * Street and number.
   */
  addressLine1?: string;
  /**
   * A second line, where one is needed.
   */
  addressLine2?: string;
  /**
   * The postal code.
   */
  postalCode?: string;
  /**
   * First name of the person to reach there.
   */
  firstName?: string;
  /**
   * Middle name of the person to reach there.
   */
  middleName?: string;
  /**
   * Last name of the person to reach there.
   */
  lastName?: string;
  /**
   * Telephone number of the person to reach there.
   */
  phoneNumber?: string;
};
