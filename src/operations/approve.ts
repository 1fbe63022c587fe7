import { type Approval, type Examine, isNote, statementOf } from "../model/plan/approval.ts";
import type { Checked } from "../model/diagnostic.ts";
import type { Plan } from "../model/plan/plan.ts";
import { say } from "../model/text/phrase.ts";
import { ofAnotherDay } from "./another-day.ts";

/**
 * The plan to approve. `sign` signs a statement, `examine` verifies the signature and returns the
 * signer.
 */
export interface ApproveOptions {
  readonly plan: Plan;
  readonly note?: string;
  /** RFC 3339, UTC. */
  readonly now: string;
  sign(statement: string): Promise<Checked<string>>;
  readonly examine: Examine;
}

/**
 * Makes a signed approval of a plan. Fails for an invalid note, for a plan that must not be
 * approved, and if the signer is not allowed to sign. Whether the approvals are enough is checked
 * by apply.
 */
export async function approve({
  plan,
  note,
  now,
  sign,
  examine,
}: ApproveOptions): Promise<Checked<Approval>> {
  if (note !== undefined && !isNote(note)) return badNote;
  const looking = ofAnotherDay(plan);
  if (looking) return { ok: false, diagnostics: [looking] };
  const at = now.replace(/\.\d+Z$/, "Z");
  const remark = note === undefined ? {} : { note };
  const statement = statementOf(plan, { at, ...remark });
  const signature = await sign(statement);
  if (!signature.ok) return signature;
  const signer = await examine(
    { from: say`this approval`, statement, signature: signature.value },
    [at],
  );
  if (!signer.ok) return signer;
  const [principal, ...aliases] = signer.value.names;
  const who = {
    principal,
    ...(aliases.length > 0 && { aliases }),
    fingerprint: signer.value.fingerprint,
  };
  return {
    ok: true,
    value: { ...who, at, ...remark, statement, signature: signature.value },
    diagnostics: [],
  };
}

const badNote: Checked<never> = {
  ok: false,
  diagnostics: [
    {
      severity: "error",
      code: "approval/note",
      message: say`The note cannot be signed: it has to be one line of at most 500 characters, all of which can be seen.`,
      hint: say`Leave out line breaks, control characters and spaces at its ends.`,
    },
  ],
};
