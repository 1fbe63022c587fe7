import type { OptionProblem } from "./unusable.ts";
import { billingChoices, type BillingWays, plainBilling } from "./account/billing/billing-ways.ts";

/** Behaviour of the service that surprises clients. Each can be set. */
export interface Quirks {
  /** Partner Center's JSON responses begin with a UTF-8 byte order mark, except 429. */
  readonly bom: boolean;
  /** Every nth PATCH of a subscription returns 202 and takes effect after `seconds`. 0: never. */
  readonly accepted: { readonly every: number; readonly seconds: number };
  /** Seconds for which a new subscription is pending. */
  readonly provisioning: number;
  /** Seconds for which a new object is missing from lists. */
  readonly lag: {
    readonly orders: number;
    readonly subscriptions: number;
    readonly customers: number;
    readonly users: number;
  };
  /**
   * Maximum requests per minute to customers, orders (with carts) and subscriptions: in total
   * ("tenant") or for each of the three ("family"). 0: no limit.
   */
  readonly throttle: { readonly perMinute: number; readonly per: "tenant" | "family" };
  /** The letter case of GUIDs differs from response to response. */
  readonly casing: boolean;
  /** Links have the prefix /v1 in some responses and not in others. */
  readonly links: boolean;
  /** Maximum number of items per page. A request may ask for fewer. */
  readonly pageSize: { readonly partnerCenter: number; readonly graph: number };
  /** Subscriptions in a list lack offerId and offerName, as in some samples. */
  readonly listsWithoutOffers: boolean;
  /** A refresh token is valid only once. */
  readonly oneTimeRefreshTokens: boolean;
  /**
   * Seconds for which a changed legal business profile is pending. Until then the last vetted
   * version is available with `vettingVersion=LastFinalized`. Whether the service vets changes is
   * not known.
   */
  readonly vetting: number;
  /**
   * The maximum number of attempts to send an event, the seconds between two attempts, and whether
   * events are also sent to URLs outside this machine (`elsewhere`).
   */
  readonly webhooks: {
    readonly attempts: number;
    readonly seconds: number;
    readonly elsewhere: boolean;
  };
  /**
   * Routes that the documents exclude for 21Vianet (such as audit records, conversions and partner
   * roles) work anyway.
   */
  readonly beyond21Vianet: boolean;
  /**
   * The user signed in without multi-factor authentication: Partner Center refuses every request
   * with a user's token (401/900421).
   */
  readonly withoutMfa: boolean;
  /** Seconds for which a cart can be checked out. Older samples show 15 minutes. */
  readonly cart: number;
  /** What is special about carts and their checkout. */
  readonly carts: {
    /** Carts say the prices of the lists in force. Otherwise none, as in legacy samples. */
    readonly priced: boolean;
    /** The price of a seat for a billing period, whatever the lists say. 0: as they do. */
    readonly unitPrice: number;
    readonly currency: string;
    /** The error code of each line, such as 10015. 0: none. */
    readonly lineError: number;
    /** Every nth order group of a checkout fails and is in `orderErrors`. 0: none. */
    readonly failing: number;
    /** Seconds after a first checkout for which the cart is processed (409/800064). */
    readonly processing: number;
    /** A checkout that is repeated is refused (400/800065), as an older page says. */
    readonly once: boolean;
  };
  /**
   * The `status` that address validation returns for a plausible address, such as
   * VerifiedShippable, NotValidated or None. An empty text: 200 without a body, as in older
   * documents.
   */
  readonly addressStatus: string;
  /** How invoices are made where the documents leave it open. By default drawn from the seed. */
  readonly billing: BillingWays;
}

/** Quirks to change; the others are kept. */
export type QuirkSettings = {
  readonly [K in keyof Quirks]?: Quirks[K] extends object ? Partial<Quirks[K]> : Quirks[K];
};

/** The quirks that are set by default. */
export const defaultQuirks: Quirks = {
  bom: true,
  accepted: { every: 2, seconds: 1 },
  provisioning: 0,
  lag: { orders: 0, subscriptions: 0, customers: 0, users: 0 },
  throttle: { perMinute: 500, per: "tenant" },
  casing: true,
  links: true,
  pageSize: { partnerCenter: 500, graph: 100 },
  listsWithoutOffers: false,
  oneTimeRefreshTokens: false,
  vetting: 0,
  webhooks: { attempts: 10, seconds: 5, elsewhere: false },
  beyond21Vianet: false,
  withoutMfa: false,
  cart: 7 * 24 * 60 * 60,
  carts: {
    priced: false,
    unitPrice: 0,
    currency: "CNY",
    lineError: 0,
    failing: 0,
    processing: 0,
    once: false,
  },
  addressStatus: "VerifiedShippable",
  billing: plainBilling,
};

/** The default quirks without byte order mark, 202, throttling, and varying case or links. */
export const noQuirks: Quirks = {
  ...defaultQuirks,
  bom: false,
  accepted: { every: 0, seconds: 0 },
  provisioning: 0,
  lag: { orders: 0, subscriptions: 0, customers: 0, users: 0 },
  throttle: { perMinute: 0, per: "tenant" },
  casing: false,
  links: false,
};

/** Returns the quirks with some of them changed. Quirks with several values are merged. */
export function setQuirks(quirks: Quirks, settings: QuirkSettings): Quirks {
  return {
    ...quirks,
    ...settings,
    accepted: { ...quirks.accepted, ...settings.accepted },
    lag: { ...quirks.lag, ...settings.lag },
    throttle: { ...quirks.throttle, ...settings.throttle },
    pageSize: { ...quirks.pageSize, ...settings.pageSize },
    webhooks: { ...quirks.webhooks, ...settings.webhooks },
    billing: { ...quirks.billing, ...settings.billing },
    carts: { ...quirks.carts, ...settings.carts },
  };
}

/**
 * Why a JSON value does not set quirks; undefined if it does. `known` are the quirks it may set.
 */
export function quirkProblem(
  value: unknown,
  known: object = defaultQuirks,
  within = "",
): OptionProblem | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return { said: `expected ${within || "quirks "}as a JSON object` };
  for (const [name, one] of Object.entries(value)) {
    const now: unknown = Object.hasOwn(known, name) ? Object(known)[name] : undefined;
    if (now === undefined)
      return {
        said: `there is no quirk ${within}${name}; there are ${Object.keys(known).join(", ")}`,
        name: { typed: name, known: Object.keys(known) },
      };
    const problem =
      typeof now === "object"
        ? quirkProblem(one, Object(now), `${name} `)
        : plainProblem(`${within}${name}`, one, now);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function plainProblem(name: string, value: unknown, now: unknown): OptionProblem | undefined {
  if (typeof value !== typeof now) return { said: `the quirk ${name} is a ${typeof now}` };
  if (typeof value === "number" && value < 0) return { said: `the quirk ${name} is not negative` };
  const allowed = choices[name];
  return allowed === undefined || allowed.some((one) => one === value)
    ? undefined
    : {
        said: `the quirk ${name} is ${allowed.join(" or ")}`,
        name: { typed: String(value), known: allowed },
      };
}

/** The values of quirks that have a list of them. */
const choices: Readonly<Record<string, readonly string[]>> = {
  "throttle per": ["tenant", "family"],
  ...Object.fromEntries(
    Object.entries(billingChoices).map(([name, values]) => [`billing ${name}`, values]),
  ),
};
