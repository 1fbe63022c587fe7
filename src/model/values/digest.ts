import { createHash, hash } from "node:crypto";

/** A SHA-256 digest: `sha256:` and 64 hexadecimal digits. */
export type Digest = `sha256:${string}`;

/** The hash of a ledger entry: 64 hexadecimal digits. */
export type Hash = string;

/** The hash before the first ledger entry: 64 zeros. */
export const noHash: Hash = "0".repeat(64);

/** Returns the SHA-256 of bytes, or of a text's UTF-8 bytes, as 64 hexadecimal digits. */
export function sha256(text: string | Uint8Array): string {
  return hash("sha256", text, "hex");
}

/**
 * Returns the SHA-256 of a value's canonical JSON. Equal values have equal digests, independent of
 * field order.
 */
export function digest(value: unknown): Digest {
  return `sha256:${sha256(canonical(value))}`;
}

/**
 * Returns the same as `digest`, without holding the whole canonical JSON in memory. For documents
 * with long lists.
 */
export function digestInParts(document: Readonly<Record<string, unknown>>): Digest {
  const sum = createHash("sha256");
  for (const part of parts(document)) sum.update(part);
  return `sha256:${sum.digest("hex")}`;
}

function* parts(document: Readonly<Record<string, unknown>>): Generator<string> {
  let before = "{";
  for (const name of Object.keys(document).sort()) {
    const field = document[name];
    if (field === undefined) continue;
    yield `${before}${JSON.stringify(name)}:`;
    if (Array.isArray(field)) yield* listed(field);
    else yield canonical(field);
    before = ",";
  }
  yield before === "{" ? "{}" : "}";
}

function* listed(items: readonly unknown[]): Generator<string> {
  yield "[";
  for (let at = 0; at < items.length; at += 100)
    yield `${at === 0 ? "" : ","}${canonical(items.slice(at, at + 100)).slice(1, -1)}`;
  yield "]";
}

/**
 * Returns a value's canonical JSON (RFC 8785): fields in UTF-16 order, no white space, numbers as
 * in ECMAScript. Omits undefined fields.
 */
export function canonical(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  const fields = value as Readonly<Record<string, unknown>>;
  let text = "";
  for (const name of Object.keys(fields).sort()) {
    const field = fields[name];
    if (field !== undefined)
      text += `${text === "" ? "{" : ","}${JSON.stringify(name)}:${canonical(field)}`;
  }
  return text === "" ? "{}" : `${text}}`;
}
