/* Generated from schemas/user.schema.json by `node schemas/generate.mjs`. */

/**
 * A person of the partner's own staff who signs in to Partner Center, with roles. A new user's temporary password is made by the tool and delivered once to the credential sink.
 */
export type User = {
  /**
   * The version of the manifest format.
   */
  apiVersion: "partnercenter/v1";
  /**
   * Always User.
   */
  kind: "User";
  metadata: UserMetadata;
  /**
   * present: it exists as the spec says. absent: it is not to be there any more; this needs a reason.
   */
  state?: "present" | "absent";
  /**
   * Why it is to be absent, in a sentence for whoever reviews the plan.
   */
  reason?: string;
  spec?: UserSpec;
};
/**
 * Who this is.
 */
export type UserMetadata = {
  /**
   * A name that is unique among users; the address is User/<name>.
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
 * The user as they are to be; what is left out is not touched. On create, roles left out are none and the account is enabled.
 */
export type UserSpec = {
  /**
   * The name they sign in with, in one of the account's verified domains. Upper and lower case are the same. To rename somebody, name the old one in metadata.previously.
   */
  userPrincipalName?: string;
  /**
   * The full name that others see. On create: given name and surname where it is left out.
   */
  displayName?: string;
  /**
   * Given name.
   */
  givenName?: string;
  /**
   * Family name.
   */
  surname?: string;
  /**
   * Whether they can sign in. Disabling an account is the gentle way to end somebody's access; removing it is final after 30 days.
   */
  accountEnabled?: boolean;
  /**
   * The country they work in, as a two-letter ISO 3166-1 code; needed before licences can be assigned.
   */
  usageLocation?: string;
  /**
   * How they get back in when locked out. Nobody can reset another person's password here, not even a global admin: whoever is locked out goes to the sign-in page, chooses "Can't access your account?" and proves who they are by one of these contacts. If they have neither, disable the account and declare a new user for that person. Keep both up to date, above all for global admins.
   */
  recovery?: {
    /**
     * An e-mail address outside the account's own domains, to which a code can be sent.
     */
    alternateEmail?: string;
    /**
     * A mobile number that can receive a code, with the country code.
     */
    mobilePhone?: string;
  };
  /**
   * What they may do. Every plan says which capabilities of the documented permission matrix somebody gains and loses. The service recommends few global admins, and none for whoever needs no administration.
   */
  roles?: {
    /**
     * What they may do for customers: none, one of admin, sales and helpdesk, or a list of these.
     */
    agent?: ("none" | "admin" | "sales" | "helpdesk") | ("admin" | "sales" | "helpdesk")[];
    /**
     * What they may do in the partner's own account.
     */
    administrator?: "none" | "global" | "billing" | "userManagement";
  };
};
