import { withoutSecrets } from "../model/text/secrets.ts";
import { unsafe } from "../model/text/unsafe.ts";

/**
 * A copy of plain JSON in which no text, at any depth and field names included, can steer a terminal or hide from a reader: what would
 * is replaced by a visible character for each UTF-16 unit, so columns stay where they were. Secrets that this process knows are struck out.
 * Everything shown to people passes here.
 */
export function clean<T>(value: T): T {
  // The copy has the shape of what came in: only characters inside texts differ.
  return copy(value) as T;
}

function copy(value: unknown): unknown {
  if (typeof value === "string") return withoutSecrets(value).replace(unsafe, visible);
  if (Array.isArray(value)) return value.map(copy);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([field, inner]) => [field.replace(unsafe, visible), copy(inner)]));
}

function visible(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? "\u2421" : "\ufffd".repeat(character.length);
}

/** A text of several lines, each of them clean. */
export function cleanLines(text: string): string {
  return text.split("\n").map(clean).join("\n");
}

/** JSON text in which the same characters are escaped: the value stays exactly what it was. */
export function escapeJson(json: string): string {
  return withoutSecrets(json).replace(unsafe, (character) =>
    character === "\n" ? character : character.replace(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`),
  );
}
