import { resolve } from "node:path";
import type { Settings } from "../../model/generated/settings.ts";
import { fileLedger } from "./file.ts";
import { gitLedger } from "./git.ts";
import type { StoredLedger } from "./stored.ts";

export { ledgerStates, openLedgerState } from "./checkpoint.ts";
export { verify } from "./verify.ts";

type LedgerSettings = NonNullable<Settings["ledger"]>;

interface Surroundings {
  /** The project's folder, which paths in the settings start from. */
  readonly root: string;
  readonly now: () => Date;
}

const ledgers = {
  file: ({ path }: LedgerSettings, { root, now }: Surroundings) => fileLedger({ path: fileLedgerPath(path, root), now }),
  git: ({ path = ".", remote = "origin", branch = "partnerctl-ledger" }: LedgerSettings, { root, now }: Surroundings) =>
    gitLedger({ folder: resolve(root, path), remote, branch, now }),
} satisfies Record<NonNullable<LedgerSettings["type"]>, (settings: LedgerSettings, around: Surroundings) => StoredLedger>;

/** The ledger the settings name. Nothing is read or made before it is used. */
export function openLedger(settings: LedgerSettings = {}, around: Surroundings): StoredLedger {
  return ledgers[settings.type ?? "file"](settings, around);
}

/** Where a file ledger is kept. */
export function fileLedgerPath(path: string | undefined, root: string): string {
  return resolve(root, path ?? ".partnerctl/ledger.jsonl");
}
