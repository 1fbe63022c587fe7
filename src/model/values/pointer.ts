import { isSpec, type Json, type Spec } from "./json.ts";
import type { Wording } from "../text/phrase.ts";

/** A JSON Pointer (RFC 6901): "" is the whole document, "/address/city" a field. */
export type Pointer = string;

/** Returns the pointer to a field below another pointer. */
export function below(pointer: Pointer, field: Wording | number): Pointer {
  const name = String(field);
  return `${pointer}/${name.includes("~") || name.includes("/") ? name.replaceAll("~", "~0").replaceAll("/", "~1") : name}`;
}

/** Returns the unescaped field names of a pointer. */
export function segments(pointer: Pointer): readonly string[] {
  const known = walked.get(pointer);
  if (known !== undefined) return known;
  const parts =
    pointer === ""
      ? []
      : pointer
          .slice(1)
          .split("/")
          .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  if (walked.size < 10_000) walked.set(pointer, parts);
  return parts;
}

/** Caches the segments of pointers: few exist, and each is used for every object. */
const walked = new Map<Pointer, readonly string[]>();

/** Returns the value at a pointer; undefined if there is none. */
export function valueAt(value: Json | undefined, pointer: Pointer): Json | undefined {
  let found: Json | undefined = value;
  for (const segment of segments(pointer)) {
    if (Array.isArray(found)) found = found[Number(segment)];
    else if (isSpec(found) && Object.hasOwn(found, segment)) found = found[segment];
    else return undefined;
  }
  return found;
}

/**
 * Returns a copy of a spec with this value at the pointer. Creates missing objects on the way;
 * undefined removes the field.
 */
export function withValue(spec: Spec, pointer: Pointer, value: Json | undefined): Spec {
  if (pointer === "") return isSpec(value) ? value : spec;
  return replaced(spec, segments(pointer), value);
}

function replaced(
  spec: Spec,
  [first = "", ...rest]: readonly string[],
  value: Json | undefined,
): Spec {
  const old = Object.hasOwn(spec, first) ? spec[first] : undefined;
  const next = rest.length === 0 ? value : replaced(isSpec(old) ? old : {}, rest, value);
  if (next !== undefined) return { ...spec, [first]: next };
  const { [first]: _gone, ...others } = spec;
  return others;
}

/** Returns true if a pointer is one of these or below one of them. "" covers everything. */
export function covers(pointers: readonly Pointer[], pointer: Pointer): boolean {
  return pointers.some((one) => pointer === one || pointer.startsWith(`${one}/`));
}

/** Yields every leaf with its pointer. A list is one leaf, and so is an empty object. */
export function* leaves(value: Json, at: Pointer = ""): Generator<readonly [Pointer, Json]> {
  if (!isSpec(value) || (at !== "" && Object.keys(value).length === 0)) yield [at, value];
  else
    for (const field of Object.keys(value)) yield* leaves(value[field] as Json, below(at, field));
}
