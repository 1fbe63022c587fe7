import type { Json } from "../../model/json.ts";
import { type Pointer, valueAt } from "../../model/pointer.ts";

/** A text of a body; undefined where there is none or it is empty. */
export function textAt(body: Json | undefined, pointer: Pointer): string | undefined {
  const value = valueAt(body, pointer);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** An id in one spelling: GUIDs, whose letters' case the service does not keep, in small letters; others exactly. */
export function idOf(value: string): string {
  return guid.test(value) ? value.toLowerCase() : value;
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Fields that are there. */
export function defined(fields: Readonly<Record<string, Json | undefined>>): Readonly<Record<string, Json>> {
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
