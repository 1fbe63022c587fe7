import {
  type Event,
  type Founding,
  type Hash,
  LedgerRefused,
} from "../../../model/ledger/ledger.ts";
import {
  keyGone,
  noKey,
  notFounded,
  otherKey,
  unconfirmedKey,
} from "../../../model/ledger/ledger-key-problems.ts";
import { type SigningKey, signingKey } from "../../../model/ledger/ledger-keys.ts";
import { beginning, chain, type Position, parseLine } from "./chain.ts";
import { firstEntry, lastAppend } from "./ends.ts";
import { isSignedUnder, keyInForce, type Trust, voucherOf } from "./signing.ts";
import type { Snapshot } from "./snapshot.ts";
import {
  batches,
  requirePresent,
  type Rekeying,
  readerOf,
  type Storage,
  type StoredLedger,
} from "./stored-ledger.ts";

/** The data needed to write to a ledger. Reading needs none of it. */
export interface LedgerSigner {
  readonly now: () => Date;
  /** The ledger's key. */
  readonly key?: Uint8Array;
  /** The id, account and project of a new ledger. */
  readonly founding?: Founding;
  /** The public key in the settings. */
  readonly publicKey?: string;
}

/**
 * A ledger that signs what it appends to a storage. Its append throws LedgerRefused without the key
 * in force.
 */
export function signedLedger(storage: Storage, writing: LedgerSigner): StoredLedger {
  const { publicKey, key } = writing;
  const signer = key && signingKey(key);
  // The end of this object's last append, which needs no check.
  let own: Position | undefined;
  return {
    ...readerOf(storage, publicKey),
    append: async (events, after) => {
      if (!signer) throw new LedgerRefused(storage.traits.ownKey ? keyGone(storage.where) : noKey);
      return storage.extend(after, async (end, snapshot) => {
        const trust =
          own?.head === end.head ? own.trust : await trustAt(end, await snapshot(), signer);
        const made = chain(
          [...foundingEvents(end, writing, signer), ...events],
          { ...end, ...(trust && { trust }) },
          { key: signer, measure: storage.measure },
        );
        own = made.end;
        return made;
      });
    },
    rekey: (change) => rekey(storage, writing, change),
  };
}

/**
 * The old key signs the new one. If the old key is lost, the settings must name the new one, and a
 * reason is required.
 */
async function rekey(
  storage: Storage,
  { key, now, publicKey }: LedgerSigner,
  { next, actor, reason }: Rekeying,
): Promise<Hash> {
  const { trust, ...end } = await wholeChain(requirePresent(await storage.look()));
  if (!trust) throw new LedgerRefused(notFounded);
  const [old, signer] = [key && signingKey(key), signingKey(next)];
  const vouches = old?.publicKey === keyInForce(trust);
  if (!vouches && (reason === undefined || publicKey !== signer.publicKey))
    throw new LedgerRefused(unconfirmedKey(signer.publicKey));
  const event: Event = {
    at: now().toISOString(),
    type: "rekeyed",
    key: signer.publicKey,
    actor,
    ...(reason !== undefined && { reason }),
    ...(vouches && { voucher: voucherOf(old, trust, { prev: end.head, key: signer.publicKey }) }),
  };
  return storage.extend(end.head, async (at) =>
    chain([event], { ...at, trust }, { key: signer, measure: storage.measure }),
  );
}

/**
 * The trust at the end of a ledger whose last append `signer` signed; undefined if the ledger is
 * empty. Throws LedgerRefused if another key signed it, LedgerBroken if the chain is invalid.
 */
async function trustAt(
  end: Position,
  snapshot: Snapshot,
  signer: SigningKey,
): Promise<Trust | undefined> {
  if (end.seq === 0) return undefined;
  const [first, last] = [await firstEntry(snapshot), await lastAppend(snapshot)];
  const entry = last && parseLine(last.line);
  if (first && last && entry && !("wrong" in entry)) {
    const trust = { ledger: first.id, account: first.account.id, keys: [signer.publicKey] };
    if (isSignedUnder(trust, entry, last.line)) return trust;
  }
  const { trust } = await wholeChain(snapshot);
  throw new LedgerRefused(otherKey(signer.publicKey, trust ? keyInForce(trust) : ""));
}

/** The end of a ledger, after its whole chain was verified. Throws LedgerBroken. */
export async function wholeChain(snapshot: Snapshot): Promise<Position> {
  let position = beginning;
  for await (const { end } of batches(snapshot)) position = end;
  return position;
}

function foundingEvents(
  end: Position,
  { founding, now, publicKey }: LedgerSigner,
  signer: SigningKey,
): readonly Event[] {
  if (end.seq > 0) return [];
  if (!founding) throw new Error("a ledger is founded for an account");
  if (publicKey !== undefined && publicKey !== signer.publicKey)
    throw new LedgerRefused(otherKey(signer.publicKey, publicKey));
  return [
    { at: now().toISOString(), type: "founded", version: 1, key: signer.publicKey, ...founding },
  ];
}
