import type { Checked, Diagnostic } from "../../model/diagnostic.ts";
import type { Plan } from "../../model/plan/plan.ts";
import type { Desired } from "../../model/resource.ts";
import { plan, planAgain, type Reviewed } from "../../plan/plan.ts";
import type { Project, View } from "../project/project.ts";
import { validate } from "../project/validate.ts";
import { nameDrift } from "./name-drift.ts";
import type { Observation } from "./observe.ts";
import type { Compiled } from "./plan-input.ts";
import { readForPlan } from "./read-for-plan.ts";
import { type Narrowing, widenTargets } from "./targets.ts";

/**
 * What to plan: all files or only `paths`. `asOf` (YYYY-MM-DD) plans for another date, only for
 * viewing; by default the account's date is used.
 */
export interface PlanOptions extends Narrowing {
  readonly paths?: readonly string[];
  readonly asOf?: string;
}

/** A plan with what it was made from. */
export interface Planned {
  readonly plan: Plan;
  readonly desired: Desired;
  readonly observation: Observation;
}

/** Compiles the manifests, reads the account and plans. Writes nothing. */
export async function planChanges(
  project: Project,
  view: View,
  options: PlanOptions,
): Promise<Checked<Plan>> {
  const planned = await planWith(project, view, options);
  return planned.ok ? { ...planned, value: planned.value.plan } : planned;
}

/** Like `planChanges`, but also returns what the plan was made from. */
export async function planWith(
  project: Project,
  view: View,
  options: PlanOptions,
): Promise<Checked<Planned>> {
  const desired = await validate(project, options.paths);
  if (!desired.ok) return desired;
  const scope = widenTargets(desired.value, project.kinds, options);
  if (!scope.ok) return scope;
  const { asOf } = options;
  const read = await readForPlan(project, view, {
    desired,
    scope: scope.value,
    ...(asOf !== undefined && { asOf }),
  });
  if (!read.ok) return read;
  const { input, observation } = read.value;
  const made = plan(input);
  const placed = (await desired.value.findPlaces?.()) ? plan(input) : made;
  const named = await nameDrift(view, await view.state(), placed);
  return {
    ok: true,
    value: { plan: named.plan, desired: desired.value, observation },
    diagnostics: [...read.diagnostics, ...named.diagnostics],
  };
}

/**
 * Plans a reviewed plan again from these manifests. Reads only what its changes, their guards and
 * checks need, but the whole account if the plan removes undeclared objects.
 */
export async function reviewAgain(
  project: Project,
  view: View,
  {
    reviewed,
    desired,
    detached,
  }: { readonly reviewed: Plan; readonly desired: Compiled; readonly detached?: boolean },
): Promise<Checked<Reviewed & Pick<Planned, "observation">>> {
  const whole =
    !detached &&
    reviewed.scope === undefined &&
    reviewed.changes.some(({ reason }) => reason === "exclusive");
  const scope = whole ? undefined : [...new Set(reviewed.changes.map(({ address }) => address))];
  const read = await readForPlan(project, view, { desired, scope });
  if (!read.ok) return read;
  const { input, observation } = read.value;
  const again = planAgain(detached ? { ...input, detached } : input, reviewed);
  return { ...read, value: { ...again, observation } };
}

/** The problems that prevent a plan from being applied. */
export function blockingProblems(made: Plan): readonly Diagnostic[] {
  return made.problems.filter(({ severity }) => severity === "error");
}
