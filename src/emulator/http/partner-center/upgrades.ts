import { moveToOffer, upgradesOf } from "../../account/commerce/upgrades.ts";
import type { UpgradeError } from "../../account/commerce/upgrade-errors.ts";
import { offerBody } from "./offers.ts";
import { type Exchange, ok, type Route } from "../pipeline/route.ts";
import { attributes, count, object, text } from "../pipeline/schemas.ts";
import { collection, guid } from "./links.ts";

const upgradeOnly = 1;

/**
 * Upgrades of a subscription. An upgrade that is not possible is answered with 200 and its errors.
 */
export const upgradeRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/v1/customers/:customer/subscriptions/:subscription/upgrades",
    handle: (exchange) => {
      const paths = exchange.read((transaction) => upgradesOf(transaction, addressed(exchange)));
      return ok(
        collection(
          paths.map(({ target, quantity, errors }) => ({
            targetOffer: offerBody(exchange, target),
            upgradeType: "upgrade_only",
            isEligible: errors.length === 0,
            quantity,
            upgradeErrors: errors.map(errorBody),
            attributes: { objectType: "Upgrade" },
          })),
        ),
      );
    },
  },
  {
    method: "POST",
    path: "/v1/customers/:customer/subscriptions/:subscription/upgrades",
    alone: true,
    body: object(
      {
        targetOffer: object({ id: text(1) }, "id"),
        upgradeType: { type: ["string", "integer"] },
        quantity: count,
        attributes,
      },
      "targetOffer",
    ),
    handle: (exchange) => {
      const { targetOffer } = exchange.body as { readonly targetOffer: { readonly id: string } };
      const { sourceId, targetId, errors } = exchange.write((transaction) =>
        moveToOffer(transaction, addressed(exchange), targetOffer.id),
      );
      return ok({
        sourceSubscriptionId: guid(exchange, sourceId),
        ...(targetId !== undefined && { targetSubscriptionId: guid(exchange, targetId) }),
        upgradeType: upgradeOnly,
        upgradeErrors: errors.map(errorBody),
        licenseErrors: [],
        attributes: { objectType: "UpgradeResult" },
      });
    },
  },
];

function addressed(exchange: Exchange): { readonly customerId: string; readonly id: string } {
  return { customerId: exchange.parameter("customer"), id: exchange.parameter("subscription") };
}

function errorBody({ code, description }: UpgradeError): object {
  return { code, description, attributes: { objectType: "UpgradeError" } };
}
