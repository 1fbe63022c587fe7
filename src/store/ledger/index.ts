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
  /** The project's folder. Paths in the settings are relative to it. */
  readonly root: string;
  /**
   * The folder in which this machine records what it has seen of ledgers. Nothing is recorded if
   * omitted.
   */
  readonly state?: string;
}

interface LedgerType {
  readonly traits: LedgerTraits;
  /** The ledger's name in this machine's memory. */
  name(settings: LedgerSettings, root: string): string;
  open(settings: LedgerSettings, around: Surroundings): StoredLedger;
  /**
   * The repository in which the ledger is stored, and its remote. Omitted if it is not in a
   * repository.
   */
  repository?(settings: LedgerSettings, root: string): LedgerRepository;
}

/** A repository's folder, and the remote to use. */
export interface LedgerRepository {
  readonly folder: string;
  readonly remote: string;
}

const ledgers: Readonly<Record<LedgerSettings["type"], LedgerType>> = {
  file: {
    traits: fileTraits,
    name: ({ path }, root) => fileLedgerPath(path, root),
    open: (settings, around) =>
      fileLedger({
        ...around,
        path: fileLedgerPath(settings.path, around.root),
        memory: memoryOf(settings, around),
      }),
  },
  git: {
    traits: gitTraits,
    name: ({ remote, branch }) => `${remote} ${branch}`,
    open: ({ path, remote, branch }, around) =>
      gitLedger({ ...around, folder: resolve(around.root, path), remote, branch }),
    repository: ({ path, remote }, root) => ({ folder: resolve(root, path), remote }),
  },
};

/**
 * The ledger in the settings. It is not accessed before its first use; without a key it cannot be
 * written. Throws LedgerUnavailable if the branch's name is invalid.
 */
export function openLedger(settings: LedgerSettings, around: Surroundings): StoredLedger {
  const { publicKey } = settings;
  return typeOf(settings).open(settings, {
    ...around,
    ...(publicKey !== undefined && { publicKey }),
  });
}

/** The capabilities of the ledger in the settings. */
export function ledgerTraits(settings: LedgerSettings): LedgerTraits {
  return typeOf(settings).traits;
}

/** The repository of the ledger in the settings; undefined if it is not in a repository. */
export function ledgerRepository(
  settings: LedgerSettings,
  root: string,
): LedgerRepository | undefined {
  return typeOf(settings).repository?.(settings, root);
}

/** This machine's memory of the ledger in the settings; undefined without a state folder. */
export function memoryOf(
  settings: LedgerSettings,
  { root, state }: Pick<Surroundings, "root" | "state">,
): LedgerMemory | undefined {
  return state === undefined
    ? undefined
    : ledgerMemory(state, typeOf(settings).name(settings, root));
}

function typeOf({ type }: LedgerSettings): LedgerType {
  return ledgers[type];
}

/** The absolute path of a file ledger. */
export function fileLedgerPath(path: string, root: string): string {
  return resolve(root, path);
}
