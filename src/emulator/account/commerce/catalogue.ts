import data from "../../offers.sample.json" with { type: "json" };
import { refuse } from "../refusal.ts";

/** The fields of an offer that the rules use. Responses contain all fields of the catalogue. */
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

/** The only country that 21Vianet sells in. */
export const market = "CN";

/**
 * The offers of the sample catalogue, in its order. Sample data, not a Microsoft or 21Vianet
 * catalogue.
 */
export const offers: readonly Offer[] = data.offers.items;

/** The categories of the sample catalogue. */
export const categories: readonly object[] = data.categories.items;

const byId = new Map(offers.map((offer) => [offer.id.toUpperCase(), offer]));

/** Returns the offer with this id, in any letter case, or undefined. */
export function findOffer(id: string): Offer | undefined {
  return byId.get(id.toUpperCase());
}

/** Returns the offer that an order names. Refuses with 400/800004 if there is none. */
export function offerOf(id: string): Offer {
  return findOffer(id) ?? refuse(400, 800004, `Offer id ${id} is invalid`);
}

/** The add-ons that can be bought for a base offer. */
export function addOnsOf(base: Offer): readonly Offer[] {
  return offers.filter(
    (offer) => offer.isAddOn && offer.prerequisiteOffers.some((id) => id.toUpperCase() === base.id),
  );
}
