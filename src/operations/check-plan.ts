import type { Checked, Diagnostic } from "../model/diagnostic.ts";
import { noHash } from "../model/ledger.ts";
import type { Plan } from "../model/plan.ts";
import type { Desired } from "../model/resource.ts";
import { say } from "../model/say.ts";
import { declaredBy } from "../plan/declared-by.ts";
import { policing } from "./policy.ts";
import type { Project, View } from "./project.ts";
import { backendTrouble } from "./trouble.ts";
import { validate } from "./validate.ts";

/** Whether a saved plan may be applied here and now: for this account, from this ledger, never spent, from the manifests and settings as they are; gives these manifests, or for a detached plan what it says of its own. */
export async function checkPlan(
  project: Project,
  view: View,
  plan: Plan,
  options: { readonly detached?: boolean; readonly paths?: readonly string[] },
): Promise<Checked<Desired>> {
  const { ids } = await view.state();
  const desired: Checked<Desired> = options.detached
    ? { ok: true, value: declaredBy(plan, project.kinds, (address) => ids[address]), diagnostics: [] }
    : await ofManifests(project, plan, options.paths);
  const problems = [...(await ofAccount(view, plan)), ...(await ofLedger(view, plan))];
  if (desired.ok && problems.length === 0) return desired;
  return { ok: false, diagnostics: desired.ok ? problems : [...problems, ...desired.diagnostics] };
}

async function ofAccount(view: View, plan: Plan): Promise<readonly Diagnostic[]> {
  try {
    const { id } = await view.reader.account(view.signal);
    if (id === plan.account.id && view.reader.name === plan.account.adapter) return [];
    return [
      refusal(
        "plan/other-account",
        say`this plan is for account ${plan.account.id} (${plan.account.adapter}), and here is ${id} (${view.reader.name})`,
      ),
    ];
  } catch (error) {
    return [backendTrouble(error, say`the account could not be read, so nothing was applied`)];
  }
}

async function ofLedger(view: View, plan: Plan): Promise<readonly Diagnostic[]> {
  const { ledger } = plan.basis;
  const state = await view.state();
  if (state.spent[plan.digest] !== undefined)
    return [refusal("plan/spent", say`this plan has been applied before; a plan is applied once`)];
  const fresh = ledger.id === "" && Object.keys(state.spent).length === 0;
  if (!fresh && ledger.id !== state.id)
    return [refusal("plan/other-ledger", say`this plan was made from ledger ${ledger.id || "(none)"}, and here is ${state.id || "none"}`)];
  if (ledger.head === noHash || (await has(view, ledger.head))) return [];
  return [refusal("plan/other-ledger", say`the ledger does not hold the entry this plan was made after`)];
}

async function has(view: View, head: string): Promise<boolean> {
  try {
    for await (const _ of view.ledger.entries(head)) break;
    return true;
  } catch {
    return false;
  }
}

async function ofManifests(project: Project, plan: Plan, paths: readonly string[] | undefined): Promise<Checked<Desired>> {
  const desired = await validate(project, paths);
  if (!desired.ok) return desired;
  const policies = await policing(project);
  if (!policies.ok) return policies;
  const moved = [
    ...(desired.value.digest === plan.basis.manifests ? [] : [say`the manifests`]),
    ...(project.settingsDigest === plan.basis.settings ? [] : [say`the settings`]),
    ...(policies.value?.digest === plan.basis.policies ? [] : [say`the policies`]),
  ];
  if (moved.length === 0) return desired;
  const refused = refusal("plan/outdated", say`${moved.join(" and ")} changed since this plan was made`);
  const hint = say`plan again; or apply it as it was reviewed with --detached, which is recorded`;
  return { ok: false, diagnostics: [{ ...refused, hint }] };
}

function refusal(code: string, message: string): Diagnostic {
  return { severity: "error", code, message, hint: say`plan again and have the new plan reviewed` };
}
