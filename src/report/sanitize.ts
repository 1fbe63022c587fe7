import { withoutSecrets } from "../model/text/secrets.ts";
import { unsafe } from "../model/text/unsafe.ts";

/**
 * Copies plain JSON and makes every text in it, including field names, safe to display: control and
 * invisible characters become visible ones of the same length, and known secrets in values are
 * masked. Everything shown to people must pass through here.
 */
export function clean<T>(value: T): T {
  // The copy has the input's type: only characters within texts change.
  return copy(value) as T;
}

function copy(value: unknown): unknown {
  if (typeof value === "string") return withoutSecrets(value).replace(unsafe, visible);
  if (Array.isArray(value)) return value.map(copy);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([field, inner]) => [field.replace(unsafe, visible), copy(inner)]),
  );
}

function visible(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? "\u2421" : "\ufffd".repeat(character.length);
}

/** Sanitizes each line of a text and keeps its line breaks. */
export function cleanLines(text: string): string {
  return text.split("\n").map(clean).join("\n");
}

/**
 * Escapes control and invisible characters in JSON text, which keeps the value unchanged. Known
 * secrets are masked.
 */
export function escapeJson(json: string): string {
  return withoutSecrets(json).replace(unsafe, (character) =>
    character === "\n"
      ? character
      : character.replace(
          /[\s\S]/g,
          (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
        ),
  );
}
