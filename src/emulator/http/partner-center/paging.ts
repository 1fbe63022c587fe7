import { refuse } from "../../account/refusal.ts";
import type { Exchange } from "../pipeline/route.ts";
import { collection, link } from "./links.ts";

/** A list to return in pages. `path` is below /v1. */
export interface Paged<T> {
  readonly path: string;
  readonly items: readonly T[];
  idOf(item: T): string;
  show(item: T): object;
}

/**
 * The page that `size`, `seekOperation` and MS-ContinuationToken ask for, with a link to the next
 * page if there is one. Without a `size`, or with 0, a page has the service's maximum. Refuses
 * (400/800002) other seek operations and a token that is not valid.
 */
export function page<T>(exchange: Exchange, { path, items, idOf, show }: Paged<T>): object {
  const size = sizeOf(exchange);
  const start = startOf(exchange, items.map(idOf));
  const shown = items.slice(start, start + size);
  const last = shown.at(-1);
  const self = link(
    exchange,
    `${path}?${exchange.query.size === undefined ? "" : `size=${exchange.query.size}`}${exchange.query.seekOperation === undefined ? "" : "&seekOperation=Next"}`,
  );
  if (last === undefined || start + size >= items.length)
    return collection(shown.map(show), { self });
  const token = Buffer.from(idOf(last)).toString("base64");
  const next = link(exchange, `${path}?size=${size}&seekOperation=Next`, [
    { key: "MS-ContinuationToken", value: token },
  ]);
  return collection(shown.map(show), { self, next }, token);
}

function sizeOf({ query, quirks }: Exchange): number {
  const asked = Number(query.size ?? 0);
  if (!Number.isInteger(asked) || asked < 0)
    return refuse(400, 800002, "Invalid input: size is not a whole number");
  return asked === 0
    ? quirks.pageSize.partnerCenter
    : Math.min(asked, quirks.pageSize.partnerCenter);
}

function startOf({ query, headers }: Exchange, ids: readonly string[]): number {
  const seek = query.seekOperation?.toLowerCase();
  if (seek === undefined || seek === "first") return 0;
  const token = headers["ms-continuationtoken"];
  if (seek !== "next" || typeof token !== "string")
    return refuse(
      400,
      800002,
      "Invalid input: seekOperation=Next needs MS-ContinuationToken; other operations are not supported here",
    );
  const after = ids.indexOf(Buffer.from(token, "base64").toString());
  return after < 0
    ? refuse(400, 800002, "Invalid input: the continuation token is not valid")
    : after + 1;
}
