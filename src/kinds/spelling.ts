import type { Json, Spec } from "../model/values/json.ts";
import { type Pointer, valueAt, withValue } from "../model/values/pointer.ts";
import { withoutAvailability } from "./subscription/new-commerce.ts";

/** Applies `spell` to one field of a spec. A spec without that field stays as it is. */
export function respellField<S extends Spec>(
  spec: Partial<S>,
  pointer: Pointer,
  spell: (value: Json) => Json,
): Partial<S> {
  const whole = spec as Spec;
  const value = valueAt(whole, pointer);
  if (value === undefined) return spec;
  const spelled = spell(value);
  return spelled === value ? spec : (withValue(whole, pointer, spelled) as Partial<S>);
}

/** Converts text to lower case. */
export function small(value: Json): Json {
  return typeof value === "string" ? value.toLowerCase() : value;
}

/** Converts text to upper case. */
export function capitals(value: Json): Json {
  return typeof value === "string" ? value.toUpperCase() : value;
}

/**
 * Normalizes an offer id: a GUID in upper case like in the catalogue, a new commerce id without its
 * availability. Any other value stays as it is.
 */
export function offerId(value: Json): Json {
  if (typeof value !== "string") return value;
  return guid.test(value) ? value.toUpperCase() : withoutAvailability(value);
}

const guid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/**
 * Normalizes a culture to the form `zh-CN`: language in lower case, two-letter region in upper
 * case.
 */
export function culture(value: Json): Json {
  if (typeof value !== "string") return value;
  const [language = "", ...parts] = value.split("-");
  return [
    language.toLowerCase(),
    ...parts.map((part) => (part.length === 2 ? part.toUpperCase() : part)),
  ].join("-");
}
