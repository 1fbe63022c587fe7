import { createHash } from "node:crypto";

/** `sha256:` and 64 hexadecimal digits. */
export type Digest = `sha256:${string}`;

/** The hash of a ledger entry, 64 hexadecimal digits; 64 zeros before the first. */
export type Hash = string;

/** The hash before the first entry. */
export const noHash: Hash = "0".repeat(64);

/** SHA-256 of a text's UTF-8 bytes, 64 hexadecimal digits. */
export function sha256(text: string | Uint8Array): string {
  return createHash("sha256").update(text).digest("hex");
}

/** SHA-256 of a value's canonical JSON: equal values have equal digests, whatever the order of their fields. */
export function digest(value: unknown): Digest {
  return `sha256:${sha256(canonical(value))}`;
}

/** The canonical JSON of a value (RFC 8785): fields in UTF-16 order, no space, numbers as ECMAScript writes them; fields that are undefined are left out. */
export function canonical(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  const fields = value as Readonly<Record<string, unknown>>;
  const names = Object.keys(fields).filter((name) => fields[name] !== undefined).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(fields[name])}`).join(",")}}`;
}
