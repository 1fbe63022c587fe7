import * as customers from "../resources/customer.ts";
import { directoryAnswers } from "../resources/directory.ts";
import { invoiceAnswers } from "../resources/invoice.ts";
import * as orders from "../resources/order.ts";
import { profiles } from "../resources/profiles.ts";
import * as commerce from "../resources/subscription.ts";
import { collection, list, shape, typedResource, word } from "../resources/shape.ts";
import type { Route, Schema } from "./route.ts";
import { address, count, flag, object, text } from "./schemas.ts";

const unset: Schema = { type: ["string", "null"] };
const customer = "/v1/customers/:customer";
const subscription = `${customer}/subscriptions/:subscription`;

const bearer = {
  ...{ token_type: { const: "Bearer" }, access_token: text(1, 20_000), scope: word },
  ...{ refresh_token: text(1), id_token: text(1, 20_000), client_info: text(1) },
};
const rarely = ["scope", "refresh_token", "id_token", "client_info"];
const times = { expires_in: word, ext_expires_in: word, expires_on: word, not_before: word };
const token = shape({ ...bearer, ...times, resource: word }, ...rarely);
const tokenV2 = shape({ ...bearer, expires_in: count, ext_expires_in: count }, ...rarely);
const registration = shape(
  {
    SubscriberId: word,
    WebhookUrl: word,
    WebhookEvents: list(word),
    SignatureTokenToMsSignatureHeader: flag,
  },
  "SignatureTokenToMsSignatureHeader",
);
const validation = shape(
  {
    correlationId: word,
    partnerId: word,
    status: { enum: ["pending", "completed", "failed"] },
    callbackUrl: word,
    results: list(object({})),
  },
  "callbackUrl",
);
const offers = collection(commerce.offer);
const categories = collection(object({ id: word, name: word, rank: count }, "id", "name"));
const products = collection({ type: "object", maxProperties: 0 });
const subscriptions = collection(commerce.subscription);

const replaceable = ["legalbusiness", "billing", "organization", "support"] as const;

/**
 * The schema of each operation's successful response, by method and path. Responses of operations
 * that are not listed are not checked.
 */
const answers: Readonly<Record<string, Schema>> = {
  "GET /v1/customers": collection(customers.listedCustomer),
  "POST /v1/customers": customers.newCustomer,
  [`GET ${customer}`]: customers.customer,
  [`GET ${customer}/profiles/billing`]: customers.billingProfile,
  [`PUT ${customer}/profiles/billing`]: customers.billingProfile,
  [`GET ${customer}/profiles/company`]: customers.companyProfile,
  "GET /v1/customers/relationshiprequests": shape({
    url: word,
    ...typedResource("RelationshipRequest"),
  }),
  "GET /v1/offers": offers,
  "GET /v1/offers/:offer": commerce.offer,
  "GET /v1/offers/:offer/addons": offers,
  "GET /v1/offercategories": categories,
  "GET /v1/preferences/catalog/offers": list(word),
  "PUT /v1/preferences/catalog/offers": list(word),
  "GET /v1/products": products,
  [`GET ${customer}/products`]: products,
  [`GET ${customer}/offers`]: offers,
  [`GET ${customer}/offercategories`]: categories,
  "GET /v1/countryvalidationrules/:country": object(
    { iso2Code: text(2, 2), isStateRequired: flag, supportedStatesList: list(word) },
    "iso2Code",
  ),
  "POST /v1/validations/address": shape(
    {
      originalAddress: address,
      suggestedAddresses: list(address),
      status: text(1),
      validationMessage: word,
    },
    "validationMessage",
  ),
  [`POST ${customer}/orders`]: orders.order,
  [`GET ${customer}/orders`]: collection(orders.order),
  [`GET ${customer}/orders/:order`]: orders.order,
  [`PATCH ${customer}/orders/:order`]: orders.order,
  [`GET ${customer}/orders/:order/provisioningstatus`]: collection(orders.provisioningStatus),
  [`GET ${customer}/subscriptions`]: subscriptions,
  [`GET ${subscription}`]: commerce.subscription,
  [`PATCH ${subscription}`]: commerce.subscription,
  [`GET ${subscription}/addons`]: subscriptions,
  [`GET ${subscription}/provisioningstatus`]: shape({
    ...{
      skuId: word,
      status: { enum: ["none", "success", "pending", "failed"] },
      quantity: count,
      endDate: word,
    },
    ...typedResource("SubscriptionProvisioningStatus"),
  }),
  [`GET ${subscription}/upgrades`]: collection(commerce.upgrade),
  [`POST ${subscription}/upgrades`]: commerce.upgraded,
  [`POST ${customer}/carts`]: orders.cart,
  [`GET ${customer}/carts/:cart`]: orders.cart,
  [`POST ${customer}/carts/:cart/checkout`]: orders.checkout,
  ...Object.fromEntries(
    Object.entries(profiles).map(([name, schema]) => [`GET /v1/profiles/${name}`, schema]),
  ),
  ...Object.fromEntries(replaceable.map((name) => [`PUT /v1/profiles/${name}`, profiles[name]])),
  "GET /v1/profiles/supportprofile": profiles.support,
  "PUT /v1/profiles/supportprofile": profiles.support,
  ...invoiceAnswers,
  "GET /v1/auditrecords": collection(
    object(
      { id: word, partnerId: word, operationType: word, resourceType: word },
      "id",
      "operationType",
    ),
  ),
  "GET /v1/roles": collection(shape({ id: word, name: word, category: word })),
  "GET /v1/roles/:role/usermembers": collection(
    shape({ id: word, displayName: unset, userPrincipalName: word }),
  ),
  "POST /v1/roles/:role/usermembers": object({ id: word }, "id"),
  [`GET ${subscription}/conversions`]: collection(
    shape({
      offerId: word,
      targetOfferId: word,
      orderId: word,
      quantity: count,
      billingCycle: word,
      ...typedResource("Conversion"),
    }),
  ),
  [`POST ${subscription}/conversions`]: object(
    { subscriptionId: word, offerId: word, targetOfferId: word },
    "subscriptionId",
  ),
  "POST /webhooks/v1/registration/validationEvents": shape({ correlationId: word }),
  "GET /webhooks/v1/registration/events": list(word),
  "GET /webhooks/v1/registration": registration,
  "POST /webhooks/v1/registration": registration,
  "PUT /webhooks/v1/registration": registration,
  "GET /webhooks/v1/registration/validationEvents/:correlation": validation,
  ...directoryAnswers,
  "POST /:tenant/oauth2/token": token,
  "POST /:tenant/oauth2/v2.0/token": tokenV2,
};

/** All operations with a response schema, such as `GET /v1/customers`. */
export const answering: readonly string[] = Object.keys(answers);

/** Returns the schema of an operation's successful response, or undefined if it has none. */
export function answerOf({ method, path }: Pick<Route, "method" | "path">): Schema | undefined {
  return answers[`${method} ${path}`];
}
