import { say } from "../text/phrase.ts";
import { describeCodes } from "./code-text.ts";

/** Codes of rules about one kind of object, and of prices. */
export const objectCodes = describeCodes({
  "address/culture": {
    means: say`The culture is not one that the country uses.`,
    hint: say`Use one of those that are listed.`,
  },
  "address/state": {
    means: say`The state is not one of the country's.`,
    hint: say`Use a code that the message lists.`,
  },
  "catalog/add-on": {
    means: say`An add-on cannot be featured in the catalogue.`,
    hint: say`Feature an offer that can be bought by itself.`,
  },
  "catalog/offer-not-purchasable": {
    means: say`An offer in the customization of the catalogue cannot be bought.`,
    hint: say`\`partnerctl offers\` lists those that can.`,
  },
  "catalog/offer-unknown": {
    means: say`An offer in the customization of the catalogue does not exist.`,
    hint: say`\`partnerctl offers\` lists the offers.`,
  },
  "customer/incomplete": {
    means: say`A new customer lacks fields that the service needs.`,
    hint: say`Add the fields that the message names.`,
  },
  "price-list/column": {
    means: say`A price list has no column of offer ids or of prices.`,
    hint: say`Rename the column, or name it under priceLists[].columns.`,
  },
  "price-list/currency": {
    means: say`A price list names no currency, or more than one.`,
    hint: say`Keep one list for each currency.`,
  },
  "price-list/duplicate": {
    means: say`A price list has two prices for an offer.`,
    hint: say`Remove one of them.`,
  },
  "price-list/empty": {
    means: say`A price list has no rows.`,
    hint: say`Its first row names the columns.`,
  },
  "price-list/form": {
    means: say`A file is a price list of another sort, which has no offers.`,
    hint: say`Name the licence-based price list, saved as CSV.`,
  },
  "price-list/missing": {
    means: say`A price list that the settings name does not exist.`,
    hint: say`Correct the path under priceLists.`,
  },
  "price-list/more": {
    means: say`A price list has too many problems to read it to its end.`,
    hint: say`Correct those that are listed first.`,
  },
  "price-list/no-match": {
    means: say`A price list prices none of the offers that are used, or none on this day.`,
    hint: say`Compare its ids and dates with those of partnerctl offers.`,
  },
  "price-list/offer-id": {
    means: say`A row of a price list has no offer id.`,
  },
  "price-list/price": {
    means: say`A cell of a price list is not a price.`,
    hint: say`Write a number with at most two digits after the point.`,
  },
  "price-list/quote": {
    means: say`A quote in a price list is not closed.`,
    hint: say`Write a quote inside quotes twice.`,
  },
  "price-list/row": {
    means: say`A row of a price list has another number of cells than the first one.`,
    hint: say`Put a cell with a comma in quotes.`,
  },
  "price-list/workbook": {
    means: say`A price list is a workbook and not text.`,
    hint: say`Save it as CSV.`,
  },
  "profile/primary-contact": {
    means: say`The primary contact of the legal profile would not be a global admin.`,
    hint: say`Name one, or give the person the role.`,
  },
  "subscription/add-on-base-inactive": {
    means: say`An add-on's base subscription is not active at the end of the plan.`,
    hint: say`Activate the base, or suspend the add-on.`,
  },
  "subscription/add-on-billing-cycle": {
    means: say`An add-on is billed in another cycle than its base subscription.`,
    hint: say`Use the billing cycle of the base.`,
  },
  "subscription/add-on-left": {
    means: say`A base subscription would stop while one of its add-ons stays active.`,
    hint: say`Suspend the add-on in the same plan or before.`,
  },
  "subscription/add-on-nested": {
    means: say`An add-on cannot be the base of another add-on.`,
    hint: say`Name the base subscription itself.`,
  },
  "subscription/add-on-prerequisite": {
    means: say`An add-on does not fit the offer of its base subscription.`,
    hint: say`Use one of the offers that the message lists.`,
  },
  "subscription/add-on-without-base": {
    means: say`An add-on names no subscription that it belongs to.`,
    hint: say`Name it in spec.addOnOf.`,
  },
  "subscription/billing-cycle": {
    means: say`The offer cannot be billed in this cycle.`,
    hint: say`Use one of the cycles that the message lists.`,
  },
  "subscription/fixed-field": {
    means: say`A field of a subscription cannot change any more.`,
    hint: say`Write what the account has, or declare a new subscription.`,
  },
  "subscription/new-commerce": {
    means: say`A new-commerce subscription can only be changed in Partner Center itself.`,
    hint: say`Change it there, then run partnerctl pull.`,
  },
  "subscription/no-upgrade": {
    means: say`The service offers no upgrade from one offer to the other.`,
    hint: say`Use one of the upgrades that the message lists.`,
  },
  "subscription/not-an-add-on": {
    means: say`\`spec.addOnOf\` is given for an offer that is not an add-on.`,
    hint: say`Remove spec.addOnOf.`,
  },
  "subscription/offer-limit": {
    means: say`A customer would have more subscriptions of an offer than the service allows.`,
    hint: say`Add seats to the one that exists.`,
  },
  "subscription/offer-not-purchasable": {
    means: say`An offer cannot be bought any more.`,
    hint: say`\`partnerctl offers\` lists those that can.`,
  },
  "subscription/offer-unknown": {
    means: say`An offer does not exist.`,
    hint: say`\`partnerctl offers\` lists the offers.`,
  },
  "subscription/quantity-frozen": {
    means: say`The seats of a suspended subscription cannot change.`,
    hint: say`Activate it in the same plan.`,
  },
  "subscription/quantity-limit": {
    means: say`The number of seats is outside the limits of the offer.`,
    hint: say`Choose a number within the limits.`,
  },
  "subscription/quantity-missing": {
    means: say`A new subscription does not say how many seats to buy.`,
    hint: say`Write spec.quantity.`,
  },
  "subscription/upgrade-add-ons": {
    means: say`A subscription with add-ons cannot be upgraded.`,
    hint: say`Suspend its add-ons first.`,
  },
  "subscription/upgrade-inactive": {
    means: say`A suspended subscription cannot be upgraded.`,
    hint: say`Activate it in one plan, upgrade it in the next.`,
  },
  "subscription/upgrade-owned": {
    means: say`The customer already has a subscription of the offer to upgrade to.`,
    hint: say`Add seats to that one instead.`,
  },
  "subscription/upgrade-unknown": {
    means: say`Without the catalogue nobody knows whether there is an upgrade.`,
    hint: say`Plan again when the catalogue can be read.`,
  },
  "user/no-recovery": {
    means: say`A user has no recovery contact, so a forgotten password cannot be reset.`,
    hint: say`Add a recovery contact.`,
  },
  "user/principal-name": {
    means: say`A user's principal name is not in one of the customer's domains.`,
    hint: say`Use a domain of the customer.`,
  },
});
