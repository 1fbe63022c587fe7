import { readyToWrite } from "../project/ready.ts";
import { lockedDiagnostic } from "../settle/settle.ts";
import { settleOpen } from "../settle/settle-open.ts";
import type { ApplyOptions, ApplyResult } from "./application.ts";
import type { LeasedAccount, ProjectAccount } from "./apply-run.ts";

/** Runs `work` under the lease, after open writes of earlier runs are settled. */
export async function withLease<T>(
  account: ProjectAccount,
  options: ApplyOptions,
  work: (leased: LeasedAccount) => Promise<T>,
): Promise<T | ApplyResult> {
  const { project, view, writers } = account;
  const { plan, wait } = options;
  const ready = await readyToWrite(project, view, writers, plan);
  if (!ready.ok) return { status: "refused", diagnostics: ready.diagnostics };
  const { ledgerKey, founding } = ready.value;
  const lease = await writers.lease({
    ...(founding && { founding }),
    ...(wait !== undefined && { wait }),
  });
  if ("heldBy" in lease)
    return { status: "locked", diagnostics: [lockedDiagnostic(lease)], held: lease };
  const { journal, confirm } = lease;
  try {
    const keyed = { ...view, ledgerKey };
    await settleOpen(keyed, { journal, sink: writers.sink, kinds: project.kinds });
    return await work({ project, view: keyed, writers, journal, confirm, ledgerKey });
  } finally {
    await lease.release();
  }
}
