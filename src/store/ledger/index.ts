import { resolve } from "node:path";
import type { Settings } from "../../model/generated/settings.ts";
import type { LedgerTraits } from "../../model/ledger/ledger.ts";
import { fileLedger, fileTraits } from "./file/file.ts";
import { gitLedger, gitTraits } from "./git/git.ts";
import { type LedgerMemory, ledgerMemory } from "./file/memory.ts";
import type { LedgerSigner } from "./chain/signed.ts";
import type { StoredLedger } from "./chain/stored-ledger.ts";

export { ledgerStates, openLedgerState } from "./chain/checkpoint.ts";
export { verify } from "./chain/verify.ts";

type LedgerSettings = Settings["ledger"];

interface Surroundings extends LedgerSigner {
  /** The project's folder, which paths in the settings start from. */
  readonly root: string;
  /** The folder in which this machine remembers what it has seen; it remembers nothing without one. */
  readonly state?: string;
}

interface LedgerType {
  readonly traits: LedgerTraits;
  /** What the ledger is called where this machine remembers it. */
  name(settings: LedgerSettings, root: string): string;
  open(settings: LedgerSettings, around: Surroundings): StoredLedger;
  /** The repository it is kept in, and its remote; missing where it is kept in none. */
  repository?(settings: LedgerSettings, root: string): LedgerRepository;
}

/** A repository's folder and the remote that is meant. */
export interface LedgerRepository {
  readonly folder: string;
  readonly remote: string;
}

const ledgers: Readonly<Record<LedgerSettings["type"], LedgerType>> = {
  file: {
    traits: fileTraits,
    name: ({ path }, root) => fileLedgerPath(path, root),
    open: (settings, around) =>
      fileLedger({ ...around, path: fileLedgerPath(settings.path, around.root), memory: memoryOf(settings, around) }),
  },
  git: {
    traits: gitTraits,
    name: ({ remote, branch }) => `${remote} ${branch}`,
    open: ({ path, remote, branch }, around) => gitLedger({ ...around, folder: resolve(around.root, path), remote, branch }),
    repository: ({ path, remote }, root) => ({ folder: resolve(root, path), remote }),
  },
};

/** The ledger the settings name. Nothing is read or made before it is used. Without a key nothing can be appended. */
export function openLedger(settings: LedgerSettings, around: Surroundings): StoredLedger {
  const { publicKey } = settings;
  return typeOf(settings).open(settings, { ...around, ...(publicKey !== undefined && { publicKey }) });
}

/** What the ledger can do that the settings name. */
export function ledgerTraits(settings: LedgerSettings): LedgerTraits {
  return typeOf(settings).traits;
}

/** The repository that the ledger the settings name is kept in; undefined where it is kept in none. */
export function ledgerRepository(settings: LedgerSettings, root: string): LedgerRepository | undefined {
  return typeOf(settings).repository?.(settings, root);
}

/** What this machine remembers of the ledger the settings name. */
export function memoryOf(settings: LedgerSettings, { root, state }: Pick<Surroundings, "root" | "state">): LedgerMemory | undefined {
  return state === undefined ? undefined : ledgerMemory(state, typeOf(settings).name(settings, root));
}

function typeOf({ type }: LedgerSettings): LedgerType {
  return ledgers[type];
}

/** Where a file ledger is kept. */
export function fileLedgerPath(path: string, root: string): string {
  return resolve(root, path);
}
