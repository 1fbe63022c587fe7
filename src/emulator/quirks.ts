/** Habits of the service that surprise a client; each is documented, and each can be set. */
export interface Quirks {
  /** Partner Center's JSON begins with a UTF-8 byte order mark. */
  readonly bom: boolean;
  /** Every nth PATCH of a subscription answers 202 and takes effect some seconds later; 0 is never. */
  readonly accepted: { readonly every: number; readonly seconds: number };
  /** How many seconds a new subscription is pending. */
  readonly provisioning: number;
  /** How many seconds what is new is missing from a list. */
  readonly lag: { readonly orders: number; readonly subscriptions: number; readonly customers: number; readonly users: number };
  /** Requests a minute to customers, orders and subscriptions, counted for the tenant as a whole or for each of the three; 0 is no limit. */
  readonly throttle: { readonly perMinute: number; readonly per: "tenant" | "family" };
  /** GUIDs change their letter case from answer to answer. */
  readonly casing: boolean;
  /** Links come with and without /v1. */
  readonly links: boolean;
  /** The most items of a page that did not ask for fewer. */
  readonly pageSize: { readonly partnerCenter: number; readonly graph: number };
  /** Subscriptions in a list lack offerId and offerName, as in some samples. */
  readonly listsWithoutOffers: boolean;
  /** A refresh token that was exchanged is not taken again. */
  readonly oneTimeRefreshTokens: boolean;
  /** How many seconds a changed legal business profile is vetted, while its last version that was vetted can be asked for; that it is at all is not known. */
  readonly vetting: number;
  /** How often an event is sent to the registered URL until it is taken, how many seconds apart, and whether to other machines than this one too. */
  readonly webhooks: { readonly attempts: number; readonly seconds: number; readonly elsewhere: boolean };
  /** What the documents leave out for 21Vianet (audit records, conversions, partner roles) is answered nevertheless. */
  readonly beyond21Vianet: boolean;
  /** The user signed in without multi-factor authentication, so that every call with a user's token is refused (401/900421). */
  readonly withoutMfa: boolean;
  /** How many seconds a cart can be checked out; older samples show a quarter of an hour. */
  readonly cart: number;
  /** What the validation of an address that can be says of it, such as VerifiedShippable, NotValidated or None; an empty text is the older answer without a body. */
  readonly addressStatus: string;
}

/** Some of the quirks, to be set over the others. */
export type QuirkSettings = { readonly [K in keyof Quirks]?: Quirks[K] extends object ? Partial<Quirks[K]> : Quirks[K] };

/** The quirks as they are on by default. */
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
  addressStatus: "VerifiedShippable",
};

/** A service without surprises. */
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

/** The quirks with some of them set anew. */
export function setQuirks(quirks: Quirks, settings: QuirkSettings): Quirks {
  return {
    ...quirks,
    ...settings,
    accepted: { ...quirks.accepted, ...settings.accepted },
    lag: { ...quirks.lag, ...settings.lag },
    throttle: { ...quirks.throttle, ...settings.throttle },
    pageSize: { ...quirks.pageSize, ...settings.pageSize },
    webhooks: { ...quirks.webhooks, ...settings.webhooks },
  };
}
