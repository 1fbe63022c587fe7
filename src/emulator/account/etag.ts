import { refuse } from "./refusal.ts";

/** What a client sent to say which version it saw; either is enough. */
export interface ClientVersion {
  readonly header?: string;
  readonly body?: string;
}

/** The opaque etag of a version of something. */
export function etag(of: string, version: number): string {
  return Buffer.from(JSON.stringify({ id: of.slice(0, 8), version })).toString("base64");
}

/** The etag of a customer's billing profile: a 64-bit integer as text. */
export function numericEtag(id: string, version: number): string {
  return String(BigInt(`0x${id.replaceAll("-", "").slice(0, 15)}`) + BigInt(version));
}

/** Refuses (400/2055) when the client saw another version than the current one. */
export function expectCurrent(seen: ClientVersion, current: string): void {
  const stale = [seen.header, seen.body].some((etag) => etag !== undefined && unquoted(etag) !== current);
  if (stale) refuse(400, 2055, "Etag is no longer valid");
}

function unquoted(etag: string): string {
  return etag.replace(/^(W\/)?"(.*)"$/, "$2");
}
