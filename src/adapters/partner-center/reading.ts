import { AdapterError } from "../../model/adapter.ts";
import type { Json } from "../../model/values/json.ts";
import { type Pointer, valueAt } from "../../model/values/pointer.ts";
import { say } from "../../model/text/phrase.ts";

/** A text in a body. Undefined if it is missing or empty. */
export function textAt(body: Json | undefined, pointer: Pointer): string | undefined {
  const value = valueAt(body, pointer);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/**
 * The day of a date with or without a zone, whose time is midnight or the last minute. Undefined if
 * there is no such date; the service writes the year 1 for "none".
 */
export function dayAt(body: Json | undefined, field: string): string | undefined {
  const day = /^\d{4}-\d{2}-\d{2}(?=T|$)/.exec(textAt(body, `/${field}`) ?? "")?.[0];
  if (day === undefined || day.startsWith("0001") || Number.isNaN(Date.parse(day)))
    return undefined;
  return day;
}

/**
 * A string, number or boolean; undefined if null or missing. Throws AdapterError `unavailable` for
 * an object or a list.
 */
export function plain(
  value: Json | undefined,
  field: string,
): string | number | boolean | undefined {
  if (typeof value !== "object") return value;
  if (value === null) return undefined;
  throw new AdapterError(
    "unavailable",
    say`The reply of the service holds a mapping or a list as ${field}, where a plain value belongs.`,
  );
}

/** The plain value of a field; see `plain`. */
export function plainAt(
  body: Json | undefined,
  field: string,
): string | number | boolean | undefined {
  return plain(valueAt(body, `/${field}`), field);
}

/**
 * An integer in a body. Undefined if missing. Throws AdapterError `unavailable` for any other
 * value.
 */
export function wholeAt(body: Json | undefined, field: string): number | undefined {
  const value = plainAt(body, field);
  if (value === undefined || (typeof value === "number" && Number.isSafeInteger(value)))
    return value;
  throw new AdapterError(
    "unavailable",
    say`The reply of the service holds something else than a whole number as ${field}.`,
  );
}

/**
 * An id, normalized: GUIDs in lower case, because the service does not preserve their case; others
 * unchanged.
 */
export function idOf(value: string): string {
  return guid.test(value) ? value.toLowerCase() : value;
}

/**
 * The id of the object in a reply. Throws AdapterError (`unavailable` by default) if there is none
 * or it cannot be used in a path: the next request would address another object.
 */
export function idIn(
  body: Json | undefined,
  problem: "unavailable" | "unknown-outcome" = "unavailable",
): string {
  const id = textAt(body, "/id");
  if (id !== undefined && isSegment(id)) return idOf(id);
  throw new AdapterError(
    problem,
    say`The reply of the service holds an object without an id that could be used.`,
  );
}

/**
 * Encodes an id as a path segment. Throws AdapterError `rejected` if it is empty, `.` or `..`, too
 * long, or contains control characters.
 */
export function pathSegment(id: string): string {
  if (isSegment(id)) return encodeURIComponent(id);
  throw new AdapterError(
    "rejected",
    say`Nothing was sent: ${JSON.stringify(id.slice(0, 100))} is not an id of the service.`,
  );
}

/** The maximum length. The service's ids are about a third of this. */
const longestId = 256;

function isSegment(id: string): boolean {
  return id.length <= longestId && !/^\.{0,2}$|\p{C}/u.test(id);
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The fields that are neither undefined nor null. */
export function omitUndefined(
  fields: Readonly<Record<string, Json | undefined>>,
): Readonly<Record<string, Json>> {
  return Object.fromEntries(
    Object.entries(fields).filter(
      (entry): entry is [string, Json] => entry[1] !== undefined && entry[1] !== null,
    ),
  );
}

/**
 * Processes at most `parallelism` items at once and yields the results in order. A failure is
 * thrown when its turn comes; no further item starts after that.
 */
export async function* inParallel<T, R>(
  items: Iterable<T> | AsyncIterable<T>,
  parallelism: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const under: Promise<R>[] = [];
  try {
    for await (const item of items) {
      const one = work(item);
      // A failure is thrown when its turn comes. This avoids an unhandled rejection until then.
      one.catch(() => {});
      under.push(one);
      if (under.length >= parallelism) yield await (under.shift() as Promise<R>);
    }
    while (under.length > 0) yield await (under.shift() as Promise<R>);
  } finally {
    await Promise.allSettled(under);
  }
}
