import type { Quirks } from "../../quirks.ts";
import type { SeatPrice } from "../billing/records.ts";
import type { CartLine } from "./cart.ts";
import { findOffer } from "./catalogue.ts";

/** A line of a cart as sent by the client. */
export type NewCartLine = Pick<
  CartLine,
  "id" | "catalogItemId" | "friendlyName" | "quantity" | "participants" | "provisioningContext"
> & { readonly billingCycle?: string };

/** What is special about carts. */
export type CartQuirks = Quirks["carts"];

/**
 * Returns the lines of a new cart as the service completes them: with order group and currency,
 * with prices and errors. Lines with the same sales group, billing cycle and base share an order
 * group.
 */
export function checkedLines(
  lines: readonly NewCartLine[],
  quirks: CartQuirks,
  listed: (offerId: string) => SeatPrice | undefined,
): readonly CartLine[] {
  const groups: string[] = [];
  return lines.map((line) => {
    const billingCycle = line.billingCycle?.toLowerCase() ?? "monthly";
    const group = groupOf(line, billingCycle);
    if (!groups.includes(group)) groups.push(group);
    const error = errorOf(line, quirks);
    const price = quirks.priced ? listed(line.catalogItemId.toUpperCase()) : undefined;
    const cents = billingCycle === "annual" ? price?.perYear : price?.perMonth;
    const unitPrice = quirks.unitPrice || (cents ?? 0) / 100;
    return {
      ...line,
      billingCycle,
      currencyCode: quirks.currency,
      orderGroup: `OMS-${groups.indexOf(group)}`,
      ...(unitPrice > 0 && { pricing: pricing(unitPrice, line.quantity, billingCycle) }),
      ...(error && { error }),
    };
  });
}

function groupOf(
  { catalogItemId, provisioningContext }: NewCartLine,
  billingCycle: string,
): string {
  const { salesGroupId = "unknown" } = findOffer(catalogItemId) ?? {};
  return [salesGroupId, billingCycle, provisioningContext?.parentSubscriptionId].join("/");
}

/** Unit prices are for a billing period; the extended price is for the line and the whole term. */
function pricing(unitPrice: number, quantity: number, billingCycle: string) {
  const periods = billingCycle === "monthly" ? 12 : 1;
  const extendedPrice = Math.round(unitPrice * quantity * periods * 100) / 100;
  const [listPrice, discountedPrice, proratedPrice] = [unitPrice, unitPrice, unitPrice];
  return { listPrice, discountedPrice, proratedPrice, price: unitPrice, extendedPrice };
}

function errorOf({ catalogItemId }: NewCartLine, { lineError }: CartQuirks): CartLine["error"] {
  if (findOffer(catalogItemId) === undefined)
    return { errorCode: 800004, errorDescription: `Offer id ${catalogItemId} is invalid` };
  if (lineError === 0) return undefined;
  return { errorCode: lineError, errorDescription: "The line cannot be ordered (sample wording)" };
}
