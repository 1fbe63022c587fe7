import { join } from "node:path";
import type { Checked, Diagnostic } from "../../model/diagnostic.ts";
import type { Founding } from "../../model/ledger/ledger.ts";
import { keyGone, noKey, otherKey } from "../../model/ledger/ledger-key-problems.ts";
import { digestKey, publicKeyOf } from "../../model/ledger/ledger-keys.ts";
import type { LedgerState } from "../../model/ledger/ledger-state.ts";
import { fileLedgerPath, ledgerStates, ledgerTraits, memoryOf, openLedger, openLedgerState } from "../../store/ledger/index.ts";
import { ensureLedgerKey, ledgerKey } from "../../store/ledger/key.ts";
import type { StoredLedger } from "../../store/ledger/chain/stored-ledger.ts";
import type { Workspace } from "./project.ts";

/** The ledger the settings name, to be read. */
export function openStoredLedger(workspace: Workspace): StoredLedger {
  return openLedger(workspace.project.settings.ledger, around(workspace));
}

/** The same, to be written with the key at hand. */
export function openToAppend(workspace: Workspace, founding?: Founding): StoredLedger {
  const key = keyOf(workspace);
  return openLedger(workspace.project.settings.ledger, { ...around(workspace), ...(key && { key }), ...(founding && { founding }) });
}

/** What it adds up to, each time it is asked. */
export function statesOf({ root }: Workspace, ledger: StoredLedger): () => Promise<LedgerState> {
  return ledgerStates(ledger, join(root, ".partnerctl", "cache"));
}

/** What it adds up to, whoever's key signs it now. */
export function stateUnderAnyKey(workspace: Workspace): Promise<LedgerState> {
  const { publicKey: _, ...settings } = workspace.project.settings.ledger;
  return openLedgerState(openLedger(settings, around(workspace)));
}

/** The id the ledger gets when it is founded, the same until then. */
export function plannedLedgerId(workspace: Workspace): string {
  return memoryOf(workspace.project.settings.ledger, around(workspace))?.plannedId() ?? "";
}

/** The ledger's key: some are given it, others have it beside them. */
export function keyOf({ root, project }: Workspace): Uint8Array | undefined {
  const { path, key } = project.settings.ledger;
  if (key !== undefined) return key.trim() === "" ? undefined : Buffer.from(key.trim(), "utf8");
  return ledgerTraits(project.settings.ledger).ownKey ? ledgerKey(fileLedgerPath(path, root)) : undefined;
}

/** The same, made where the ledger keeps its own and is still to be founded. */
export function keyToMark(workspace: Workspace): Uint8Array | undefined {
  const { root, project } = workspace;
  return keyOf(workspace) ?? (keepsOwnKey(project) ? ensureLedgerKey(fileLedgerPath(project.settings.ledger.path, root)) : undefined);
}

/** Whether the ledger keeps its key beside it, and is not given one. */
export function keepsOwnKey({ settings: { ledger } }: Workspace["project"]): boolean {
  return ledgerTraits(ledger).ownKey && ledger.key === undefined;
}

/** The key personal values are digested with, made where the ledger is still to be founded; or why nothing may be written. Never is a lost key replaced by a new one. */
export function ensureDigestKey(workspace: Workspace, state: LedgerState): Checked<Uint8Array> {
  const key = state.id === "" ? keyToMark(workspace) : keyOf(workspace);
  const problem = keyProblem(workspace, state) ?? (key ? undefined : noKey);
  if (problem || !key) return { ok: false, diagnostics: [problem ?? noKey] };
  return { ok: true, value: digestKey(key), diagnostics: [] };
}

/** Why the key at hand is not the ledger's; undefined where it is, and where nothing is to be said of there being none. */
export function keyProblem(workspace: Workspace, state: LedgerState): Diagnostic | undefined {
  const { root, project } = workspace;
  const { path, publicKey } = project.settings.ledger;
  const key = keyOf(workspace);
  const wanted = state.key ?? publicKey;
  if (key) return wanted === undefined || publicKeyOf(key) === wanted ? undefined : otherKey(publicKeyOf(key), wanted);
  return keepsOwnKey(project) && state.id !== "" ? keyGone(fileLedgerPath(path, root)) : undefined;
}

function around({ root }: Workspace) {
  return { root, state: join(root, ".partnerctl"), now: () => new Date() };
}
