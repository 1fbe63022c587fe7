import data from "../../offers.sample.json" with { type: "json" };
import { refuse } from "../refusal.ts";

/** What the rules need to know of an offer; the wire shows all of it. */
export interface Offer {
  readonly id: string;
  readonly name: string;
  readonly minimumQuantity: number;
  readonly maximumQuantity: number;
  readonly limitUnitOfMeasure: string;
  readonly limit: number;
  readonly term: number;
  readonly termUnitOfMeasure: string;
  readonly prerequisiteOffers: readonly string[];
  readonly isAddOn: boolean;
  readonly hasAddOns: boolean;
  readonly isTrial: boolean;
  readonly isAvailableForPurchase: boolean;
  readonly billing: string;
  readonly supportedBillingCycles: readonly string[];
  readonly upgradeTargetOffers?: readonly string[];
  readonly conversionTargetOffers: readonly string[];
  readonly salesGroupId: string;
  readonly supportedCatalogTypes: readonly string[];
  readonly unitType: string;
  readonly category: { readonly id: string };
  readonly product: { readonly id: string };
}

/** The only country this operator sells in. */
export const market = "CN";

/** Every offer of the sample catalogue, in its order; sample data, not a Microsoft or 21Vianet catalogue. */
export const offers: readonly Offer[] = data.offers.items;

/** The categories of the sample catalogue. */
export const categories: readonly object[] = data.categories.items;

const byId = new Map(offers.map((offer) => [offer.id.toUpperCase(), offer]));

/** The offer with this id in any letter case, if there is one. */
export function findOffer(id: string): Offer | undefined {
  return byId.get(id.toUpperCase());
}

/** The offer an order names; refuses (400/800004) an id that is none. */
export function offerOf(id: string): Offer {
  return findOffer(id) ?? refuse(400, 800004, `Offer id ${id} is invalid`);
}

/** The add-ons that may be bought on top of a base offer. */
export function addOnsOf(base: Offer): readonly Offer[] {
  return offers.filter((offer) => offer.isAddOn && offer.prerequisiteOffers.some((id) => id.toUpperCase() === base.id));
}
