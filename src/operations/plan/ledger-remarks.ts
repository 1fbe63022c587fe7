import type { Diagnostic } from "../../model/diagnostic.ts";
import { noPublicKey, shortKey } from "../../model/ledger/ledger-key-problems.ts";
import type { LedgerState } from "../../model/ledger/ledger-state.ts";
import { say } from "../../model/text/phrase.ts";
import type { Project, View } from "../project/project.ts";

/**
 * Warnings about the ledger for each plan and apply: it is not shared, or there is a problem with
 * its key.
 */
export function ledgerRemarks(
  { settings }: Project,
  view: View,
  state: LedgerState,
): readonly Diagnostic[] {
  const problem = view.keyProblem?.(state);
  const ofReal = view.reader.simulated ? [] : realRemarks(settings.ledger, view, state);
  return [...ofReal, ...(problem ? [{ ...problem, severity: "warning" as const }] : [])];
}

function realRemarks(
  ledger: Project["settings"]["ledger"],
  view: View,
  { key }: LedgerState,
): readonly Diagnostic[] {
  const { lasts, ownKey } = view.ledger.traits;
  if (!lasts && ledger.shared === undefined) return [notShared];
  if (ownKey) return [];
  const short = ledger.key !== undefined && ledger.key.length < 32 ? [shortKey] : [];
  return key !== undefined && ledger.publicKey === undefined ? [noPublicKey(key), ...short] : short;
}

const notShared: Diagnostic = {
  severity: "warning",
  code: "ledger/not-shared",
  message: say`The ledger is a file on this machine: what is applied from another machine is not known here, and could be ordered twice.`,
  hint: say`Keep it on a git branch (ledger: type: git); if only this machine applies, set ledger.shared to false.`,
};
