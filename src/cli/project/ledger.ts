import { join } from "node:path";
import type { Checked, Diagnostic } from "../../model/diagnostic.ts";
import type { Founding } from "../../model/ledger/ledger.ts";
import { keyGone, noKey, otherKey } from "../../model/ledger/ledger-key-problems.ts";
import { digestKey, publicKeyOf } from "../../model/ledger/ledger-keys.ts";
import type { LedgerState } from "../../model/ledger/ledger-state.ts";
import {
  fileLedgerPath,
  ledgerStates,
  ledgerTraits,
  memoryOf,
  openLedger,
  openLedgerState,
} from "../../store/ledger/index.ts";
import { ensureLedgerKey, ledgerKey } from "../../store/ledger/key.ts";
import type { StoredLedger } from "../../store/ledger/chain/stored-ledger.ts";
import type { Workspace } from "./project.ts";

/** Opens the ledger of the settings for reading. */
export function openStoredLedger(workspace: Workspace): StoredLedger {
  return openLedger(workspace.project.settings.ledger, around(workspace));
}

/** Opens the ledger for appending, with its key if available. */
export function openToAppend(workspace: Workspace, founding?: Founding): StoredLedger {
  const key = keyOf(workspace);
  return openLedger(workspace.project.settings.ledger, {
    ...around(workspace),
    ...(key && { key }),
    ...(founding && { founding }),
  });
}

/** Returns a function that reads the ledger's current state. */
export function statesOf({ root }: Workspace, ledger: StoredLedger): () => Promise<LedgerState> {
  return ledgerStates(ledger, join(root, ".partnerctl", "cache"));
}

/** Reads the ledger's state, ignoring the public key in the settings. */
export function stateUnderAnyKey(workspace: Workspace): Promise<LedgerState> {
  const { publicKey: _, ...settings } = workspace.project.settings.ledger;
  return openLedgerState(openLedger(settings, around(workspace)));
}

/** The id that the ledger will have once created; stable until then. Empty if unknown. */
export function plannedLedgerId(workspace: Workspace): string {
  return memoryOf(workspace.project.settings.ledger, around(workspace))?.plannedId() ?? "";
}

/**
 * The ledger's key: from the settings, or from the file beside a ledger that keeps its own.
 * Undefined if there is none.
 */
export function keyOf({ root, project }: Workspace): Uint8Array | undefined {
  const { path, key } = project.settings.ledger;
  if (key !== undefined) return key.trim() === "" ? undefined : Buffer.from(key.trim(), "utf8");
  return ledgerTraits(project.settings.ledger).ownKey
    ? ledgerKey(fileLedgerPath(path, root))
    : undefined;
}

/**
 * The ledger's key. Generates it for a new ledger that keeps its own. Undefined if a key is lost,
 * or must come from the settings and is absent.
 */
export function keyToMark(workspace: Workspace): Uint8Array | undefined {
  const { root, project } = workspace;
  return (
    keyOf(workspace) ??
    (keepsOwnKey(project)
      ? ensureLedgerKey(fileLedgerPath(project.settings.ledger.path, root))
      : undefined)
  );
}

/** Whether the ledger keeps its key in a file beside it and the settings give none. */
export function keepsOwnKey({ settings: { ledger } }: Workspace["project"]): boolean {
  return ledgerTraits(ledger).ownKey && ledger.key === undefined;
}

/**
 * The key for digests of personal values. Generated only for a ledger that does not exist yet: a
 * lost key is never replaced. Diagnostic if the key is missing or wrong.
 */
export function ensureDigestKey(workspace: Workspace, state: LedgerState): Checked<Uint8Array> {
  const key = state.id === "" ? keyToMark(workspace) : keyOf(workspace);
  const problem = keyProblem(workspace, state) ?? (key ? undefined : noKey);
  if (problem || !key) return { ok: false, diagnostics: [problem ?? noKey] };
  return { ok: true, value: digestKey(key), diagnostics: [] };
}

/**
 * Why the available key is not the ledger's, or is lost. Undefined if it is right, or if a key from
 * the settings is simply absent.
 */
export function keyProblem(workspace: Workspace, state: LedgerState): Diagnostic | undefined {
  const { root, project } = workspace;
  const { path, publicKey } = project.settings.ledger;
  const key = keyOf(workspace);
  const wanted = state.key ?? publicKey;
  if (key)
    return wanted === undefined || publicKeyOf(key) === wanted
      ? undefined
      : otherKey(publicKeyOf(key), wanted);
  return keepsOwnKey(project) && state.id !== "" ? keyGone(fileLedgerPath(path, root)) : undefined;
}

function around({ root }: Workspace) {
  return { root, state: join(root, ".partnerctl"), now: () => new Date() };
}
