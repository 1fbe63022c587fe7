import { type Approval, type Examine, readStatement } from "../model/plan/approval.ts";
import { type Diagnostic, diagnostic } from "../model/diagnostic.ts";
import type { Entry } from "../model/ledger/ledger.ts";
import { say } from "../model/text/phrase.ts";

/**
 * Verifies the approvals in a ledger again, as of when each run was opened. Returns errors for
 * invalid signatures and warnings for signers who are no longer allowed.
 */
export async function keptApprovals(
  entries: AsyncIterable<Entry>,
  examine: Examine,
): Promise<readonly Diagnostic[]> {
  const found: Diagnostic[] = [];
  for await (const entry of entries) {
    if (entry.type !== "run-opened") continue;
    for (const approval of entry.approvals ?? [])
      found.push(...(await held(entry, approval, examine)));
  }
  return found;
}

async function held(
  { run, plan, at }: Entry & { readonly type: "run-opened" },
  approval: Approval,
  examine: Examine,
): Promise<readonly Diagnostic[]> {
  const from = say`run ${run}, approved by ${approval.principal}`;
  const { statement, signature } = approval;
  const said = readStatement(statement);
  const signer = await examine({ from, statement, signature }, [approval.at, at]);
  if (!signer.ok)
    return signer.diagnostics.map((one) => ({
      ...one,
      severity: broken.includes(one.code) ? "error" : "warning",
    }));
  const { names, fingerprint } = signer.value;
  if (
    said?.plan === plan &&
    said.at === approval.at &&
    fingerprint === approval.fingerprint &&
    names.includes(approval.principal)
  )
    return [];
  const message = say`${from}: the words that were signed are not what the entry says.`;
  return [
    diagnostic({
      severity: "error",
      code: "approval/changed",
      message,
      hint: say`The entry was altered after the run.`,
    }),
  ];
}

const broken: readonly string[] = ["approval/changed", "approval/purpose"];
