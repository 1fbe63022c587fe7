import type { Code } from "../../model/codes.ts";
import { type Checked, type Diagnostic, diagnostic } from "../../model/diagnostic.ts";
import type { Founding } from "../../model/ledger/ledger.ts";
import type { LedgerState } from "../../model/ledger/ledger-state.ts";
import type { Plan } from "../../model/plan/plan.ts";
import { say, type Wording } from "../../model/text/phrase.ts";
import { ofAnotherDay } from "../another-day.ts";
import type { Project, View, Writers } from "./project.ts";
import { backendTrouble } from "./backend-diagnostic.ts";

/** What is needed to write to the ledger. */
export interface LedgerWriter {
  /** The key for digests of personal data. */
  readonly ledgerKey: Uint8Array;
  /** Present if the ledger is not founded yet. */
  readonly founding?: Founding;
}

/**
 * Checks that the ledger may be written to with this key, for this account and project. A saved
 * plan must be made for this account and from this ledger. Writes nothing, and reads only the
 * account's id.
 */
export async function readyToWrite(
  project: Project,
  view: View,
  writers: Writers,
  plan?: Plan,
): Promise<Checked<LedgerWriter>> {
  const looking = plan && ofAnotherDay(plan);
  if (looking) return { ok: false, diagnostics: [looking] };
  const key = await writers.ensureLedgerKey();
  if (!key.ok) return key;
  const here = await foundingHere(project, view);
  if (!here.ok) return here;
  const state = await view.state();
  const problem =
    otherAccount(state, here.value) ??
    (plan && (ofAnotherAccount(plan, here.value, project) ?? ofAnotherLedger(view, plan, state)));
  if (problem) return { ok: false, diagnostics: [problem] };
  const founding = { ...here.value, ...(plan && { id: plan.basis.ledger.id }) };
  return {
    ok: true,
    value: { ledgerKey: key.value, ...(state.id === "" && { founding }) },
    diagnostics: [],
  };
}

/** What a new ledger of this account and project is founded with. */
async function foundingHere(project: Project, view: View): Promise<Checked<Founding>> {
  try {
    const { id } = await view.reader.account(view.signal);
    const founding = { id: view.plannedLedgerId(), ...foundedFor(project, view, id) };
    return { ok: true, value: founding, diagnostics: [] };
  } catch (error) {
    return {
      ok: false,
      diagnostics: [
        backendTrouble(error, say`The account could not be read, so nothing was applied`),
      ],
    };
  }
}

/** The account and the project that this project's ledger is founded for. */
export function foundedFor(
  { name = "." }: Project,
  { reader }: View,
  account: string,
): Omit<Founding, "id"> {
  const host = reader.host === undefined ? {} : { host: reader.host };
  return { account: { id: account, adapter: reader.name, ...host }, project: name };
}

/**
 * The error for a ledger that was founded for another account or project. Undefined if it fits or
 * is not founded yet.
 */
export function otherAccount(
  { foundedFor: founded }: LedgerState,
  { account, project }: Omit<Founding, "id">,
): Diagnostic | undefined {
  if (!founded) return undefined;
  const { account: its } = founded;
  const same =
    its.id === account.id && its.adapter === account.adapter && its.host === account.host;
  if (same && founded.project === project) return undefined;
  const [theirs, ours] = [told(founded), told({ account, project })];
  return diagnostic({
    severity: "error",
    code: "ledger/other-account",
    message: say`This ledger was founded for ${theirs}, and this is ${ours}.`,
    hint: say`Give each account, and each environment, a ledger of its own: ledger.path for a file, ledger.branch for git.`,
  });
}

function told({ account: { id, adapter, host }, project }: Omit<Founding, "id">): Wording {
  return host === undefined
    ? say`account ${id} (${adapter}), project ${project}`
    : say`account ${id} (${adapter} at ${host}), project ${project}`;
}

function ofAnotherAccount(
  { account, basis }: Plan,
  { account: here }: Founding,
  { environment }: Project,
): Diagnostic | undefined {
  if (here.id === account.id && here.adapter === account.adapter) return undefined;
  const message = say`This plan is for account ${account.id} (${account.adapter}), and here is ${here.id} (${here.adapter}).`;
  const its = basis.environment;
  if (its === environment) return refusal("plan/other-account", message);
  const hint =
    its === undefined
      ? say`The plan names no environment: leave out --env.`
      : say`The plan is for the environment ${its}: say --env ${its}.`;
  return diagnostic({ ...refusal("plan/other-account", message), hint });
}

/**
 * A plan made before its ledger existed contains the id that the ledger will get. The plan may
 * found the ledger only if no other machine can found another one: in a shared ledger, or on the
 * machine that made the plan.
 */
function ofAnotherLedger(view: View, { basis }: Plan, state: LedgerState): Diagnostic | undefined {
  const { id } = basis.ledger;
  if (id !== "" && state.id === "" && (view.ledger.traits.lasts || id === view.plannedLedgerId()))
    return undefined;
  if (id !== "" && id === state.id) return undefined;
  const message = say`This plan was made from ledger ${id || "(none)"}, and here is ${state.id || "none"}.`;
  return refusal("plan/other-ledger", message);
}

/** Why a saved plan is not applied, with the advice to plan again. */
export function refusal(code: Code, message: Wording): Diagnostic {
  return diagnostic({
    severity: "error",
    code,
    message,
    hint: say`Plan again and have the new plan reviewed.`,
  });
}
