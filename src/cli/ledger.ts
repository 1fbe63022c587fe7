import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { join } from "node:path";
import type { Owner } from "../model/ledger.ts";
import type { LedgerState } from "../model/ledger-state.ts";
import { fileLedgerPath, ledgerStates, openLedger } from "../store/ledger/index.ts";
import { ensureLedgerKey, ledgerKey } from "../store/ledger/key.ts";
import type { StoredLedger } from "../store/ledger/stored.ts";
import type { Workspace } from "./project.ts";

/** The ledger the settings name. */
export function openStoredLedger({ root, project }: Workspace): StoredLedger {
  return openLedger(project.settings.ledger, { root, now: () => new Date() });
}

/** What it adds up to, each time it is asked. */
export function statesOf({ root }: Workspace, ledger: StoredLedger): () => Promise<LedgerState> {
  return ledgerStates(ledger, join(root, ".partnerctl", "cache"));
}

/** The key personal values are digested with: a git ledger is given it, a file ledger has it beside its file and with `make` gets one. */
export function keyOf({ root, project }: Workspace, make: boolean): Uint8Array | undefined {
  const { type = "file", path, key } = project.settings.ledger ?? {};
  if (key !== undefined) return Buffer.from(key, "utf8");
  if (type !== "file") return undefined;
  const file = fileLedgerPath(path, root);
  return make ? ensureLedgerKey(file) : ledgerKey(file);
}

/** This process as the holder of a lease. */
export function owner(actor: string): Owner {
  return { actor, host: hostname(), pid: process.pid, token: randomUUID() };
}
