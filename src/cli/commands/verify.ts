import { hasErrors } from "../../model/diagnostic.ts";
import type { Verification } from "../../model/history.ts";
import { keptApprovals } from "../../operations/kept-approvals.ts";
import { verify } from "../../store/ledger/index.ts";
import type { StoredLedger } from "../../store/ledger/stored.ts";
import { examiner } from "../approvals.ts";
import type { Invocation } from "../command.ts";
import { exitStatus } from "../exit-status.ts";
import type { Workspace } from "../project.ts";
import { inLedger } from "../workspace.ts";

/** Checks whether the ledger was tampered with. */
export async function run(invocation: Invocation): Promise<number> {
  const { words, flags, terminal } = invocation;
  const check = async (ledger: StoredLedger, workspace?: Workspace) => {
    const found = await withApprovals(await verify(ledger, flags.head), ledger, workspace);
    terminal.result(terminal.report.verification(found, terminal.style));
    return found.consistent && found.complete !== false && !hasErrors(found.problems) ? exitStatus.done : exitStatus.error;
  };
  return inLedger(invocation, check, words[0]);
}

/** Where the settings name signers, the signatures kept in a chain that is whole are checked too: they hold even if somebody wrote all of it anew. */
async function withApprovals(found: Verification, ledger: StoredLedger, workspace: Workspace | undefined): Promise<Verification> {
  if (!found.consistent || workspace?.project.settings.approvals === undefined) return found;
  const problems = await keptApprovals(ledger.entries(), examiner(workspace));
  return { ...found, problems: [...found.problems, ...problems] };
}
