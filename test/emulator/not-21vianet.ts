const newCommerce = "no public source says that 21Vianet sells new commerce";

/** Why an example is not 21Vianet's, by what its name begins with. */
export const not21Vianet: Readonly<Record<string, string>> = {
  "agreements.": "21Vianet has no customer agreements",
  "carts.error.attestation.": newCommerce,
  "carts.error.customer-agreement-missing.": "21Vianet has no customer agreements",
  "carts.nce.": newCommerce,
  "errors.migration-timeout.": newCommerce,
  "gdap.": "granular delegated administration exists worldwide only",
  "graph.billing-export.": "exports of bills through Graph exist worldwide only",
  "invoices.lineitems.onetime.": newCommerce,
  "migrations.": newCommerce,
  "offermatrix.": "the host of offer matrices has no counterpart at 21Vianet",
  "orders.nce.": newCommerce,
  "pricesheets.": "the host of price sheets has no counterpart at 21Vianet",
  "products.": "21Vianet sells licences as offers; its lists of products are empty here",
  "promotions.": "21Vianet has no promotions",
  "qualifications.": "qualifications are not listed for 21Vianet",
  "subscriptions.nce.": newCommerce,
  "usagebudget.": "21Vianet has no Azure",
  "webhooks.callback.gdap-": "granular delegated administration exists worldwide only",
};

/** The beginning of the name that has a reason, or undefined. */
export function reasonFor(
  name: string,
  reasons: Readonly<Record<string, string>>,
): string | undefined {
  return Object.keys(reasons).find((start) => name.startsWith(start));
}

/** Lines that say how many examples are exercised, and how many are not for each reason. */
export function summary(
  all: readonly string[],
  used: ReadonlySet<string>,
  reasons: Readonly<Record<string, string>>,
): string {
  const left = all.filter((name) => !used.has(name));
  const lines = Object.entries(reasons).map(
    ([start, why]) => `  ${left.filter((name) => name.startsWith(start)).length} ${start}*: ${why}`,
  );
  return [`${used.size} of ${all.length} exercised; of the others`, ...lines].join("\n");
}
