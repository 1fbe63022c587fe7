import { canonical } from "../../../model/values/digest.ts";
import type { Entry, Event } from "../../../model/ledger/ledger.ts";
import { isSigned, type SigningKey } from "../../../model/ledger/ledger-keys.ts";
import { say, type Wording } from "../../../model/text/phrase.ts";

/** Whose signatures are valid after an entry of a ledger. */
export interface Trust {
  readonly ledger: string;
  readonly account: string;
  /** Public keys, each signed by the one before it. The last one is in force. */
  readonly keys: readonly string[];
  /** The first of these keys replaced a lost key, so no key vouches for it. */
  readonly replaced?: true;
}

/** The public key in force. */
export function keyInForce({ keys }: Trust): string {
  return keys.at(-1) ?? "";
}

/**
 * Why the ledger's keys do not match the public key in the settings; undefined if they match.
 * Without a public key, only a key that replaced a lost one does not match.
 */
export function distrust(trust: Trust, publicKey: string | undefined): Wording | undefined {
  if (publicKey === undefined)
    return (
      trust.replaced &&
      say`its key was replaced without the old one, and ledger.publicKey does not say that this was meant`
    );
  if (trust.keys.includes(publicKey)) return undefined;
  return say`it is signed with the key ${keyInForce(trust)}, and ledger.publicKey in the settings is ${publicKey}`;
}

/**
 * Signs an append, over its last line without its hash. Hashes link that line to those before it.
 */
export function signatureOf(key: SigningKey, trust: Trust, unsigned: string): string {
  return key.sign(signed(trust, unsigned));
}

/**
 * The old key's signature on a new key. `prev` is the hash of the entry before the new key's entry.
 */
export function voucherOf(
  old: SigningKey,
  trust: Trust,
  next: Pick<Entry, "prev"> & { readonly key: string },
): string {
  return old.sign(vouched(trust, next));
}

/**
 * Verifies the signature of an append, given its entries and its last line. Returns the trust after
 * it, or why it is not correctly signed.
 */
export function trustBehind(
  before: Trust | undefined,
  entries: readonly Entry[],
  line: string,
): Trust | { readonly wrong: string } {
  const trust = before ? followed(before, entries) : founded(entries);
  if ("wrong" in trust) return trust;
  const last = entries.at(-1);
  return last && isSignedUnder(trust, last, line)
    ? trust
    : { wrong: say`is not signed with the ledger's key` };
}

/** Whether the key in force signed an append, given its last entry and that entry's line. */
export function isSignedUnder(
  trust: Trust,
  { hash, appendSignature = "" }: Entry,
  line: string,
): boolean {
  const unsigned = line
    .replace(`"hash":"${hash}",`, "")
    .replace(`"appendSignature":"${appendSignature}",`, "");
  return isSigned(signed(trust, unsigned), appendSignature, keyInForce(trust));
}

function founded([first, ...rest]: readonly Event[]): Trust | { readonly wrong: string } {
  if (first?.type !== "founded") return { wrong: say`does not found a ledger` };
  if (rest.some(isAboutKeys)) return { wrong: say`names a key where none can be named` };
  return { ledger: first.id, account: first.account.id, keys: [first.key] };
}

function followed(before: Trust, entries: readonly Entry[]): Trust | { readonly wrong: string } {
  const [first] = entries;
  if (first?.type === "rekeyed" && entries.length === 1) return rekeyed(before, first);
  return entries.some(isAboutKeys) ? { wrong: say`names a key where none can be named` } : before;
}

function rekeyed(
  before: Trust,
  entry: Entry & { readonly type: "rekeyed" },
): Trust | { readonly wrong: string } {
  const { key, voucher } = entry;
  if (voucher === undefined) return { ...before, keys: [key], replaced: true };
  if (!isSigned(vouched(before, entry), voucher, keyInForce(before)))
    return { wrong: say`names a key that the old one does not vouch for` };
  return { ...before, keys: [...before.keys, key] };
}

function isAboutKeys({ type }: Event): boolean {
  return type === "founded" || type === "rekeyed";
}

function signed({ ledger, account }: Trust, unsigned: string): string {
  return `${canonical(["partnerctl ledger append 1", ledger, account])}\n${unsigned}`;
}

function vouched(
  { ledger, account }: Trust,
  { prev, key }: Pick<Entry, "prev"> & { readonly key: string },
): string {
  return canonical(["partnerctl ledger key 1", ledger, account, prev, key]);
}
