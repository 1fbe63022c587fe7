/* Generated from schemas/adapters/partner-center.schema.json by `node schemas/generate.mjs`. */

/**
 * A secret, which never stands in the settings: an environment variable, as ${VARIABLE}; a file; or a command that prints it.
 */
export type Secret =
  | string
  | {
      /**
       * The file, relative to partnerctl.yaml.
       */
      file: string;
    }
  | {
      /**
       * The program and its arguments.
       *
       * @minItems 1
       *
       * Items: The program, or one of its arguments.
       */
      exec: string[];
      /**
       * A command that keeps a new value, which it reads from stdin. Only refresh tokens have new values.
       *
       * @minItems 1
       *
       * Items: The program, or one of its arguments.
       */
      keep?: string[];
    };

/**
 * The options of the adapter partner-center: the Partner Center service operated by 21Vianet (or by Microsoft), or an emulator of it. They stand under adapters.partner-center in partnerctl.yaml.
 */
export interface PartnerCenterOptions {
  /**
   * Which cloud the account is in: china is operated by 21Vianet, global by Microsoft. It decides the default hosts, country and locale. In the global cloud, subscriptions are only read.
   */
  cloud: "china" | "global";
  /**
   * The partner's tenant: its id, or one of its domains.
   */
  tenant: string;
  /**
   * The id of the application that signs in, as the directory shows it.
   */
  clientId: string;
  /**
   * Whose tokens are used: app is the application's, user a signed-in user's, both means each for what only it may do. By default it is both where secrets.refreshToken is set, otherwise app. Profiles need a user, whose refresh token partnerctl login gets.
   */
  signIn?: "app" | "user" | "both";
  /**
   * A PEM file with the application's certificate, relative to partnerctl.yaml. It is used with its key, secrets.privateKey, instead of secrets.clientSecret.
   */
  certificate?: string;
  /**
   * What proves who signs in. Each secret is taken from an environment variable, a file or a command.
   */
  secrets: {
    clientSecret?: Secret;
    privateKey?: Secret;
    refreshToken?: Secret;
  };
  /**
   * The file that newer refresh tokens are kept in, relative to partnerctl.yaml.
   */
  refreshTokenFile: string;
  /**
   * How partnerctl login gets a refresh token.
   */
  login: {
    /**
     * code: a browser on this machine, and the application's proof, as documented for 21Vianet. pkce: the same at the v2 endpoint, with a proof key. device: a code that is entered in a browser anywhere; the application must allow public clients. Whether 21Vianet has the last two is not documented.
     */
    flow: "code" | "pkce" | "device";
    /**
     * The address on this machine that the browser is sent back to. The application must name it as a redirect URI.
     */
    redirectUri: string;
  };
  /**
   * The host of the Partner Center API, without a path. A host that is not a preset one must also be named in PARTNERCTL_ALLOWED_HOSTS.
   */
  api: string;
  /**
   * The host that tokens are requested from, without a path. A host that is not a preset one must also be named in PARTNERCTL_ALLOWED_HOSTS.
   */
  authority: string;
  /**
   * The host of Microsoft Graph, without a path. A host that is not a preset one must also be named in PARTNERCTL_ALLOWED_HOSTS.
   */
  graph: string;
  /**
   * Which token endpoint of the authority is used: v1 is documented for 21Vianet, v2 elsewhere.
   */
  tokenEndpoint: "v1" | "v2";
  /**
   * The market that offers are listed for, as an ISO 3166 code.
   */
  country: string;
  /**
   * The language that the service's texts come in.
   */
  locale: string;
  /**
   * The rate limit: how many requests are sent to each host in any minute. When the service throttles, the limit is lowered for a while.
   */
  requestsPerMinute: number;
  /**
   * How many connections to a host are open at once, and how many requests are sent in parallel.
   */
  connections: number;
  /**
   * How many seconds the service may take to answer a request.
   */
  timeoutSeconds: number;
  /**
   * How a request is sent again if it failed and may be repeated.
   */
  retry: {
    /**
     * How often a request is sent at most. A throttled request is sent up to ten times.
     */
    attempts: number;
    /**
     * The base of the waiting time in seconds: before each next attempt the wait is 1, 3, 7, … times as long.
     */
    seconds: number;
    /**
     * The longest wait in seconds that the service may ask for. If it asks for a longer one, the request fails at once.
     */
    longestSeconds: number;
  };
  /**
   * How the adapter waits for what the service does later, such as the provisioning of an order.
   */
  poll: {
    /**
     * How many seconds pass between two polls.
     */
    seconds: number;
    /**
     * How many seconds the adapter polls at most.
     */
    longestSeconds: number;
  };
  /**
   * How subscriptions are ordered: direct by an order, which the service does not repeat safely; cart by a cart, whose checkout is documented as safe to repeat. Whether 21Vianet's service takes carts is to be tried: partnerctl check tells.
   */
  orders: "direct" | "cart";
  /**
   * For which billing cycles it is known that the price in a cart is that of one seat for one billing period. The documents show it for monthly billing.
   *
   * Items: A billing cycle.
   */
  quotedCycles: ("monthly" | "annual")[];
  /**
   * How many seconds the adapter waits at most until an order is provisioned.
   */
  provisioningSeconds: number;
  /**
   * How many objects a page of a list holds.
   */
  pageSize: {
    /**
     * How many customers a page holds.
     */
    customers: number;
    /**
     * How many users a page holds.
     */
    users: number;
  };
  /**
   * The display names of the directory's groups that hold the agents.
   */
  groups: {
    /**
     * The group of the admin agents.
     */
    admin: string;
    /**
     * The group of the sales agents. Its name is not documented for 21Vianet.
     */
    sales: string;
    /**
     * The group of the helpdesk agents.
     */
    helpdesk: string;
  };
  /**
   * The template ids of the directory roles that administrators have.
   */
  roleTemplates: {
    /**
     * The template id of global administrators.
     */
    global: string;
    /**
     * The template id of billing administrators.
     */
    billing: string;
    /**
     * The template id of user administrators.
     */
    userManagement: string;
  };
  /**
   * Which fields of the directory hold a user's recovery contacts. It is not documented for 21Vianet.
   */
  recovery: {
    /**
     * The field of the alternate e-mail address; false if there is none.
     */
    alternateEmail: "otherMails" | false;
    /**
     * The field of the mobile phone number; false if there is none.
     */
    mobilePhone: "mobilePhone" | false;
  };
  /**
   * How a path names a directory role: segment is roleTemplateId=ID, key is (roleTemplateId='ID') as newer documents have it.
   */
  rolePath: "segment" | "key";
  /**
   * The path of the support profile, which documents give in two forms.
   */
  supportProfilePath: string;
  /**
   * Whether the service validates a customer's address before the customer is created.
   */
  validateAddresses: boolean;
  /**
   * With which results of the validation a customer is created. Whether the service validates addresses in China is not documented.
   *
   * Items: A status, as the service names it.
   */
  addressStatuses: string[];
  /**
   * Which of the backend's records tell who changed an object that drifted. They are read only where a plan finds drift.
   */
  audit: {
    /**
     * Partner Center's audit records, for customers and subscriptions. Their page does not list 21Vianet.
     */
    records: boolean;
    /**
     * The directory's audit logs, for users and their roles. They need the permission AuditLog.Read.All. Whether 21Vianet has them is not verified.
     */
    directory: boolean;
  };
  /**
   * What the backend can do, by kind, where it differs from what is documented. What it cannot do is planned as a manual step.
   */
  capabilities: {
    /**
     * What the backend can do with objects of the kind PartnerProfile; false for nothing at all.
     */
    PartnerProfile?: false | Support;
    /**
     * What the backend can do with objects of the kind User; false for nothing at all.
     */
    User?: false | Support;
    /**
     * What the backend can do with objects of the kind Customer; false for nothing at all.
     */
    Customer?: false | Support;
    /**
     * What the backend can do with objects of the kind Subscription; false for nothing at all.
     */
    Subscription?: false | Support;
    /**
     * What the backend can do with objects of the kind Offer; false for nothing at all.
     */
    Offer?: false | Support;
  };
  /**
   * Whether invoices are read. They are documented for 21Vianet; whether the service answers there, `partnerctl check` tries.
   */
  invoices: boolean;
  /**
   * Whether featured offers are read and written at /v1/preferences/catalog/offers. No page of 21Vianet has it; `partnerctl check` tries it. Where it is false, they are a manual step.
   */
  featuredOffers: boolean;
}
/**
 * What the backend can do with one kind. What is left out stays as documented.
 */
export interface Support {
  /**
   * What can be done to an object.
   *
   * Items: A verb.
   */
  verbs?: ("create" | "update" | "upgrade" | "remove")[];
  /**
   * The fields that can be read.
   *
   * Items: A field, as a JSON pointer into the spec; an empty text for all of it.
   */
  readable?: string[];
  /**
   * The fields that can be written.
   *
   * Items: A field, as a JSON pointer into the spec; an empty text for all of it.
   */
  writable?: string[];
  /**
   * The verbs that happen once however often a request with the same id is sent.
   *
   * Items: A verb.
   */
  repeatable?: ("create" | "update" | "upgrade" | "remove")[];
  /**
   * How many seconds pass before a write is visible to a read.
   */
  lag?: number;
}
