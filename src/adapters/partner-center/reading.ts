import { AdapterError } from "../../model/adapter.ts";
import type { Json } from "../../model/values/json.ts";
import { type Pointer, valueAt } from "../../model/values/pointer.ts";
import { say } from "../../model/text/say.ts";

/** A text of a body; undefined where there is none or it is empty. */
export function textAt(body: Json | undefined, pointer: Pointer): string | undefined {
  const value = valueAt(body, pointer);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A text, a number, a truth or nothing. Throws AdapterError where a mapping or a list stands there. */
export function plain(value: Json | undefined, field: string): string | number | boolean | undefined {
  if (typeof value !== "object") return value;
  if (value === null) return undefined;
  throw new AdapterError("unavailable", say`The reply of the service holds a mapping or a list as ${field}, where a plain value belongs.`);
}

/** The same of a field of a body. */
export function plainAt(body: Json | undefined, field: string): string | number | boolean | undefined {
  return plain(valueAt(body, `/${field}`), field);
}

/** A whole number of a body; undefined where there is none. Throws AdapterError where something else stands there. */
export function wholeAt(body: Json | undefined, field: string): number | undefined {
  const value = plainAt(body, field);
  if (value === undefined || (typeof value === "number" && Number.isSafeInteger(value))) return value;
  throw new AdapterError("unavailable", say`The reply of the service holds something else than a whole number as ${field}.`);
}

/** An id in one spelling: GUIDs, whose letters' case the service does not keep, in small letters; others exactly. */
export function idOf(value: string): string {
  return guid.test(value) ? value.toLowerCase() : value;
}

/**
 * The id of what a reply is about. Throws AdapterError (`unavailable` unless said) where there is none, or one that no
 * path could hold: without it the next request would be about something else.
 */
export function idIn(body: Json | undefined, problem: "unavailable" | "unknown-outcome" = "unavailable"): string {
  const id = textAt(body, "/id");
  if (id !== undefined && isSegment(id)) return idOf(id);
  throw new AdapterError(problem, say`The reply of the service holds an object without an id that could be used.`);
}

/** An id as a part of a path. Throws AdapterError where it would lead elsewhere, or cannot be written there. */
export function pathSegment(id: string): string {
  if (isSegment(id)) return encodeURIComponent(id);
  throw new AdapterError("rejected", say`Nothing was sent: ${JSON.stringify(id.slice(0, 100))} is not an id of the service.`);
}

/** An id takes a third of this. */
const longestId = 256;

function isSegment(id: string): boolean {
  return id.length <= longestId && !/^\.{0,2}$|\p{C}/u.test(id);
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Fields that are there. */
export function omitUndefined(fields: Readonly<Record<string, Json | undefined>>): Readonly<Record<string, Json>> {
  return Object.fromEntries(Object.entries(fields).filter((entry): entry is [string, Json] => entry[1] !== undefined && entry[1] !== null));
}

/** Works on items, some at once, and yields the results in their order; what is behind an item that fails is not begun. */
export async function* inParallel<T, R>(
  items: Iterable<T> | AsyncIterable<T>,
  parallelism: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const under: Promise<R>[] = [];
  try {
    for await (const item of items) {
      const one = work(item);
      // Whoever fails is awaited in its turn; until then nobody listens.
      one.catch(() => {});
      under.push(one);
      if (under.length >= parallelism) yield await (under.shift() as Promise<R>);
    }
    while (under.length > 0) yield await (under.shift() as Promise<R>);
  } finally {
    await Promise.allSettled(under);
  }
}
