import type { Diagnostic } from "../../model/diagnostic.ts";
import { openOutcomes, unsettledIn } from "./open-outcomes.ts";
import type { Project, View, Writers } from "../project/project.ts";
import { readyToWrite } from "../project/ready.ts";
import { lockedDiagnostic } from "./settle.ts";
import { settleOpen } from "./settle-open.ts";

/**
 * Reads the account and records the outcomes that it reveals. Returns a warning for each write that
 * is still unsettled, or errors if nothing could be recorded.
 */
export async function settleByReading(
  project: Project,
  view: View,
  writers: Writers,
): Promise<readonly Diagnostic[]> {
  const ready = await readyToWrite(project, view, writers);
  if (!ready.ok) return ready.diagnostics;
  if (ready.value.founding || unsettledIn(await view.state()).length === 0) return [];
  const lease = await writers.lease({});
  if ("heldBy" in lease) return [lockedDiagnostic(lease)];
  try {
    await settleOpen(
      { ...view, ledgerKey: ready.value.ledgerKey },
      { journal: lease.journal, sink: writers.sink, kinds: project.kinds },
    );
    return openOutcomes(await view.state());
  } finally {
    await lease.release();
  }
}
