import type { Schema } from "../../src/emulator/http/pipeline/route.ts";

/** Draws from a seed: the same seed draws the same. */
export interface Draw {
  chance(probability: number): boolean;
  one<T>(of: readonly T[]): T;
}

/** A source of draws (mulberry32). */
export function drawing(seed: number): Draw {
  let state = seed | 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    chance: (probability) => next() < probability,
    one: <T>(of: readonly T[]) => of[Math.floor(next() * of.length)] as T,
  };
}

const values = [
  ...["", " ", "0", "-1", "1e999", "NaN", "null", "true", "[]", "{}", "__proto__", "constructor"],
  ...[
    "..",
    ".",
    "%",
    "'",
    '"',
    "\\",
    "/",
    "?",
    "#",
    "&",
    "=",
    "(",
    ")",
    "\u0000",
    "\uFEFF",
    "汉字",
    "😀",
  ],
  ...[
    "toString",
    "hasOwnProperty",
    "9999-99-99",
    "2024-13-45T99:99:99Z",
    "00000000-0000-0000-0000",
  ],
  "x".repeat(3000),
];
const queryNames = [
  ...["size", "offset", "filter", "seekOperation", "country", "startDate", "endDate", "top"],
  ...["skip", "groupBy", "billingType", "order_id", "mpnId", "provider", "targetView", "period"],
  ...["$filter", "$select", "$orderby", "$top", "$skiptoken", "$count", "$deltatoken", "$search"],
  ...["invoicelineitemtype", "currencyCode", "vettingVersion", "offer_category_id", "__proto__"],
];
const filters = [
  '{"Field":"CompanyName","Value":null,"Operator":"starts_with"}',
  '{"Field":["Domain"],"Value":{},"Operator":1}',
  "null",
  "startswith(displayName,'a",
  "a eq 1 and (b in (",
  "constructor/prototype eq 'x'",
];

/** A part of a path that may mean anything. */
export function hostileSegment(draw: Draw): string {
  return encodeURIComponent(draw.one(values)) || "x";
}

/** A query with known names and odd values, some of them given twice. */
export function hostileQuery(draw: Draw): string {
  if (draw.chance(0.2)) return "";
  const count = draw.one([1, 2, 3, 5]);
  const parts = Array.from({ length: count }, () => {
    const value = draw.chance(0.3) ? draw.one(filters) : draw.one(values);
    return `${draw.one(queryNames)}=${encodeURIComponent(value)}`;
  });
  return `?${[...parts, ...(draw.chance(0.2) ? parts : [])].join("&")}`;
}

const odd: readonly unknown[] = [
  ...[null, 0, -1, 1.5, 1e300, "", "x", true, [], {}, [null], [[]], { a: { b: [] } }],
  ...["\u0000", "__proto__", { constructor: 1 }, "9".repeat(300)],
];

/** A body of the schema's shape with odd values in it, or anything else. */
export function hostileBody(schema: Schema | undefined, draw: Draw, depth = 0): unknown {
  if (schema === undefined || depth > 4 || draw.chance(0.15)) return draw.one(odd);
  const {
    type,
    properties,
    items,
    enum: choices,
    minLength,
  } = schema as {
    readonly type?: string | readonly string[];
    readonly properties?: Readonly<Record<string, Schema>>;
    readonly items?: Schema;
    readonly enum?: readonly unknown[];
    readonly minLength?: number;
  };
  if (properties !== undefined)
    return Object.fromEntries(
      Object.entries(properties)
        .filter(() => draw.chance(0.9))
        .map(([name, inner]) => [name, hostileBody(inner, draw, depth + 1)]),
    );
  if (items !== undefined) return [hostileBody(items, draw, depth + 1)];
  if (choices !== undefined) return draw.one(choices);
  if (type === "integer" || type === "number") return draw.one([0, 1, 5, 1e9, 2 ** 53]);
  if (type === "boolean") return draw.chance(0.5);
  return draw.one(values.filter((value) => value.length >= (minLength ?? 0)));
}
