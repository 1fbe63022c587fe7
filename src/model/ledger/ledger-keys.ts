import {
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  type KeyObject,
  sign,
  verify,
} from "node:crypto";
import { sha256 } from "../values/digest.ts";

/** The Ed25519 key that signs a ledger. */
export interface SigningKey {
  /** The public key: 32 bytes in base64url. */
  readonly publicKey: string;
  /** Returns the signature of a text's UTF-8 bytes, in base64url. */
  sign(text: string): string;
}

/** Derives the signing key from a ledger's key. The result is the same on every machine. */
export function signingKey(ledgerKey: Uint8Array): SigningKey {
  return remembered(signingKeys, Buffer.from(ledgerKey).toString("base64url"), () =>
    derivedFrom(ledgerKey),
  );
}

function derivedFrom(ledgerKey: Uint8Array): SigningKey {
  const secret = createPrivateKey({
    key: Buffer.concat([pkcs8, derived(ledgerKey, "signatures")]),
    format: "der",
    type: "pkcs8",
  });
  return {
    publicKey: createPublicKey(secret).export({ format: "jwk" }).x ?? "",
    sign: (text) => sign(null, Buffer.from(text), secret).toString("base64url"),
  };
}

/** Returns the public key that belongs to a ledger's key. */
export function publicKeyOf(ledgerKey: Uint8Array): string {
  return signingKey(ledgerKey).publicKey;
}

/** Derives the key for digests of personal values. */
export function digestKey(ledgerKey: Uint8Array): Uint8Array {
  return derived(ledgerKey, "digests");
}

/** Derives the key for marks on saved and published plans. */
export function markKey(ledgerKey: Uint8Array): Uint8Array {
  return derived(ledgerKey, "marks");
}

/** Derives the key that seals snapshots of the account. */
export function snapshotKey(ledgerKey: Uint8Array): Uint8Array {
  return derived(ledgerKey, "snapshots");
}

/** Returns true if the signature of a text is valid for this public key. */
export function isSigned(text: string, signature: string, publicKey: string): boolean {
  // The lengths make the boundaries between the parts unambiguous.
  const claim = sha256(`${publicKey.length} ${signature.length} ${publicKey}${signature}${text}`);
  if (proven.has(claim)) return true;
  const signed = verify(
    null,
    Buffer.from(text),
    known(publicKey),
    Buffer.from(signature, "base64url"),
  );
  if (proven.size >= mostProven) proven.clear();
  if (signed) proven.add(claim);
  return signed;
}

const mostProven = 10_000;

/**
 * Digests of verified signatures. A process reads the same ledger several times, and verifying
 * takes thirty times as long as a digest.
 */
const proven = new Set<string>();

/** The prefix of a 32-byte Ed25519 private key in PKCS #8 (RFC 8410). */
const pkcs8 = Buffer.from("302e020100300506032b657004220420", "hex");

function derived(ledgerKey: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(
    hkdfSync("sha256", ledgerKey, "", `partnerctl ledger key 1: ${purpose}`, 32),
  );
}

const signingKeys = new Map<string, SigningKey>();
const publicKeys = new Map<string, KeyObject>();

function known(publicKey: string): KeyObject {
  return remembered(publicKeys, publicKey, () =>
    createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: publicKey }, format: "jwk" }),
  );
}

/** Caches keys: reading and writing a ledger need the same few keys repeatedly. */
function remembered<T>(keys: Map<string, T>, name: string, make: () => T): T {
  const found = keys.get(name);
  if (found) return found;
  if (keys.size > 100) keys.clear();
  const made = make();
  keys.set(name, made);
  return made;
}
