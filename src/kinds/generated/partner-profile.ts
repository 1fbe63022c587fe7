/* Generated from schemas/partner-profile.schema.json by `node schemas/generate.mjs`. */

/**
 * The partner's own profiles: who it is in law, how it is billed, its organization and its support contact. There is exactly one; only the sections that are written are managed.
 */
export type PartnerProfile = {
  /**
   * The version of the manifest format.
   */
  apiVersion: "partnercenter/v1";
  /**
   * Always PartnerProfile.
   */
  kind: "PartnerProfile";
  metadata?: PartnerProfileMetadata;
  spec: PartnerProfileSpec;
};
/**
 * Who this is; a singleton needs none.
 */
export type PartnerProfileMetadata = {
  /**
   * A name for people; the address of this object is always PartnerProfile.
   */
  name?: string;
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
 * The four sections, each managed only where it is written.
 */
export type PartnerProfileSpec = {
  /**
   * Who the partner is in law. A change may start a new vetting round.
   */
  legalBusiness?: {
    /**
     * The company's legal name. It cannot be changed here.
     */
    companyName?: string;
    address?: PostalAddress;
    primaryContact?: Contact;
    companyApproverAddress?: PostalAddress;
    /**
     * The e-mail address of whoever approves for the company.
     */
    companyApproverEmail?: string;
  };
  /**
   * How the partner is billed.
   */
  billing?: {
    /**
     * The company's name on invoices.
     */
    companyName?: string;
    address?: PostalAddress;
    primaryContact?: Contact;
    /**
     * The purchase order number on invoices.
     */
    purchaseOrderNumber?: string;
    /**
     * The tax id on invoices.
     */
    taxId?: string;
  };
  /**
   * The organization behind the account's directory.
   */
  organization?: {
    /**
     * The organization's name.
     */
    companyName?: string;
    /**
     * The organization's e-mail address.
     */
    email?: string;
    /**
     * The language, as the country's rules name it.
     */
    language?: string;
    /**
     * The culture of messages and documents. China supports zh-CN and en-US.
     */
    culture?: string;
    address?: PostalAddress;
  };
  /**
   * Where the partner's customers find support.
   */
  support?: {
    /**
     * The support e-mail address.
     */
    email?: string;
    /**
     * The support telephone number.
     */
    telephone?: string;
    /**
     * The support web page.
     */
    website?: string;
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
/**
 * A person to reach.
 */
export type Contact = {
  /**
   * First name.
   */
  firstName?: string;
  /**
   * Last name.
   */
  lastName?: string;
  /**
   * E-mail address.
   */
  email?: string;
  /**
   * Telephone number.
   */
  phoneNumber?: string;
};
