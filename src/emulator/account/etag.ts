import { refuse } from "./refusal.ts";

/** The etags that a client sent, in If-Match or in the body. Either is enough. */
export interface ClientVersion {
  readonly header?: string;
  readonly body?: string;
}

/** An opaque etag for a version of an object. */
export function etag(of: string, version: number): string {
  return Buffer.from(JSON.stringify({ id: of.slice(0, 8), version })).toString("base64");
}

/** The etag of a customer's billing profile: a 64-bit integer as text. */
export function numericEtag(id: string, version: number): string {
  return String(BigInt(`0x${id.replaceAll("-", "").slice(0, 15)}`) + BigInt(version));
}

/**
 * Refuses (400/2055) if an etag that the client sent is not the current one. Passes if it sent
 * none.
 */
export function expectCurrent(seen: ClientVersion, current: string): void {
  const stale = [seen.header, seen.body].some(
    (etag) => etag !== undefined && unquoted(etag) !== current,
  );
  if (stale) refuse(400, 2055, "Etag is no longer valid");
}

function unquoted(etag: string): string {
  return etag.replace(/^(W\/)?"(.*)"$/, "$2");
}
