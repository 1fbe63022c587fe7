import {
  type Entry,
  type Hash,
  type Ledger,
  LedgerBroken,
  type LedgerReader,
  LedgerRefused,
  noHash,
} from "../../../model/ledger/ledger.ts";
import { say, type Wording } from "../../../model/text/phrase.ts";
import { type Appended, type Batch, beginning, type Position, readChain } from "./chain.ts";
import { firstEntry, lastAppend } from "./ends.ts";
import { distrust } from "./signing.ts";
import type { Measure, Snapshot } from "./snapshot.ts";
import { diagnostic } from "../../../model/diagnostic.ts";

/** A ledger's current lines, compared with what this clone has seen before. */
export interface Sighting extends Snapshot {
  /** Describes what was seen before and is missing now. Omitted if nothing is missing. */
  readonly gone?: Wording;
  /**
   * Records the ledger up to this position as seen; it must be present from now on. Only for
   * positions whose signatures were verified.
   */
  saw(end: Position): Promise<void>;
}

/** Stores a ledger's lines without interpreting them: in a file, a branch or a table. */
export interface Storage {
  readonly traits: LedgerReader["traits"];
  /** The storage's name in messages: a file, or a remote and a branch. */
  readonly where: string;
  readonly measure: Measure;
  look(): Promise<Sighting>;
  /**
   * Appends lines if `after` is still the head, and returns the new head; durable on return. Throws
   * LedgerMoved if it is not.
   */
  extend(
    after: Hash,
    lines: (end: Position, snapshot: () => Promise<Snapshot>) => Promise<Appended>,
  ): Promise<Hash>;
  /**
   * Restores the newest signed head that is known here and keeps the replaced lines. Throws
   * LedgerRefused or LedgerUnavailable if it cannot.
   */
  repair(): Promise<Repair>;
}

/** The result of a repair. */
export interface Repair {
  /** The number of the last entry. */
  readonly seq: number;
  readonly head: Hash;
  /** Set if something was repaired. */
  readonly restored?: true;
  /** Where the replaced lines are kept. Omitted if there were none. */
  readonly aside?: string;
}

/** A ledger with access to its lines. */
export interface StoredLedger extends Ledger {
  readonly where: string;
  /** The public key in the settings. */
  readonly publicKey?: string;
  /** The ledger's lines, even if something is missing that this clone has seen. */
  look(): Promise<Sighting>;
  /** The ledger's lines. Throws LedgerRefused if something is missing that this clone has seen. */
  snapshot(): Promise<Sighting>;
  repair(): Promise<Repair>;
  /**
   * Puts another key in force and returns the new head. Throws LedgerRefused if neither the current
   * key nor the settings confirm the new key.
   */
  rekey(change: Rekeying): Promise<Hash>;
}

/** A change of the ledger's key. */
export interface Rekeying {
  readonly next: Uint8Array;
  readonly actor: string;
  readonly reason?: string;
}

/** The methods that all stored ledgers share. */
export function readerOf(
  storage: Storage,
  publicKey?: string,
): Omit<StoredLedger, "append" | "rekey"> {
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

/**
 * Returns the sighting. Throws LedgerRefused (ledger/rolled-back) if something is missing that was
 * seen before.
 */
export function requirePresent(sighting: Sighting): Sighting {
  if (sighting.gone === undefined) return sighting;
  throw new LedgerRefused(
    diagnostic({
      severity: "error",
      code: "ledger/rolled-back",
      message: sighting.gone,
      hint: say`Find out who did it; \`partnerctl ledger repair\` brings back what this clone knows.`,
    }),
  );
}

/**
 * Reads and verifies the chain after a position. Throws LedgerBroken if it is invalid, or if an
 * atomic storage ends with an incomplete append.
 */
export async function* batches(
  snapshot: Snapshot,
  from: Position = beginning,
): AsyncGenerator<Batch> {
  let { offset, seq } = from;
  for await (const batch of readChain(snapshot, from)) {
    ({ offset, seq } = batch.end);
    yield batch;
  }
  if (snapshot.atomic && offset < snapshot.end)
    throw new LedgerBroken(say`What begins with entry ${seq + 1} has no end.`, seq + 1);
}

/** Throws LedgerRefused if the ledger's keys do not match the public key in the settings. */
export function demandTrust({ trust }: Position, publicKey: string | undefined): void {
  const wrong = trust && distrust(trust, publicKey);
  if (wrong === undefined) return;
  throw new LedgerRefused(
    diagnostic({
      severity: "error",
      code: "ledger/other-public-key",
      message: say`The ledger is not the one the settings mean: ${wrong}.`,
      hint: say`If its key was changed on purpose, let the new public key be reviewed and put into ledger.publicKey.`,
    }),
  );
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
  if (!found) throw new LedgerBroken(say`Entry ${after} is not in this ledger.`, last.seq);
  demandTrust(last, publicKey);
}
