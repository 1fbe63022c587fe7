import type { Checked, Diagnostic } from "../../model/diagnostic.ts";
import type { Plan } from "../../model/plan/plan.ts";
import type { Readings } from "../../model/snapshot/readings.ts";
import type { Desired } from "../../model/resource.ts";
import { plan, planAgain, type Reviewed } from "../../plan/plan.ts";
import { readPolicing } from "../project/policy.ts";
import type { Project, SnapshotUse, View } from "../project/project.ts";
import { validate } from "../project/validate.ts";
import { nameDrift } from "./name-drift.ts";
import type { Observation } from "./observe.ts";
import type { Compiled, PlanQuestion, ReadInput } from "./plan-input.ts";
import { readForPlan } from "./read-for-plan.ts";
import { type Narrowing, widenTargets } from "./targets.ts";

/**
 * What to plan: all files or only `paths`. `asOf` (YYYY-MM-DD) plans for another date, only for
 * viewing; by default the account's date is used.
 */
export interface PlanOptions extends Narrowing {
  readonly paths?: readonly string[];
  readonly asOf?: string;
  /** Uses a snapshot of the account. */
  readonly snapshot?: SnapshotUse;
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
  const question = { desired, scope: scope.value, ...(asOf !== undefined && { asOf }) };
  const read = await readAndPlan(project, view, { ...question, use: options.snapshot });
  if (!read.ok) return read;
  const { input, observation, made, readings } = read.value;
  const placed = (await desired.value.findPlaces?.()) ? plan(input) : made;
  const named = await nameDrift(view, await view.state(), placed);
  const dated = { ...named.plan, ...(readings && { readings }) };
  return {
    ok: true,
    value: { plan: dated, desired: desired.value, observation },
    diagnostics: [...read.diagnostics, ...named.diagnostics],
  };
}

/**
 * Reads the account, by the snapshot if plans may use one. A narrowed plan reads only what it needs
 * anyway, and policies that look at the account are judged on an account that was read for them.
 */
async function readAndPlan(
  project: Project,
  view: View,
  { use, ...question }: PlanQuestion & { readonly use: SnapshotUse | undefined },
): Promise<Checked<ReadInput & { readonly made: Plan; readonly readings?: Readings }>> {
  if (use && question.scope === undefined) {
    const policies = await readPolicing(project);
    if (!policies.ok) return policies;
    if (!policies.value?.needsAccount) {
      const { planFromSnapshot } = await import("../snapshot/plan-from-snapshot.ts");
      return planFromSnapshot(project, view, { ...question, use, policies: policies.value });
    }
  }
  const read = await readForPlan(project, view, question);
  return read.ok ? { ...read, value: { ...read.value, made: plan(read.value.input) } } : read;
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
