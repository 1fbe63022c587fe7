import { type Checked, type Diagnostic, hasErrors } from "../../model/diagnostic.ts";
import { noHash } from "../../model/ledger/ledger.ts";
import type { Plan } from "../../model/plan/plan.ts";
import type { Desired } from "../../model/resource.ts";
import { say } from "../../model/text/phrase.ts";
import { declaredBy } from "../../plan/declared-by.ts";
import type { Reviewed } from "../../plan/plan.ts";
import { blockingProblems, type Planned, planWith, reviewAgain } from "../plan/plan.ts";
import { readPolicing } from "../project/policy.ts";
import type { Project, View } from "../project/project.ts";
import { refusal } from "../project/ready.ts";
import type { ApplyOptions } from "./application.ts";
import type { ProjectAccount } from "./apply-run.ts";
import { validate } from "../project/validate.ts";

/** The plan to apply, and the account as it was read for it. */
export type PlanToApply = Reviewed & Pick<Planned, "observation">;

/** The plan to apply: a new one, or the reviewed one, checked and planned again. */
export async function planToApply(
  account: ProjectAccount,
  options: ApplyOptions,
): Promise<Checked<PlanToApply>> {
  const { project, view } = account;
  const { plan: reviewed, detached } = options;
  if (!reviewed) {
    const planned = await planWith(project, view, options);
    return planned.ok
      ? { ...planned, value: { ...planned.value, dropped: new Map(), notes: [] } }
      : planned;
  }
  const desired = await checkPlan(account, reviewed, options);
  if (!desired.ok) return desired;
  if (hasErrors(blockingProblems(reviewed)))
    return { ok: false, diagnostics: blockingProblems(reviewed) };
  return reviewAgain(project, view, { reviewed, desired, ...(detached && { detached }) });
}

/**
 * Checks that a saved plan may be applied: it is not spent, the ledger has the entry it was made
 * after, and manifests, settings and policies are unchanged. Returns the manifests or, for a
 * detached plan, the resources that the plan itself declares. A detached plan must have a valid
 * mark. Account and ledger id are checked by `readyToWrite`.
 */
async function checkPlan(
  { project, view }: ProjectAccount,
  plan: Plan,
  options: ApplyOptions,
): Promise<Checked<Desired>> {
  if (options.detached && !options.marked) return { ok: false, diagnostics: [unmarked] };
  const { ids } = await view.state();
  const desired: Checked<Desired> = options.detached
    ? {
        ok: true,
        value: declaredBy(plan, project.kinds, (address) => ids[address]),
        diagnostics: [],
      }
    : await ofManifests(project, plan, options.paths);
  const problems = await ofLedger(view, plan);
  if (desired.ok && problems.length === 0) return desired;
  return { ok: false, diagnostics: desired.ok ? problems : [...problems, ...desired.diagnostics] };
}

/**
 * Without manifests, only the ledger's entries since the plan was made show whether it is still
 * wanted. The entry named in the plan must therefore be authentic.
 */
const unmarked: Diagnostic = {
  severity: "error",
  code: "plan/unmarked",
  message: say`This plan does not bear the ledger's mark, so nothing proves after which entry of the ledger it was made.`,
  hint: say`Apply it with the manifests it was made from; or plan again where the ledger's key is at hand.`,
};

async function ofLedger(view: View, plan: Plan): Promise<readonly Diagnostic[]> {
  const { ledger } = plan.basis;
  const state = await view.state();
  if (state.spent[plan.digest] !== undefined)
    return [refusal("plan/spent", say`This plan has been applied before; a plan is applied once.`)];
  if (ledger.head === noHash || (await has(view, ledger.head))) return [];
  return [
    refusal("plan/other-ledger", say`The ledger does not hold the entry this plan was made after.`),
  ];
}

async function has(view: View, head: string): Promise<boolean> {
  try {
    for await (const _ of view.ledger.entries(head)) break;
    return true;
  } catch {
    return false;
  }
}

async function ofManifests(
  project: Project,
  plan: Plan,
  paths: readonly string[] | undefined,
): Promise<Checked<Desired>> {
  const desired = await validate(project, paths);
  if (!desired.ok) return desired;
  const policies = await readPolicing(project);
  if (!policies.ok) return policies;
  const moved = [
    ...(desired.value.digest === plan.basis.manifests ? [] : [say`the manifests`]),
    ...(project.settingsDigest === plan.basis.settings ? [] : [say`the settings`]),
    ...(policies.value?.digest === plan.basis.policies ? [] : [say`the policies`]),
  ];
  if (moved.length === 0) return desired;
  const refused = refusal(
    "plan/outdated",
    say`Since this plan was made, ${{ all: moved }} changed.`,
  );
  const hint = say`Plan again; or apply it as it was reviewed with --detached, which is recorded.`;
  return { ok: false, diagnostics: [{ ...refused, hint }] };
}
