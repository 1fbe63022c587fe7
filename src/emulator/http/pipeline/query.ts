/** The documented query parameters of Partner Center. */
const partnerCenter = [
  ...["size", "offset", "filter", "seekOperation", "country", "offer_category_id"],
  ...["vettingVersion", "mpnId", "order_id", "mpn_id", "billingType", "include_price"],
  ...["targetView", "targetSegment", "startDate", "endDate", "provider", "invoicelineitemtype"],
  ...["currencyCode", "period", "top", "skip", "groupBy", "aggregationLevel", "id"],
];
/** The system query options of Microsoft Graph, whose `$` may be left out. */
const graph = ["select", "filter", "orderby", "top", "count", "skiptoken", "deltatoken", "search"];

const named = new Map(partnerCenter.map((name) => [name.toLowerCase(), name]));

/**
 * The query with names as documented, since both services read them in any case. Of a name that is
 * given more than once, the first value counts.
 */
export function canonicalQuery(
  raw: Readonly<Record<string, unknown>>,
  api: "graph" | "other",
): Readonly<Record<string, string | undefined>> {
  const found: Record<string, string> = {};
  for (const [name, value] of Object.entries(raw)) {
    const canonical = api === "graph" ? optionName(name) : (named.get(name.toLowerCase()) ?? name);
    const text = Array.isArray(value) ? value[0] : value;
    if (typeof text === "string" && !Object.hasOwn(found, canonical)) found[canonical] = text;
  }
  return found;
}

function optionName(name: string): string {
  const plain = name.toLowerCase().replace(/^\$/, "");
  return graph.includes(plain) ? `$${plain}` : name;
}
