/* Generated from schemas/settings.schema.json by `node schemas/generate.mjs`. */

/**
 * The settings of a partnerctl project: partnerctl.yaml in the project's folder.
 */
export interface Settings {
  /**
   * The version of this format.
   */
  apiVersion: "partnercenter/v1";
  /**
   * Always Settings.
   */
  kind: "Settings";
  /**
   * The folder the manifests are in, relative to this file.
   */
  manifests: string;
  /**
   * The folder the policies are in, relative to this file; there need be none.
   */
  policies: string;
  /**
   * The backend: local (an account kept on this machine), partner-center (the service, or an emulator of it), or a module of your own, by its path (./adapter.mjs) or package name.
   */
  adapter: string;
  /**
   * The options of each backend, by the name it has under adapter. Put secrets under secrets, the only place where ${VARIABLE}, a file or a command may give a value. A module of your own says itself what its options mean.
   */
  adapters: {
    /**
     * The options of an adapter that is a module of your own.
     */
    [k: string]: {
      /**
       * Values that must not stand in a file: each is taken from an environment variable, a file or a command.
       */
      secrets?: {
        [k: string]: unknown;
      };
      [k: string]: unknown;
    };
  };
  /**
   * Where the record of what was applied is kept.
   */
  ledger: {
    /**
     * file: a file on this machine. git: an orphan branch of a git repository, so that a pipeline's runner that forgets everything still never orders twice.
     */
    type: "file" | "git";
    /**
     * file: the ledger's file, relative to this file. git: the repository's folder.
     */
    path: string;
    /**
     * git: the remote the branch is pushed to, a name or an address.
     */
    remote: string;
    /**
     * git: the branch the ledger lives on.
     */
    branch: string;
    /**
     * The key the ledger is signed with, from which also the key for digests of personal values is made. Reading needs no key. A file ledger makes one for itself beside the file; a git ledger is given one, as ${VARIABLE}: at least 32 random bytes, as text.
     */
    key?: string;
    /**
     * The public half of the ledger's key, as partnerctl ledger verify shows it. A ledger that another key signs is not believed, so a change of the key needs a reviewed change of this.
     */
    publicKey?: string;
    /**
     * The age recipients who may read applied plans whole. With them each applied plan is kept in the ledger, encrypted; without them the ledger keeps what each change was to do, somebody's data masked.
     *
     * @minItems 1
     *
     * Items: An age recipient.
     */
    recipients?: string[];
    /**
     * file: whether all machines that apply this project use this very file. A file on one machine is not known on another, so each plan and apply for a real account warns until this is set; false says that this is known.
     */
    shared?: boolean;
    /**
     * What the ledger calls this project. By default it is the project's folder in its repository, a dot for the repository's own folder; set it to keep a ledger whose project moves to another folder.
     */
    project?: string;
    /**
     * How long a run may be silent before another may end its lease.
     */
    leaseSeconds: number;
  };
  /**
   * Where credentials that exist once are kept, encrypted in the age format.
   */
  credentials: {
    /**
     * Where they lie: in a folder on this machine, or on a branch of the repository that a git ledger is kept in. Without this: on a branch where the ledger is a git one and no folder is given, else in a folder.
     */
    type: "folder" | "git";
    /**
     * The folder the encrypted files go to, relative to this file.
     */
    folder: string;
    /**
     * The age public keys of those who may open them.
     *
     * Items: An age recipient.
     */
    recipients: string[];
    /**
     * The branch they lie on, for type git. It holds one commit, which each write replaces.
     */
    branch: string;
  };
  /**
   * Price lists as published each month. The one in force on the plan's date is used: the latest that is effective by then.
   *
   * Items: One price list.
   */
  priceLists: {
    /**
     * A CSV file, relative to this file.
     */
    file: string;
    /**
     * The date its prices take effect, YYYY-MM-DD.
     */
    effective: string;
    /**
     * The names of its columns, where they are none of the usual ones (Offer ID, Durable Offer ID; Price per month, List Price; Price per year; Currency).
     */
    columns?: {
      /**
       * The column of offer ids.
       */
      offerId?: string;
      /**
       * The column of prices for one month of one seat.
       */
      perMonth?: string;
      /**
       * The column of prices for one year of one seat, billed by the year. A list without one is multiplied by twelve.
       */
      perYear?: string;
      /**
       * The column of currencies; a list without one is in CNY.
       */
      currency?: string;
    };
  }[];
  /**
   * How lines of invoices are compared with what was ordered.
   */
  reconcile: {
    /**
     * What is rounded to cents: the price of a unit for the days of a charge, or the amount of a line.
     */
    roundOf: "unit" | "line";
    /**
     * How it is rounded; halves go up, or to the even neighbour.
     */
    rounding: "down" | "half-up" | "half-even";
    /**
     * How many hours the days of the service's invoices are ahead of UTC; 8 in China.
     */
    hoursAhead: number;
  };
  /**
   * Names for offer ids, to be used in manifests.
   */
  offers: {
    /**
     * An offer id.
     */
    [k: string]: string;
  };
  /**
   * Limits a plan may not pass unless the run lifts them by name.
   */
  guards: {
    /**
     * Percent of the objects of a kind from which something may be taken at once (removal, service, rights, money); one object always may lose something, but the last one of a kind is never removed or suspended without a word.
     */
    share: number;
    /**
     * How many objects of a kind may be changed or removed at once.
     */
    count?: number;
    /**
     * How many objects of a kind may be created at once.
     */
    creates?: number;
    /**
     * New money a month, in the price list's currency, that a plan may commit to.
     */
    moneyPerMonth?: number;
    /**
     * New money that a plan may commit to for whole terms, in the price list's currency.
     */
    committed?: number;
    /**
     * New seats a plan may order.
     */
    seats?: number;
  };
  /**
   * How orders are judged.
   */
  orders: {
    /**
     * Whether a cart has to say its price before it is ordered. With optional, the receipt says which prices were not compared. A higher price than the plan's stops an order in any case.
     */
    quote: "optional" | "required";
  };
  /**
   * The day of the month on which the account is billed. Plans tell with it until when a new order is free, and when its term ends. Subscriptions that are there tell their own.
   */
  billingDay?: number;
  /**
   * When the ends of terms are to be decided and acted on.
   */
  renewals: {
    /**
     * How long before the last day of its term a subscription without a decision (spec.renewal.mode) is reported as renewal/undecided. It is also how long after a term has begun a decision still counts for the term that ended.
     */
    decideWithin: string;
    /**
     * How grave an undecided end of a term is. An error stops the plan of that subscription.
     */
    severity: "error" | "warning" | "note";
    /**
     * How long before the last day of its term a subscription that is not to be renewed is suspended, in legacy commerce.
     */
    actWithin: string;
  };
  /**
   * How plans use the snapshot of the account, so that they need not read it whole each time. partnerctl refresh keeps it up to date.
   */
  snapshot: {
    /**
     * Readings that are older than this are read anew, the oldest first: an ISO 8601 duration of weeks, days or hours (P1D, PT6H). Missing: each plan reads everything, and keeps no snapshot.
     */
    maxAge?: string;
    /**
     * How many requests a plan spends on readings that are too old. What is left is shown as not known.
     */
    maxRequests: number;
  };
  /**
   * Who may approve a plan, and which plans need it. apply refuses a plan that is not approved as asked here.
   */
  approvals?: {
    /**
     * The file that says whose keys count: git's own allowed_signers (see ALLOWED SIGNERS in ssh-keygen's manual), relative to this file.
     */
    signers: string;
    /**
     * Which plans need how many approvals. Where several rules hold, the greatest number counts.
     *
     * @minItems 1
     *
     * Items: One rule.
     */
    rules: {
      /**
       * What people call the rule.
       */
      name?: string;
      /**
       * What makes a plan need it; any of these, where several are given.
       */
      when: {
        /**
         * Any plan that changes something.
         */
        always?: true;
        /**
         * More new money a month than this, in the price list's currency; or new seats at a price nobody knows.
         */
        moneyPerMonth?: number;
        /**
         * A change that cannot be undone.
         */
        irreversible?: true;
        /**
         * A change that takes service or data away from somebody.
         */
        destructive?: true;
        /**
         * A change that makes somebody an administrator, ends that, or touches how an administrator signs in.
         */
        administrators?: true;
      };
      /**
       * How many different people have to approve it.
       */
      approvals: number;
    }[];
    /**
     * What the approval of somebody who wrote or made the plan is worth. not-alone: it counts, and somebody else's is needed too. never: it does not count. alone: it counts like anybody's.
     */
    author: "not-alone" | "never" | "alone";
    /**
     * How long an approval holds: an ISO 8601 duration of weeks, days or hours (P2W, P7D, PT12H).
     */
    expireAfter: string;
  };
  /**
   * How plans are written to a file.
   */
  plan: {
    /**
     * The age public keys of those who may open a plan's file: every plan --out is encrypted for them, as with --seal.
     *
     * Items: An age recipient.
     */
    seal: string[];
  };
  /**
   * Kinds of which nothing may live that no manifest declares: what is unmanaged is planned for removal, under the guards.
   *
   * Items: A kind's name.
   */
  exclusive: string[];
  /**
   * The account's time zone, an IANA name: its day decides which prices hold and what day policies see, on every machine.
   */
  timeZone: string;
  /**
   * How many changes are worked on at once; one customer's are always done one after another.
   */
  parallelism: number;
  /**
   * A folder whose documents are merge patches over the manifests, by address, or whole new ones.
   */
  overlay?: string;
  /**
   * Named variations, picked with --env: each is a JSON merge patch (RFC 7396) over these settings.
   */
  environments?: {
    /**
     * A merge patch over the settings.
     */
    [k: string]: {};
  };
}
