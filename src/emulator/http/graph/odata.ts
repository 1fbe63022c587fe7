import { lookUp } from "../../account/lookup.ts";
import { refuse } from "../../account/refusal.ts";
import type { Answer, Exchange } from "../pipeline/route.ts";
import { compare, type Matches, parseFilter } from "./filter.ts";
import { propertyOf, type Properties } from "./filter-tokens.ts";

const most = 999;

/** The `@odata.context` URL of a Graph response. */
export function context(exchange: Exchange, of: string): string {
  return `${exchange.origin}/v1.0/$metadata#${of}`;
}

/** The properties in $select, otherwise the default ones. Properties without a value are null. */
export function selectProperties(
  { query }: Exchange,
  all: Readonly<Record<string, unknown>>,
  byDefault: readonly string[],
): Record<string, unknown> {
  const names =
    query.$select === undefined ? byDefault : query.$select.split(",").map((name) => name.trim());
  return Object.fromEntries(names.map((name) => [name, lookUp(all, name) ?? null]));
}

/** A Graph list: its name in the context, its items, and how to filter and show one. */
export interface GraphList<T> {
  readonly of: string;
  readonly items: readonly T[];
  propertiesOf(item: T): Properties;
  show(item: T): object;
}

/** Whether a request may use what Graph serves with `ConsistencyLevel: eventual` alone. */
export function isAdvanced({ headers }: Exchange): boolean {
  return String(headers.consistencylevel ?? "").toLowerCase() === "eventual";
}

/** The items that $filter selects, in the order that $orderby asks for. */
export function filterItems<T>(
  exchange: Exchange,
  { items, propertiesOf }: GraphList<T>,
): readonly T[] {
  const { $filter, $orderby } = exchange.query;
  const matches: Matches =
    $filter === undefined ? () => true : parseFilter($filter, isAdvanced(exchange));
  const found = items.filter((item) => matches(propertiesOf(item)));
  if ($orderby === undefined) return found;
  const order = orderOf($orderby);
  return found.sort((left, right) => order(propertiesOf(left), propertiesOf(right)));
}

/**
 * A page of a Graph list, with a link to the next page if there is one. Refuses (400) a $top
 * outside 1 to 999, a $skiptoken, $filter or $orderby that is not valid, and $skip, $search and
 * $expand, which are not emulated.
 */
export function graphPage<T>(exchange: Exchange, list: GraphList<T>): object {
  const { $top, $skiptoken, $select, $count } = exchange.query;
  expectKnown(exchange);
  const items = filterItems(exchange, list);
  const top = $top === undefined ? exchange.quirks.pageSize.graph : Number($top);
  const start =
    $skiptoken === undefined ? 0 : Number(Buffer.from($skiptoken, "base64url").toString());
  if (!Number.isInteger(top) || top < 1 || top > most || !Number.isInteger(start) || start < 0)
    return refuse(400, "Request_BadRequest", "Invalid page size or skip token specified.");
  const end = start + Math.min(top, exchange.quirks.pageSize.graph);
  const fields = $select === undefined ? "" : `(${$select})`;
  const counted = $count?.toLowerCase() === "true" && isAdvanced(exchange);
  return {
    "@odata.context": context(exchange, `${list.of}${fields}`),
    ...(counted && { "@odata.count": items.length }),
    ...(end < items.length && { "@odata.nextLink": next(exchange, end) }),
    value: items.slice(start, end).map(list.show),
  };
}

const known = ["$select", "$filter", "$orderby", "$top", "$count", "$skiptoken"];

function expectKnown({ query }: Exchange): void {
  const other = Object.keys(query).find((name) => name.startsWith("$") && !known.includes(name));
  if (other !== undefined)
    refuse(400, "Request_UnsupportedQuery", `The query parameter ${other} is not supported.`);
}

/** The order of $orderby: properties, each followed by asc or desc. Refuses (400) other texts. */
function orderOf(text: string): (left: Properties, right: Properties) => number {
  const keys = text.split(",").map((part) => {
    const [, name, way = "asc"] = /^\s*([A-Za-z][\w/]*)(?:\s+(asc|desc))?\s*$/i.exec(part) ?? [];
    if (name === undefined)
      return refuse(400, "Request_BadRequest", `Invalid $orderby clause: '${part}'.`);
    return { name, sign: way.toLowerCase() === "desc" ? -1 : 1 };
  });
  return (left, right) => {
    for (const { name, sign } of keys) {
      const found = compare(propertyOf(left, name), propertyOf(right, name)) ?? 0;
      if (found !== 0) return sign * found;
    }
    return 0;
  };
}

function next(exchange: Exchange, start: number): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(exchange.query))
    if (value !== undefined) query.set(name, value);
  query.set("$skiptoken", Buffer.from(String(start)).toString("base64url"));
  return `${exchange.origin}${exchange.path}?${query}`;
}

/** The number of items of a list, as plain text. Refuses (400) a request that is not advanced. */
export function countAnswer<T>(exchange: Exchange, list: GraphList<T>): Answer {
  if (!isAdvanced(exchange))
    return refuse(400, "Request_BadRequest", "$count is not currently supported.");
  const text = String(filterItems(exchange, list).length);
  return { status: 200, text, headers: { "Content-Type": "text/plain" } };
}
