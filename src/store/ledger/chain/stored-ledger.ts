import {
  type Entry,
  type Hash,
  type Ledger,
  LedgerBroken,
  type LedgerReader,
  LedgerRefused,
  noHash,
} from "../../../model/ledger/ledger.ts";
import { say } from "../../../model/text/say.ts";
import { type Appended, type Batch, beginning, type Position, readChain } from "./chain.ts";
import { firstEntry, lastAppend } from "./ends.ts";
import { distrust } from "./signing.ts";
import type { Measure, Snapshot } from "./snapshot.ts";

/** A ledger as it is, with what this clone has seen of it before. */
export interface Sighting extends Snapshot {
  /** What was seen and is not there any more; missing where all of it is. */
  readonly gone?: string;
  /** From now on all up to here is demanded to be there. It was read, and is signed. */
  saw(end: Position): Promise<void>;
}

/** Where a ledger's lines are kept, whatever they mean: a file, a branch, a table. */
export interface Storage {
  readonly traits: LedgerReader["traits"];
  /** Which one it is, in words for people: a file, or a remote and a branch. */
  readonly where: string;
  readonly measure: Measure;
  look(): Promise<Sighting>;
  /** Adds lines behind the head, if it is still there; durable when it returns. Throws LedgerMoved where it is not. */
  extend(after: Hash, lines: (end: Position, snapshot: () => Promise<Snapshot>) => Promise<Appended>): Promise<Hash>;
  /** Brings back the newest signed head that is known here, and keeps what stands there instead. Throws LedgerRefused where it cannot. */
  repair(): Promise<Repair>;
}

/** What repairing a ledger did. */
export interface Repair {
  /** The last entry that is there now. */
  readonly seq: number;
  readonly head: Hash;
  /** Something had to be repaired. */
  readonly restored?: true;
  /** Where what stood there instead is kept; missing where nothing did. */
  readonly aside?: string;
}

/** A ledger whose lines can be looked at. */
export interface StoredLedger extends Ledger {
  readonly where: string;
  /** The public key the settings name. */
  readonly publicKey?: string;
  /** Its lines, whether or not something is gone. */
  look(): Promise<Sighting>;
  /** Its lines. Throws LedgerRefused where something is gone that this clone has seen. */
  snapshot(): Promise<Sighting>;
  repair(): Promise<Repair>;
  /** Lets another key sign from here on. Throws LedgerRefused where neither the key in force nor the settings vouch for it. */
  rekey(change: Rekeying): Promise<Hash>;
}

/** A change of keys. */
export interface Rekeying {
  readonly next: Uint8Array;
  readonly actor: string;
  readonly reason?: string;
}

/** What every stored ledger reads alike. */
export function readerOf(storage: Storage, publicKey?: string): Omit<StoredLedger, "append" | "rekey"> {
  let id = "";
  const snapshot = async () => requirePresent(await storage.look());
  return {
    traits: storage.traits,
    where: storage.where,
    ...(publicKey !== undefined && { publicKey }),
    look: storage.look,
    repair: storage.repair,
    snapshot,
    id: async () => {
      const seen = await snapshot();
      if (id === "" && (await lastAppend(seen))) id = (await firstEntry(seen))?.id ?? "";
      return id;
    },
    head: async () => (await lastAppend(await snapshot()))?.position.head ?? noHash,
    entries: (after) => entriesAfter(snapshot, { after: after ?? noHash, publicKey }),
  };
}

/** What is looked at, if nothing is gone that was seen in it. */
export function requirePresent(sighting: Sighting): Sighting {
  if (sighting.gone === undefined) return sighting;
  throw new LedgerRefused({
    severity: "error",
    code: "ledger/rolled-back",
    message: sighting.gone,
    hint: say`find out who did it; \`partnerctl ledger repair\` brings back what this clone knows`,
  });
}

/** The chain behind a position, as it is now. Throws LedgerBroken where it does not hold. */
export async function* batches(snapshot: Snapshot, from: Position = beginning): AsyncGenerator<Batch> {
  let { offset, seq } = from;
  for await (const batch of readChain(snapshot, from)) {
    ({ offset, seq } = batch.end);
    yield batch;
  }
  if (snapshot.atomic && offset < snapshot.end) throw new LedgerBroken(say`what begins with entry ${seq + 1} has no end`, seq + 1);
}

/** Throws LedgerRefused where a ledger is not the one whose public key the settings name. */
export function demandTrust({ trust }: Position, publicKey: string | undefined): void {
  const wrong = trust && distrust(trust, publicKey);
  if (wrong === undefined) return;
  throw new LedgerRefused({
    severity: "error",
    code: "ledger/other-public-key",
    message: say`the ledger is not the one the settings mean: ${wrong}`,
    hint: say`if its key was changed on purpose, let the new public key be reviewed and put into ledger.publicKey`,
  });
}

async function* entriesAfter(
  snapshot: () => Promise<Snapshot>,
  { after, publicKey }: { readonly after: Hash; readonly publicKey: string | undefined },
): AsyncGenerator<Entry> {
  let found = after === noHash;
  let last = beginning;
  for await (const { entries, end } of batches(await snapshot())) {
    last = end;
    for (const entry of entries) {
      if (found) yield entry;
      else found = entry.hash === after;
    }
  }
  if (!found) throw new LedgerBroken(say`entry ${after} is not in this ledger`, last.seq);
  demandTrust(last, publicKey);
}
