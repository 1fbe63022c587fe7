import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject, sign, verify } from "node:crypto";
import { sha256 } from "../values/digest.ts";

/** The key that signs a ledger. */
export interface SigningKey {
  /** Its public half: 32 bytes in base64url. */
  readonly publicKey: string;
  /** The signature over a text's UTF-8 bytes, in base64url. */
  sign(text: string): string;
}

/** The Ed25519 key that belongs to a ledger's key. The same key gives the same one everywhere. */
export function signingKey(ledgerKey: Uint8Array): SigningKey {
  return remembered(signingKeys, Buffer.from(ledgerKey).toString("base64url"), () => derivedFrom(ledgerKey));
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

/** The public half of the key that a ledger's key signs with. */
export function publicKeyOf(ledgerKey: Uint8Array): string {
  return signingKey(ledgerKey).publicKey;
}

/** The key for digests of personal values. */
export function digestKey(ledgerKey: Uint8Array): Uint8Array {
  return derived(ledgerKey, "digests");
}

/** The key for marks on what is published beside the ledger. */
export function markKey(ledgerKey: Uint8Array): Uint8Array {
  return derived(ledgerKey, "marks");
}

/** Whether a text was signed by the key with this public half. */
export function isSigned(text: string, signature: string, publicKey: string): boolean {
  // The lengths keep one part from passing for a piece of another.
  const claim = sha256(`${publicKey.length} ${signature.length} ${publicKey}${signature}${text}`);
  if (proven.has(claim)) return true;
  const signed = verify(null, Buffer.from(text), known(publicKey), Buffer.from(signature, "base64url"));
  if (proven.size >= mostProven) proven.clear();
  if (signed) proven.add(claim);
  return signed;
}

const mostProven = 10_000;

/** The digests of what was found signed: a process reads the same ledger several times, and a signature takes thirty times as long as a digest. */
const proven = new Set<string>();

/** What comes before the 32 bytes of an Ed25519 key in PKCS #8 (RFC 8410). */
const pkcs8 = Buffer.from("302e020100300506032b657004220420", "hex");

function derived(ledgerKey: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", ledgerKey, "", `partnerctl ledger key 1: ${purpose}`, 32));
}

const signingKeys = new Map<string, SigningKey>();
const publicKeys = new Map<string, KeyObject>();

function known(publicKey: string): KeyObject {
  return remembered(publicKeys, publicKey, () => createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: publicKey }, format: "jwk" }));
}

/** Reading a ledger, and writing it, asks for the same few keys again and again. */
function remembered<T>(keys: Map<string, T>, name: string, make: () => T): T {
  const found = keys.get(name);
  if (found) return found;
  if (keys.size > 100) keys.clear();
  const made = make();
  keys.set(name, made);
  return made;
}
