import type { Code } from "../../model/codes.ts";
import {
  type Approval,
  type Examine,
  readStatement,
  type SignedStatement,
  statementOf,
} from "../../model/plan/approval.ts";
import { type Checked, type Diagnostic, diagnostic } from "../../model/diagnostic.ts";
import type { Plan } from "../../model/plan/plan.ts";
import { say, type Wording } from "../../model/text/phrase.ts";
import { judge } from "../../plan/approval/approvals.ts";
import type { Project } from "../project/project.ts";

/**
 * Approvals as they were found, problems with their files, and the function that verifies
 * signatures.
 */
export interface Approvals {
  readonly given: readonly SignedStatement[];
  readonly diagnostics: readonly Diagnostic[];
  readonly examine: Examine;
  /** The plan's authors from a trusted source. Undefined if unknown. */
  readonly authors: readonly string[] | undefined;
}

/** The approvals that count, and whether at least one approver is not an author. */
export interface Counted {
  readonly approvals: readonly Approval[];
  readonly independent: boolean;
}

/**
 * Checks that a plan has the approvals that its `approvals` require. Pass a plan that was just
 * made: a saved file may have been altered. Returns the approvals that count, with warnings about
 * the others, or errors. Without approval settings, none are required.
 */
export async function checkApprovals(
  project: Project,
  plan: Plan,
  { now, approvals }: { readonly now: string; readonly approvals: Approvals | undefined },
): Promise<Checked<Counted>> {
  const rules = project.settings.approvals;
  if (!rules) return { ok: true, value: { approvals: [], independent: false }, diagnostics: [] };
  const { held, diagnostics } = await approvalsThatHold(plan, now, approvals);
  const judgement = judge(held, {
    needs: plan.approvals ?? [],
    rules,
    authors: approvals?.authors,
    now,
  });
  const refusals = [...diagnostics, ...judgement.diagnostics];
  return judgement.enough
    ? {
        ok: true,
        value: { approvals: judgement.counted, independent: judgement.independent },
        diagnostics: refusals.map((one) => ({ ...one, severity: "warning" })),
      }
    : { ok: false, diagnostics: refusals.map((one) => ({ ...one, severity: "error" })) };
}

/**
 * The approvals of this plan with valid signatures, and problems of the others. Does not check
 * whether they are enough.
 */
export async function approvalsThatHold(
  plan: Plan,
  now: string,
  approvals: Omit<Approvals, "authors"> | undefined,
): Promise<{ readonly held: readonly Approval[]; readonly diagnostics: readonly Diagnostic[] }> {
  const examined: Checked<Approval>[] = [];
  for (const signed of approvals?.given ?? [])
    if (approvals) examined.push(await admitted(plan, signed, { now, examine: approvals.examine }));
  const held = examined.flatMap((one) => (one.ok ? [one.value] : []));
  return {
    held,
    diagnostics: [
      ...(approvals?.diagnostics ?? []),
      ...examined.flatMap(({ diagnostics }) => diagnostics),
    ],
  };
}

/**
 * Verifies that an approval is for this plan and that its signature is valid both now and when it
 * was made.
 */
async function admitted(
  plan: Plan,
  signed: SignedStatement,
  { now, examine }: { readonly now: string; readonly examine: Examine },
): Promise<Checked<Approval>> {
  const { from, statement, signature } = signed;
  const said = readStatement(statement);
  if (!said)
    return refused(
      "approval/unreadable",
      say`${from} does not say what is approved.`,
      say`\`partnerctl approve PLAN\` writes an approval.`,
    );
  const { at, note } = said;
  if (statement !== statementOf(plan, said))
    return refused(
      "approval/changed",
      anotherPlan(plan, signed, said.plan),
      say`Have this plan approved.`,
    );
  const signer = await examine(signed, [at, now]);
  if (!signer.ok) return signer;
  const [principal, ...aliases] = signer.value.names;
  const { fingerprint } = signer.value;
  const value = {
    principal,
    ...(aliases.length > 0 && { aliases }),
    fingerprint,
    at,
    ...(note !== undefined && { note }),
    statement,
    signature,
  };
  return { ok: true, value, diagnostics: [] };
}

function anotherPlan(plan: Plan, { from }: SignedStatement, approved: string): Wording {
  return approved === plan.digest
    ? say`${from} approves this plan for another account or ledger: one of the two was changed.`
    : say`${from} approves another plan, ${approved}; this one is ${plan.digest}: one of the two was changed.`;
}

function refused(code: Code, message: Wording, hint: string): Checked<never> {
  return { ok: false, diagnostics: [diagnostic({ severity: "error", code, message, hint })] };
}
