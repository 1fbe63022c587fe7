import { isSpec, type Json, type Spec } from "./json.ts";

/** A JSON Pointer (RFC 6901): "" is the whole, "/address/city" a field. */
export type Pointer = string;

/** The pointer to a field below another pointer. */
export function below(pointer: Pointer, field: string | number): Pointer {
  const name = String(field);
  return `${pointer}/${name.includes("~") || name.includes("/") ? name.replaceAll("~", "~0").replaceAll("/", "~1") : name}`;
}

/** The field names a pointer walks through. */
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

/** Few pointers are used, each of them for every object there is. */
const walked = new Map<Pointer, readonly string[]>();

/** The value a pointer leads to, or undefined where there is none. */
export function valueAt(value: Json | undefined, pointer: Pointer): Json | undefined {
  let found: Json | undefined = value;
  for (const segment of segments(pointer)) {
    if (Array.isArray(found)) found = found[Number(segment)];
    else if (isSpec(found) && Object.hasOwn(found, segment)) found = found[segment];
    else return undefined;
  }
  return found;
}

/** A copy of a spec in which the pointer leads to this value (objects on the way are made; undefined takes the field out). */
export function withValue(spec: Spec, pointer: Pointer, value: Json | undefined): Spec {
  if (pointer === "") return isSpec(value) ? value : spec;
  return replaced(spec, segments(pointer), value);
}

function replaced(spec: Spec, [first = "", ...rest]: readonly string[], value: Json | undefined): Spec {
  const old = Object.hasOwn(spec, first) ? spec[first] : undefined;
  const next = rest.length === 0 ? value : replaced(isSpec(old) ? old : {}, rest, value);
  if (next !== undefined) return { ...spec, [first]: next };
  const { [first]: _gone, ...others } = spec;
  return others;
}

/** Whether a pointer is one of these or lies under one of them; "" covers everything. */
export function covers(pointers: readonly Pointer[], pointer: Pointer): boolean {
  return pointers.some((one) => pointer === one || pointer.startsWith(`${one}/`));
}

/** Every field with its pointer, down to the leaves; a list is one leaf, and so is an empty object. */
export function* leaves(value: Json, at: Pointer = ""): Generator<readonly [Pointer, Json]> {
  if (!isSpec(value) || (at !== "" && Object.keys(value).length === 0)) yield [at, value];
  else for (const field of Object.keys(value)) yield* leaves(value[field] as Json, below(at, field));
}
