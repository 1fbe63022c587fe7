/**
 * A new commerce offer id: product, SKU and, in the account, an availability, which the service may
 * change.
 */
const threePart = /^([A-Z0-9]{12}):([A-Z0-9]{4})(?::[A-Z0-9]+)?$/i;

/**
 * Whether an offer id is one of new commerce. Such subscriptions follow other rules and cannot be
 * ordered here.
 */
export function isNewCommerce(offer: string | undefined): boolean {
  return offer !== undefined && threePart.test(offer);
}

/**
 * Writes a new commerce offer id in upper case, without its availability. Any other id stays as it
 * is.
 */
export function withoutAvailability(offer: string): string {
  const [, product, sku] = threePart.exec(offer) ?? [];
  return product === undefined || sku === undefined ? offer : `${product}:${sku}`.toUpperCase();
}
