import {
  addOnsOf,
  categories,
  findOffer,
  market,
  type Offer,
  offers,
} from "../../account/commerce/catalogue.ts";
import { china, expectAddress } from "../../account/country.ts";
import { refuse } from "../../account/refusal.ts";
import type { PostalAddress } from "../../account/state.ts";
import type { Transaction } from "../../account/transaction.ts";
import { type Answer, type Exchange, empty, ok, type Route } from "../pipeline/route.ts";
import { object, text } from "../pipeline/schemas.ts";
import { collection, link } from "./links.ts";

/** Offers and their categories, the country's validation rules, and address validation. */
export const offerRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/v1/offers",
    handle: (exchange) =>
      ok(
        collection(
          inMarket(exchange).map((offer) => offerBody(exchange, offer)),
          { self: link(exchange, `/offers?country=${market}`) },
        ),
      ),
  },
  {
    method: "GET",
    path: "/v1/offers/:offer",
    handle: (exchange) => ok(offerBody(exchange, known(exchange))),
  },
  {
    method: "GET",
    path: "/v1/offers/:offer/addons",
    handle: (exchange) =>
      ok(collection(addOnsOf(known(exchange)).map((offer) => offerBody(exchange, offer)))),
  },
  {
    method: "GET",
    path: "/v1/offercategories",
    handle: (exchange) => {
      expectMarket(exchange);
      return ok(collection(categories));
    },
  },
  {
    method: "GET",
    path: "/v1/countryvalidationrules/:country",
    handle: (exchange) => {
      const country = exchange.parameter("country");
      return country.toUpperCase() === market
        ? ok({ ...china, attributes: { objectType: "CountryValidationRules" } })
        : refuse(404, 1000, `Country ${country} not found`);
    },
  },
  {
    method: "POST",
    path: "/v1/validations/address",
    body: object(
      {
        addressLine1: text(1, 200),
        addressLine2: text(),
        city: text(1),
        state: text(1),
        postalCode: text(1),
        country: text(2, 2),
        region: text(),
        phoneNumber: text(),
      },
      "addressLine1",
      "city",
      "state",
      "postalCode",
      "country",
    ),
    handle: validateAddress,
  },
];

/**
 * Refuses an address that breaks the country's rules. For any other, `status` is the quirk
 * `addressStatus`; an empty quirk leaves the body out.
 */
function validateAddress({ body, quirks: { addressStatus } }: Exchange): Answer {
  const address = body as PostalAddress;
  expectAddress(address);
  if (addressStatus === "") return empty(200);
  const shippable = addressStatus.startsWith("Verified");
  return ok({
    originalAddress: address,
    suggestedAddresses: [],
    status: addressStatus,
    ...(!shippable && { validationMessage: "Address field invalid for property: Street" }),
  });
}

const featuredPath = "/v1/preferences/catalog/offers";

/** The featured offers: a list of ids that is replaced whole. */
export const featuredRoutes: readonly Route[] = [
  {
    method: "GET",
    path: featuredPath,
    beyond21Vianet: true,
    handle: (exchange) => ok(exchange.read(featured)),
  },
  {
    method: "PUT",
    path: featuredPath,
    beyond21Vianet: true,
    body: { type: "array", items: text(1), maxItems: 5, uniqueItems: true },
    handle(exchange) {
      const ids = exchange.body as readonly string[];
      for (const id of ids) if (!findOffer(id)) refuse(404, 1000, `Offer ${id} not found`);
      exchange.write((transaction) => {
        const version = (transaction.get("profiles", "featured")?.version ?? 0) + 1;
        transaction.put("profiles", "featured", { fields: { ids }, version });
      });
      return ok(ids);
    },
  },
];

function featured(transaction: Transaction): readonly unknown[] {
  const ids = transaction.get("profiles", "featured")?.fields.ids;
  return Array.isArray(ids) ? ids : [];
}

/** An offer as Partner Center returns it. Its links differ between responses. */
export function offerBody(exchange: Exchange, offer: Offer): object {
  return exchange.prefixed
    ? {
        ...offer,
        links: {
          learnMore: { method: "GET", headers: [] },
          self: link(exchange, `/offers/${offer.id}?country=${market}`),
        },
      }
    : offer;
}

function expectMarket({ query }: Exchange): void {
  const { country } = query;
  if (country === undefined) refuse(400, 800002, "Invalid input: country is required");
  else if (country.toUpperCase() !== market)
    refuse(400, 800070, `Offers are not available in country ${country}`);
}

function inMarket(exchange: Exchange): readonly Offer[] {
  expectMarket(exchange);
  const { offer_category_id: category, offset = "0", size } = exchange.query;
  const found =
    category === undefined
      ? offers
      : offers.filter((offer) => offer.category.id.toLowerCase() === category.toLowerCase());
  return found.slice(
    Number(offset),
    size === undefined || size === "0" ? undefined : Number(offset) + Number(size),
  );
}

function known(exchange: Exchange): Offer {
  expectMarket(exchange);
  const id = exchange.parameter("offer");
  return findOffer(id) ?? refuse(404, 1000, `Offer ${id} not found`);
}
