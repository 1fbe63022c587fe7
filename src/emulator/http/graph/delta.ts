import { refuse } from "../../account/refusal.ts";
import type { DirectoryActivity } from "../../account/directory-activity.ts";
import type { Exchange } from "../pipeline/route.ts";
import { context } from "./odata.ts";

/** The objects of a kind as a delta query shows them. */
export interface DeltaList<T> {
  readonly of: string;
  readonly type: DirectoryActivity["targets"][number]["type"];
  readonly items: readonly T[];
  idOf(item: T): string;
  show(item: T): object;
}

/**
 * The answer of a delta query: without $deltatoken all objects, with it those that the audit log
 * names since then; a deleted one is marked as removed. `$deltatoken=latest` returns a token alone.
 * Refuses (400) a token that is not valid.
 */
export function deltaPage<T>(exchange: Exchange, list: DeltaList<T>): object {
  const { $deltatoken } = exchange.query;
  const activities = exchange.read((transaction) => [...transaction.all("directoryAudit")]);
  const shown =
    $deltatoken === undefined
      ? list.items.map((item) => shownItem(list, item))
      : changedSince(list, activities.slice(startOf($deltatoken, activities.length)));
  const query = new URLSearchParams({
    ...(exchange.query.$select !== undefined && { $select: exchange.query.$select }),
    $deltatoken: Buffer.from(String(activities.length)).toString("base64url"),
  });
  return {
    "@odata.context": context(exchange, list.of),
    "@odata.deltaLink": `${exchange.origin}${exchange.path}?${query}`,
    value: shown,
  };
}

function startOf(token: string, all: number): number {
  if (token.toLowerCase() === "latest") return all;
  const start = Number(Buffer.from(token, "base64url").toString() || Number.NaN);
  return Number.isInteger(start) && start >= 0 && start <= all
    ? start
    : refuse(400, "Request_BadRequest", "The delta token is not valid.");
}

function changedSince<T>(
  list: DeltaList<T>,
  activities: readonly DirectoryActivity[],
): readonly object[] {
  const ids = new Set(
    activities.flatMap(({ targets }) =>
      targets.filter(({ type }) => type === list.type).map(({ id }) => id),
    ),
  );
  return [...ids].map((id) => {
    const found = list.items.find((item) => list.idOf(item) === id);
    return found === undefined ? { id, "@removed": { reason: "changed" } } : shownItem(list, found);
  });
}

/** An item with its id, which a delta query shows whatever $select says. */
function shownItem<T>({ idOf, show }: DeltaList<T>, item: T): object {
  return { id: idOf(item), ...show(item) };
}
