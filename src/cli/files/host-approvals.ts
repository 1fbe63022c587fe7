import type { HostApproval } from "../../model/plan/approval.ts";
import type { Checked } from "../../model/diagnostic.ts";
import { say } from "../../model/text/say.ts";

/** The approvals on the host of this pipeline that count for its commit, or why it cannot be asked; undefined outside of a host's pipeline. */
export async function askHost(): Promise<Checked<readonly HostApproval[]> | undefined> {
  const { HostFailed, hostApprovals } = await import("../../store/hosts/index.ts");
  try {
    const value = await hostApprovals(process.env);
    return value && { ok: true, value, diagnostics: [] };
  } catch (error) {
    if (!(error instanceof HostFailed)) throw error;
    const message = say`The repository's host cannot be asked who approved this: ${error.message}.`;
    return { ok: false, diagnostics: [{ severity: "warning", code: "approval/host", message }] };
  }
}
