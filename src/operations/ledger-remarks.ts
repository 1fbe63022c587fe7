import type { Diagnostic } from "../model/diagnostic.ts";
import type { LedgerState } from "../model/ledger-state.ts";
import { say } from "../model/say.ts";
import type { Project, View } from "./project.ts";

/** What is to be said of the ledger whenever it is planned with or applied from. */
export function ledgerRemarks({ settings }: Project, view: View, state: LedgerState): readonly Diagnostic[] {
  const { lasts } = view.ledger.traits;
  const alone = !lasts && !view.reader.simulated && settings.ledger?.shared === undefined;
  const problem = view.keyProblem?.(state);
  return [...(alone ? [notShared] : []), ...(problem ? [{ ...problem, severity: "warning" as const }] : [])];
}

const notShared: Diagnostic = {
  severity: "warning",
  code: "ledger/not-shared",
  message: say`The ledger is a file on this machine: what is applied from another machine is not known here, and could be ordered twice.`,
  hint: say`keep it on a git branch (ledger: type: git); if only this machine applies, set ledger.shared to false`,
};
