import { refuse } from "../../account/refusal.ts";
import type { Route } from "../pipeline/route.ts";

const documented: readonly (readonly [Route["method"], string])[] = [
  ["PATCH", "/v1/customers/:customer"],
  ["POST", "/v1/customers/:customer/verifieddomain"],
  ["GET", "/v1/agreements"],
  ["GET", "/v1/customers/:customer/agreements"],
  ["POST", "/v1/customers/:customer/agreements"],
  ["GET", "/v1/customers/:customer/qualification"],
  ["PUT", "/v1/customers/:customer/qualification"],
  ["GET", "/v1/customers/:customer/qualifications"],
  ["POST", "/v1/customers/:customer/qualifications"],
  ["GET", "/v1/customers/:customer/managedservices"],
  ["GET", "/v1/customers/:customer/usagebudget"],
  ["PATCH", "/v1/customers/:customer/usagebudget"],
  ["GET", "/v1/customers/:customer/subscribedskus"],
  ["GET", "/v1/customers/:customer/users"],
  ["POST", "/v1/customers/:customer/users"],
  ["GET", "/v1/customers/:customer/directoryroles"],
  ["PUT", "/v1/customers/:customer/carts/:cart"],
  ["GET", "/v1/customers/:customer/subscriptions/:subscription/supportcontact"],
  ["PUT", "/v1/customers/:customer/subscriptions/:subscription/supportcontact"],
  ["GET", "/v1/customers/:customer/subscriptions/:subscription/transitions"],
  ["POST", "/v1/customers/:customer/subscriptions/:subscription/transitions"],
  ["GET", "/v1/customers/:customer/subscriptions/:subscription/transitioneligibilities"],
  ["GET", "/v1/products/:product"],
  ["GET", "/v1/products/:product/skus"],
  ["GET", "/v1/products/:product/skus/:sku"],
  ["GET", "/v1/products/:product/skus/:sku/availabilities"],
  ["GET", "/v1/ratecards/azure"],
  ["GET", "/v1/servicerequests"],
];

/**
 * Routes that exist elsewhere but not at 21Vianet. Refused with 403/2032; the live service's status
 * is not known.
 */
export const absentRoutes: readonly Route[] = documented.map(([method, path]) => ({
  method,
  path,
  handle: () =>
    refuse(
      403,
      2032,
      "Access denied: this operation is not available in Partner Center operated by 21Vianet",
    ),
}));
