import { isSpec, type Json } from "../../model/values/json.ts";
import { type Pointer, segments } from "../../model/values/pointer.ts";
import { english, type Language } from "../language/language.ts";
import { number } from "./format.ts";

/** Display names by id. */
export type IdNames = Readonly<Record<string, string>>;

/**
 * A value on one line: ids as names, numbers with separators. Texts are quoted only if they would
 * be ambiguous.
 */
export function formatValue(
  value: Json | undefined,
  names: IdNames = {},
  language: Language = english,
): string {
  if (value === undefined) return language.say`(none)`;
  if (typeof value === "string")
    return Object.hasOwn(names, value) ? (names[value] ?? value) : quoted(value);
  if (typeof value === "number") return number(value);
  if (Array.isArray(value))
    return `[${value.map((item) => formatValue(item, names, language)).join(", ")}]`;
  if (!isSpec(value)) return String(value);
  return `{${Object.entries(value)
    .map(([field, inner]) => `${field}: ${formatValue(inner, names, language)}`)
    .join(", ")}}`;
}

/** A sentence with names added to its ids. */
export function nameIds(text: string, names: IdNames): string {
  return text
    .split(" ")
    .map((word) => (Object.hasOwn(names, word) ? `${names[word]} (${word})` : word))
    .join(" ");
}

function quoted(text: string): string {
  const mistakable = /^$|^\s|\s$|^["[{(]|^(true|false|null)$|^[+-]?[\d.]+$| → | · |, /;
  return mistakable.test(text) ? JSON.stringify(text) : text;
}

/** A pointer in dotted form: "/address/city" is "address.city". */
export function formatPointer(pointer: Pointer): string {
  return segments(pointer).join(".") || "(all)";
}
