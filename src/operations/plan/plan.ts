import type { Address } from "../../model/address.ts";
import type { Checked, Diagnostic } from "../../model/diagnostic.ts";
import { appliedView, type LedgerState } from "../../model/ledger/ledger-state.ts";
import type { Plan } from "../../model/plan/plan.ts";
import type { Desired } from "../../model/resource.ts";
import { say } from "../../model/text/say.ts";
import { type PlanInput, plan, planAgain, type Reviewed } from "../../plan/plan.ts";
import { keyedBy } from "../../model/ledger/applied-fields.ts";
import { dayIn } from "./day.ts";
import { readScope } from "./read-scope.ts";
import { ledgerRemarks } from "./ledger-remarks.ts";
import { type Extent, type Observation, observe } from "./observe.ts";
import { type Policing, readPolicing } from "../project/policy.ts";
import type { Project, View } from "../project/project.ts";
import { foundedFor, otherAccount } from "../project/ready.ts";
import { type Narrowing, widenTargets } from "./targets.ts";
import { backendTrouble } from "../project/backend-diagnostic.ts";
import { validate } from "../project/validate.ts";
import { presume } from "../settle/infer-outcome.ts";
import { beginReading, type Waited } from "../settle/waited.ts";

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
  const read = await readFor(project, view, {
    desired,
    scope: scope.value,
    ...(asOf !== undefined && { asOf }),
  });
  if (!read.ok) return read;
  const { input, observation } = read.value;
  const made = plan(input);
  const placed = (await desired.value.findPlaces?.()) ? plan(input) : made;
  return { ...read, value: { plan: placed, desired: desired.value, observation } };
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
  const read = await readFor(project, view, { desired, scope });
  if (!read.ok) return read;
  const { input, observation } = read.value;
  const again = planAgain(detached ? { ...input, detached } : input, reviewed);
  return { ...read, value: { ...again, observation } };
}

/** Manifests that compiled, with warnings. */
export type Compiled = Checked<Desired> & { readonly ok: true };

interface Asked {
  readonly desired: Compiled;
  readonly scope: readonly Address[] | undefined;
  readonly asOf?: string;
}

interface ReadInput {
  readonly input: PlanInput;
  readonly observation: Observation;
}

/** Reads the account and gathers the input for planning. */
async function readFor(
  project: Project,
  view: View,
  { desired, scope, asOf }: Asked,
): Promise<Checked<ReadInput>> {
  const policies = await readPolicing(project);
  if (!policies.ok) return policies;
  try {
    // Taken before reading: entries that are written later may not be visible in the read.
    const [now, state] = [view.now(), await view.state()];
    const toRead: Extent = policies.value?.needsAccount
      ? { parallelism: project.settings.parallelism }
      : readScope(project, desired.value, { scope, state });
    const reading = beginReading(view);
    const observation = await observe(project.kinds, view, toRead);
    const foreign = otherAccount(state, foundedFor(project, view, observation.account.id));
    if (foreign) return { ok: false, diagnostics: [foreign] };
    const { waited } = reading();
    return await inputOf(project, view, {
      ...{
        desired,
        policies: policies.value,
        now,
        state,
        waited,
        observation,
        scope,
        known: toRead.known,
      },
      asOf: asOf ?? dayIn(project.settings, now),
      hypothetical: asOf !== undefined,
    });
  } catch (error) {
    return {
      ok: false,
      diagnostics: [
        ...desired.diagnostics,
        backendTrouble(error, say`the account could not be read, so nothing was planned`),
      ],
    };
  }
}

interface Basis extends Required<Asked> {
  readonly hypothetical: boolean;
  readonly policies: Policing | undefined;
  readonly now: string;
  readonly state: LedgerState;
  readonly waited: Waited;
  readonly observation: Observation;
  readonly known: Extent["known"];
}

async function inputOf(project: Project, view: View, given: Basis): Promise<Checked<ReadInput>> {
  const { desired, policies, observation, state, scope, asOf } = given;
  const catalogue = view.catalogue(observation.catalogue, asOf);
  if (!catalogue.ok) return catalogue;
  const input: PlanInput = {
    ...known(project, view, given),
    desired: desired.value,
    account: { ...observation.account, adapter: view.reader.name },
    catalogue: catalogue.value,
    asOf,
    ...(given.hypothetical && { hypothetical: true }),
    basis: {
      ...(await basis(project, view, { state, desired: desired.value })),
      ...(policies && { policies: policies.digest }),
    },
    ...(policies && {
      judge: (made, world) => policies.plan(made, desired.value.resources, world),
    }),
    ...(view.reader.cost && { cost: view.reader.cost }),
    ...(scope && { scope }),
    ...(desired.value.partial && { partial: true }),
    ...(given.known && { known: given.known }),
  };
  const diagnostics = [
    ...ledgerRemarks(project, view, state),
    ...desired.diagnostics,
    ...catalogue.diagnostics,
  ];
  return { ok: true, value: { input, observation }, diagnostics };
}

function known(project: Project, view: View, { state, observation, waited, now }: Basis) {
  const { settings, kinds } = project;
  const keyed = keyedBy(view.ledgerKey);
  const presumed = presume(
    observation.observed,
    { state, kinds, supports: view.reader.supports, waited, keyed },
    now,
  );
  return {
    kinds,
    supports: view.reader.supports,
    observed: presumed.observed,
    applied: appliedView(presumed.state, keyed, presumed.open),
    open: Object.values(presumed.state.open).map(({ change, address }) => ({ change, address })),
    guards: settings.guards,
    ...(settings.approvals && { approvals: settings.approvals.rules }),
    exclusive: settings.exclusive,
  };
}

async function basis(
  project: Project,
  view: View,
  { state, desired }: { readonly state: LedgerState; readonly desired: Desired },
): Promise<Plan["basis"]> {
  const { settingsDigest, commit, localChanges, environment } = project;
  const authors = await project.authors?.(state.lastRun?.commit);
  return {
    ledger: { id: state.id || view.plannedLedgerId(), head: state.head },
    manifests: desired.digest,
    settings: settingsDigest,
    ...(commit !== undefined && { commit }),
    ...(localChanges && { localChanges }),
    ...(environment !== undefined && { environment }),
    ...(authors && { authors }),
  };
}

/** The problems that prevent a plan from being applied. */
export function blockingProblems(made: Plan): readonly Diagnostic[] {
  return made.problems.filter(({ severity }) => severity === "error");
}
