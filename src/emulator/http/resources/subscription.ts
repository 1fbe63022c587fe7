import type { Schema } from "../pipeline/route.ts";
import { count, flag, object, text } from "../pipeline/schemas.ts";
import { link, list, shape, typedResource, word } from "./shape.ts";

/** An offer of the sample catalogue. */
export const offer = object(
  {
    ...{
      id: text(1),
      name: word,
      description: word,
      minimumQuantity: count,
      maximumQuantity: count,
      rank: count,
      uri: word,
      locale: word,
    },
    ...{
      country: word,
      category: object({ id: word, name: word, rank: count }),
      limitUnitOfMeasure: word,
      limit: count,
      term: count,
    },
    ...{
      termUnitOfMeasure: word,
      prerequisiteOffers: list(word),
      isAddOn: flag,
      hasAddOns: flag,
      isAvailableForPurchase: flag,
    },
    ...{
      billing: word,
      supportedBillingCycles: list(word),
      isTrial: flag,
      salesGroupId: word,
      unitType: word,
      upgradeTargetOffers: list(word),
    },
    links: shape({ learnMore: link, self: link }, "learnMore"),
  },
  ...[
    "id",
    "name",
    "minimumQuantity",
    "maximumQuantity",
    "category",
    "isAddOn",
    "isTrial",
    "billing",
    "supportedBillingCycles",
    "unitType",
  ],
);

/** A subscription. Fields that the quirk `listsWithoutOffers` removes are optional. */
export const subscription = shape(
  {
    ...{
      id: word,
      offerId: word,
      offerName: word,
      friendlyName: word,
      quantity: count,
      unitType: word,
      hasPurchasableAddons: flag,
    },
    ...{
      creationDate: word,
      effectiveStartDate: word,
      commitmentEndDate: word,
      autoRenewEnabled: flag,
      isTrial: flag,
      billingType: word,
    },
    status: { enum: ["none", "active", "pending", "suspended", "expired", "deleted"] },
    ...{
      billingCycle: word,
      contractType: word,
      orderId: word,
      partnerId: word,
      parentSubscriptionId: word,
      suspensionReasons: list(word),
    },
    links: shape({ offer: link, parentSubscription: link, self: link }, "parentSubscription"),
    ...typedResource("Subscription", true),
  },
  ...[
    "offerId",
    "offerName",
    "unitType",
    "hasPurchasableAddons",
    "isTrial",
    "partnerId",
    "parentSubscriptionId",
    "suspensionReasons",
  ],
);

/** The status of an order or of a line in it. */
export const orderStatus: Schema = { enum: ["completed", "pending", "cancelled"] };

const upgradeErrors = list(
  shape({ code: count, description: word, ...typedResource("UpgradeError") }),
);

/** An upgrade of a subscription. */
export const upgrade = shape({
  ...{ targetOffer: offer, upgradeType: word, isEligible: flag, quantity: count, upgradeErrors },
  ...typedResource("Upgrade"),
});

/** The result of an upgrade. The target is missing if the upgrade failed. */
export const upgraded = shape(
  {
    ...{
      sourceSubscriptionId: word,
      targetSubscriptionId: word,
      upgradeType: count,
      upgradeErrors,
      licenseErrors: list(object({})),
    },
    ...typedResource("UpgradeResult"),
  },
  "targetSubscriptionId",
);
