import type { Checked } from "../../model/diagnostic.ts";
import type { HostApproval } from "../../model/plan/approval.ts";
import { say } from "../../model/text/phrase.ts";
import { record } from "../../model/text/recorded.ts";
import { wordingOf } from "../../model/text/worded-error.ts";

/**
 * The approvals on the pipeline's host that apply to its commit. A warning `approval/host` if the
 * host cannot be asked; undefined outside a pipeline.
 */
export async function askHost(): Promise<Checked<readonly HostApproval[]> | undefined> {
  const { HostFailed, hostApprovals } = await import("../../store/hosts/index.ts");
  try {
    const value = await hostApprovals(process.env);
    return value && { ok: true, value, diagnostics: [] };
  } catch (error) {
    if (!(error instanceof HostFailed)) throw error;
    const message = say`The repository's host cannot be asked who approved this: ${wordingOf(error)}.`;
    return {
      ok: false,
      diagnostics: [record({ severity: "warning", code: "approval/host", message })],
    };
  }
}
