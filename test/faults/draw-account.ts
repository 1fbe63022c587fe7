import fc from "fast-check";
import { isSpec, type Spec } from "../../src/model/values/json.ts";
import {
  billing,
  bought,
  type Document,
  type Offer,
  quantity,
  userSpec,
} from "../properties/accounts.ts";

/** Draws a value; the same seed draws the same ones. */
export type Draw = <T>(arbitrary: fc.Arbitrary<T>) => T;

/** Whether something happens that does so with this probability. */
export function chance(draw: Draw, probability: number): boolean {
  return draw(fc.integer({ min: 0, max: 999 })) < probability * 1000;
}

/** One of them. */
export function pick<T>(draw: Draw, from: readonly T[]): T {
  return draw(fc.constantFrom(...from));
}

/** What a manifest declares, and how the account may call it by now. */
interface Declared {
  name: string;
  /** The names and keys it had. */
  readonly former: Set<string>;
  absent: boolean;
  spec: Spec;
  /**
   * The keys it may have in the account: it has one of them, or is not there. Nothing else ever had
   * one.
   */
  readonly aliases: Set<string>;
  /** The manifest gives the id it has in the account. */
  pinned?: boolean;
}

/** A subscription of a customer. */
export interface Bought extends Declared {
  offer: Offer;
  base?: Bought;
  /**
   * It was there before the tool came, which knows it by its name until it has changed something.
   */
  adopted?: true;
  /** Added to once: nothing that has an add-on is ever upgraded. */
  extended?: true;
  /**
   * Something was added to it that no manifest speaks of any more, and may be active: nothing stops
   * under that.
   */
  laden?: true;
  /**
   * Its offer comes by an upgrade that may not be done yet: until then the customer must have
   * nothing else of it.
   */
  rising?: boolean;
}

/** A customer and what it bought. */
export interface Buyer extends Declared {
  readonly domain: string;
  subscriptions: Bought[];
  /** Offers of subscriptions that no manifest speaks of any more. */
  readonly lost: Set<string>;
}

/** Somebody of the partner's staff. */
export type Person = Declared;

/** All that is declared of an account. */
export interface Declaration {
  profile: Spec | undefined;
  people: Person[];
  buyers: Buyer[];
  /** How many names were given. */
  names: number;
}

/** A name nobody had. */
export function fresh(all: Declaration, stem: string): string {
  all.names += 1;
  return `${stem}${all.names}`;
}

const founder = "li.wei@contosopartner.partner.onmschina.cn";
const words = fc.constantFrom("Wang Fang", "李娜", 'O\'Neil: "x"', "- a", "null");
const email = fc.constantFrom("li.na@contoso.example", "x+y@a.cn");
const some = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });

/** Some of what may be said of the partner itself; the contact stays a global admin. */
export const aProfile: fc.Arbitrary<Spec> = fc
  .record({
    legalBusiness: some(
      fc.record({
        address: fc.record({
          city: words,
          addressLine1: words,
          postalCode: fc.constantFrom("200120", "100080"),
        }),
        primaryContact: fc.record({ firstName: words, email: fc.constant(founder) }),
        companyApproverEmail: email,
      }),
    ),
    billing: some(
      fc.record({
        purchaseOrderNumber: fc.constantFrom("", "4711"),
        taxId: fc.constantFrom("", "9131"),
      }),
    ),
    organization: some(
      fc.record({
        email,
        culture: fc.constantFrom("zh-CN", "en-US"),
        address: fc.record({ city: words }),
      }),
    ),
    support: some(
      fc.record({
        email,
        telephone: fc.constantFrom("4005550100", "4008200199"),
        website: fc.webUrl(),
      }),
    ),
  })
  .map((found) => JSON.parse(JSON.stringify(found)));

/** Somebody new, with all roles said, so that an earlier life of the name does not matter. */
export function newPerson(draw: Draw, all: Declaration): Person {
  const name = fresh(all, "user");
  const userPrincipalName = `${name}@contoso.partner.onmschina.cn`;
  return {
    name,
    former: new Set<string>(),
    absent: false,
    spec: { ...draw(userSpec), userPrincipalName },
    aliases: new Set([userPrincipalName]),
  };
}

/**
 * A billing profile that the service takes: its addresses have no blank lines and no phone numbers
 * with blanks.
 */
export function aBilling(draw: Draw): Spec {
  const profile = draw(billing);
  const address = isSpec(profile.address) ? profile.address : {};
  const { addressLine1 = "", phoneNumber } = address;
  const line = String(addressLine1).trim() === "" ? "No. 1" : addressLine1;
  const phone: Spec =
    phoneNumber === undefined ? {} : { phoneNumber: String(phoneNumber).replaceAll(" ", "") };
  return { ...profile, address: { ...address, addressLine1: line, ...phone } };
}

/** A new customer, with what it buys at once. */
export function newBuyer(draw: Draw, all: Declaration): Buyer {
  const name = fresh(all, "customer");
  const domain = `${name}.partner.onmschina.cn`;
  const buyer: Buyer = {
    ...{
      name,
      domain,
      former: new Set<string>(),
      absent: false,
      subscriptions: [],
      lost: new Set<string>(),
      aliases: new Set([domain]),
    },
    spec: { domain, billing: aBilling(draw) },
  };
  for (let left = draw(fc.integer({ min: 0, max: 4 })); left > 0; left -= 1)
    buySomething(draw, all, buyer);
  return buyer;
}

/**
 * One subscription more, where there is something that can be bought: half of the time an add-on,
 * where one fits.
 */
export function buySomething(draw: Draw, all: Declaration, buyer: Buyer): void {
  const additions = buyer.subscriptions.flatMap((base) =>
    fitting(base).flatMap((offer) => (buyer.lost.has(offer.id) ? [] : [{ base, offer }])),
  );
  const addition = additions.length > 0 && chance(draw, 0.5) ? pick(draw, additions) : undefined;
  const offer = addition?.offer ?? anOffer(draw, buyer);
  if (offer === undefined) return;
  const name = fresh(all, addition ? "more" : "office");
  const friendly: Spec = chance(draw, 0.3) ? { friendlyName: `${name} ${draw(words)}` } : {};
  const cycle: Spec = addition ? {} : { billingCycle: pick(draw, offer.billingCycles) };
  const partner: Spec = chance(draw, 0.2) ? { partnerIdOnRecord: "47110" } : {};
  if (addition) addition.base.extended = true;
  buyer.subscriptions.push({
    ...{
      name,
      former: new Set<string>(),
      absent: false,
      offer,
      ...(addition && { base: addition.base }),
    },
    spec: {
      offer: offer.id,
      quantity: draw(quantity(offer)),
      status: status(draw),
      ...cycle,
      ...friendly,
      ...partner,
    },
    aliases: new Set([String(friendly.friendlyName ?? name)]),
  });
}

function status(draw: Draw): "active" | "suspended" {
  return chance(draw, 0.85) ? "active" : "suspended";
}

function fitting({ offer, absent, base, spec }: Bought): readonly Offer[] {
  return absent || base || spec.status !== "active"
    ? []
    : bought.filter(({ addOn, prerequisites }) => addOn && prerequisites.includes(offer.id));
}

/** What only those have who manage their subscriptions manually. */
export const bystander = "Intune";
const bases = bought.filter(({ addOn, name }) => !addOn && name !== bystander);
const interesting = bases.filter(
  ({ upgradesTo, limit, id }) =>
    upgradesTo.length > 0 ||
    limit.unit !== "none" ||
    bought.some(({ prerequisites }) => prerequisites.includes(id)),
);

/**
 * Nothing that a customer has and may have once only or is about to be upgraded to, and nothing of
 * which somebody else's cannot be told apart.
 */
function anOffer(draw: Draw, { subscriptions, lost }: Buyer): Offer | undefined {
  const owned = new Set(subscriptions.flatMap(({ offer }) => [offer.id, ...reached(offer)]));
  const rising = new Set(subscriptions.flatMap((one) => (one.rising ? [one.offer.id] : [])));
  const free = (offer: Offer) =>
    !lost.has(offer.id) &&
    !rising.has(offer.id) &&
    (offer.limit.unit === "none" || !owned.has(offer.id));
  const from = (chance(draw, 0.75) ? interesting : bases).filter(free);
  return from.length === 0 ? undefined : pick(draw, from);
}

/** Where an offer may be upgraded to. */
export function reached({ upgradesTo }: Offer): readonly string[] {
  return upgradesTo.map((id) => id.toUpperCase());
}

/** The manifests. */
export function documentsOf({ profile, people, buyers }: Declaration): readonly Document[] {
  return [
    ...(profile ? [document("PartnerProfile", undefined, profile)] : []),
    ...people.map((one) => document("User", one, one.spec)),
    ...buyers.flatMap((buyer) => [
      document("Customer", buyer, buyer.spec),
      ...buyer.subscriptions.map((one) =>
        document("Subscription", one, {
          customer: buyer.name,
          ...(one.base && { addOnOf: one.base.name }),
          ...(one.absent ? {} : one.spec),
        }),
      ),
    ]),
  ];
}

function document(kind: string, one: Declared | undefined, spec: Spec): Document {
  const metadata = one
    ? { name: one.name, ...(one.former.size > 0 && { previously: [...one.former] }) }
    : {};
  return {
    apiVersion: "partnercenter/v1",
    kind,
    metadata,
    ...(one?.absent && { state: "absent", reason: "No more." }),
    spec,
  };
}
