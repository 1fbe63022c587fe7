import { refuse } from "../../account/refusal.ts";
import type { Exchange } from "../pipeline/route.ts";

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
  return Object.fromEntries(names.map((name) => [name, all[name] ?? null]));
}

/**
 * A page of a Graph list, with a link to the next page if there is one. Refuses (400) a $top
 * outside 1 to 999 and a $skiptoken that is not valid.
 */
export function graphPage<T>(
  exchange: Exchange,
  { of, items, show }: { readonly of: string; readonly items: readonly T[]; show(item: T): object },
): object {
  const { $top, $skiptoken, $select } = exchange.query;
  const top = $top === undefined ? exchange.quirks.pageSize.graph : Number($top);
  const start =
    $skiptoken === undefined ? 0 : Number(Buffer.from($skiptoken, "base64url").toString());
  if (!Number.isInteger(top) || top < 1 || top > most || !Number.isInteger(start))
    return refuse(400, "Request_BadRequest", "Invalid page size or skip token specified.");
  const end = start + Math.min(top, exchange.quirks.pageSize.graph);
  const fields = $select === undefined ? "" : `(${$select})`;
  return {
    "@odata.context": context(exchange, `${of}${fields}`),
    ...(end < items.length && { "@odata.nextLink": next(exchange, end) }),
    value: items.slice(start, end).map(show),
  };
}

function next(exchange: Exchange, start: number): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(exchange.query))
    if (value !== undefined) query.set(name, value);
  query.set("$skiptoken", Buffer.from(String(start)).toString("base64url"));
  return `${exchange.origin}${exchange.path}?${query}`;
}
