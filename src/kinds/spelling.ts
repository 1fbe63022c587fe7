import type { Json, Spec } from "../model/values/json.ts";
import { type Pointer, valueAt, withValue } from "../model/values/pointer.ts";
import { withoutAvailability } from "./subscription/new-commerce.ts";

/** The same spec with one field spelled another way; a spec without that field stays as it is. */
export function respellField<S extends Spec>(spec: Partial<S>, pointer: Pointer, spell: (value: Json) => Json): Partial<S> {
  const whole = spec as Spec;
  const value = valueAt(whole, pointer);
  if (value === undefined) return spec;
  const spelled = spell(value);
  return spelled === value ? spec : (withValue(whole, pointer, spelled) as Partial<S>);
}

/** Text in small letters. */
export function small(value: Json): Json {
  return typeof value === "string" ? value.toLowerCase() : value;
}

/** Text in capitals. */
export function capitals(value: Json): Json {
  return typeof value === "string" ? value.toUpperCase() : value;
}

/** An offer id in capitals, as the catalogue spells it, and one of new commerce without its availability; anything else stays as it is. */
export function offerId(value: Json): Json {
  if (typeof value !== "string") return value;
  return guid.test(value) ? value.toUpperCase() : withoutAvailability(value);
}

const guid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** A culture as `zh-CN`: the language in small letters, a two-letter region in capitals. */
export function culture(value: Json): Json {
  if (typeof value !== "string") return value;
  const [language = "", ...parts] = value.split("-");
  return [language.toLowerCase(), ...parts.map((part) => (part.length === 2 ? part.toUpperCase() : part))].join("-");
}
