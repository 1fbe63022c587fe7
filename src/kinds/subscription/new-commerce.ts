/** An offer id of new commerce: product, SKU and, in the account, an availability, which may change by itself. */
const threePart = /^([A-Z0-9]{12}):([A-Z0-9]{4})(?::[A-Z0-9]+)?$/i;

/** Whether an offer id is one of new commerce, whose subscriptions follow other rules than those that can be ordered here. */
export function isNewCommerce(offer: string | undefined): boolean {
  return offer !== undefined && threePart.test(offer);
}

/** An offer id of new commerce in capitals and without its availability; any other as it is. */
export function withoutAvailability(offer: string): string {
  const [, product, sku] = threePart.exec(offer) ?? [];
  return product === undefined || sku === undefined ? offer : `${product}:${sku}`.toUpperCase();
}
