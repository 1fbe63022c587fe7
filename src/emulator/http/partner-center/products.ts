import { categories, market, offers } from "../../account/commerce/catalogue.ts";
import { customer } from "../../account/customers.ts";
import { refuse } from "../../account/refusal.ts";
import { offerBody } from "./offers.ts";
import { type Exchange, ok, type Route } from "../pipeline/route.ts";
import { collection } from "./links.ts";

/** The supported values of targetView. */
const views = [
  "azure",
  "azurereservations",
  "azurereservationsvm",
  "azurereservationssql",
  "azurereservationscosmosdb",
  "onlineservices",
  "software",
  "saas",
  "microsoftazure",
  "marketplacesaas",
];
const segments = ["commercial", "education", "government", "nonprofit"];

/**
 * 21Vianet has no products: those are for Azure, software and the marketplace, and licences are
 * offers. The routes for a customer's offers and categories have no documentation page.
 */
export const productRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/v1/products",
    handle: (exchange) => {
      const { country } = exchange.query;
      if (country === undefined) refuse(400, 800002, "Invalid input: country is required");
      else if (country.toUpperCase() !== market)
        refuse(400, 800070, `Products are not available in country ${country}`);
      return none(exchange);
    },
  },
  {
    method: "GET",
    path: "/v1/customers/:customer/products",
    handle: (exchange) => known(exchange, () => none(exchange)),
  },
  ...[
    "",
    "/skus",
    "/skus/:sku",
    "/skus/:sku/availabilities",
    "/skus/:sku/availabilities/:availability",
  ].map(
    (path): Route => ({
      method: "GET",
      path: `/v1/customers/:customer/products/:product${path}`,
      handle: (exchange) =>
        known(exchange, () =>
          refuse(404, 1000, `Product ${exchange.parameter("product")} not found`),
        ),
    }),
  ),
  {
    method: "GET",
    path: "/v1/customers/:customer/offers",
    beyond21Vianet: true,
    handle: (exchange) =>
      known(exchange, () =>
        ok(
          collection(
            offers
              .filter(({ isAvailableForPurchase }) => isAvailableForPurchase)
              .map((offer) => offerBody(exchange, offer)),
          ),
        ),
      ),
  },
  {
    method: "GET",
    path: "/v1/customers/:customer/offercategories",
    beyond21Vianet: true,
    handle: (exchange) => known(exchange, () => ok(collection(categories))),
  },
];

function none({ query }: Exchange): ReturnType<Route["handle"]> {
  const { targetView, targetSegment } = query;
  if (targetView === undefined) refuse(400, 800002, "Invalid input: targetView is required");
  else if (!views.includes(targetView.toLowerCase()))
    refuse(403, 400036, `The targetView ${targetView} is not allowed`);
  if (targetSegment !== undefined && !segments.includes(targetSegment.toLowerCase()))
    refuse(403, 400030, `The targetSegment ${targetSegment} is not allowed`);
  return ok(collection([]));
}

function known(
  exchange: Exchange,
  answer: () => ReturnType<Route["handle"]>,
): ReturnType<Route["handle"]> {
  exchange.read((transaction) => customer(transaction, exchange.parameter("customer")));
  return answer();
}
