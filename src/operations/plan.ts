import type { Address } from "../model/address.ts";
import type { Checked, Diagnostic } from "../model/diagnostic.ts";
import { applied, type LedgerState } from "../model/ledger-state.ts";
import type { Observed } from "../model/observed.ts";
import type { Plan } from "../model/plan.ts";
import type { Desired } from "../model/resource.ts";
import { say } from "../model/say.ts";
import { type PlanInput, plan, planAgain, type Reviewed } from "../plan/plan.ts";
import { keyedBy } from "./applied-fields.ts";
import { dayIn } from "./day.ts";
import { extent } from "./extent.ts";
import { ledgerRemarks } from "./ledger-remarks.ts";
import { type Extent, type Observation, observe } from "./observe.ts";
import { type Policing, policing } from "./policy.ts";
import type { Project, View } from "./project.ts";
import { foundedFor, otherAccount } from "./ready.ts";
import { type Narrowing, widen } from "./scope.ts";
import { backendTrouble } from "./trouble.ts";
import { validate } from "./validate.ts";
import { presume } from "./verdict.ts";

/** What to plan: some files only, some addresses only; the day is the account's unless one is given to look at (YYYY-MM-DD). */
export interface PlanOptions extends Narrowing {
  readonly paths?: readonly string[];
  readonly asOf?: string;
}

/** Everything a plan is made from. */
export interface Planned {
  readonly plan: Plan;
  readonly desired: Desired;
  readonly observation: Observation;
}

/** Compiles, reads the account and plans. Writes nothing, anywhere. */
export async function planChanges(project: Project, view: View, options: PlanOptions): Promise<Checked<Plan>> {
  const planned = await planWith(project, view, options);
  return planned.ok ? { ...planned, value: planned.value.plan } : planned;
}

/** The same, with what it was made from. */
export async function planWith(project: Project, view: View, options: PlanOptions): Promise<Checked<Planned>> {
  const desired = await validate(project, options.paths);
  if (!desired.ok) return desired;
  const scope = widen(desired.value, project.kinds, options);
  if (!scope.ok) return scope;
  const { asOf } = options;
  const read = await readFor(project, view, { desired, scope: scope.value, ...(asOf !== undefined && { asOf }) });
  if (!read.ok) return read;
  const { input, observation } = read.value;
  const made = plan(input);
  const placed = (await desired.value.findPlaces?.()) ? plan(input) : made;
  return { ...read, value: { plan: placed, desired: desired.value, observation } };
}

/** Plans again what somebody has reviewed, from these manifests: reads what its changes, their guards and rules look at, and the whole account only where it removes what nobody declares. */
export async function reviewAgain(
  project: Project,
  view: View,
  { reviewed, desired, detached }: { readonly reviewed: Plan; readonly desired: Compiled; readonly detached?: boolean },
): Promise<Checked<Reviewed & Pick<Planned, "observation">>> {
  const whole = !detached && reviewed.scope === undefined && reviewed.changes.some(({ reason }) => reason === "exclusive");
  const scope = whole ? undefined : [...new Set(reviewed.changes.map(({ address }) => address))];
  const read = await readFor(project, view, { desired, scope });
  if (!read.ok) return read;
  const { input, observation } = read.value;
  const again = planAgain(detached ? { ...input, detached } : input, reviewed);
  return { ...read, value: { ...again, observation } };
}

/** Manifests that compiled, and what was noticed. */
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

/** Everything planning rests on, the account read. */
async function readFor(project: Project, view: View, { desired, scope, asOf }: Asked): Promise<Checked<ReadInput>> {
  const policies = await policing(project);
  if (!policies.ok) return policies;
  try {
    // What is written after this need not show in what is read.
    const readAt = view.now();
    const toRead: Extent = policies.value?.needsAccount
      ? { parallelism: project.settings.parallelism ?? 16 }
      : extent(project, desired.value, { scope, state: await view.state() });
    const observation = await observe(project.kinds, view, toRead);
    const foreign = otherAccount(await view.state(), foundedFor(project, view, observation.account.id));
    if (foreign) return { ok: false, diagnostics: [foreign] };
    return await inputOf(project, view, {
      ...{ desired, policies: policies.value, observation, readAt, scope, known: toRead.known },
      asOf: asOf ?? dayIn(project.settings, readAt),
    });
  } catch (error) {
    return {
      ok: false,
      diagnostics: [...desired.diagnostics, backendTrouble(error, say`the account could not be read, so nothing was planned`)],
    };
  }
}

interface Basis extends Required<Asked> {
  readonly policies: Policing | undefined;
  readonly observation: Observation;
  readonly readAt: string;
  readonly known: Extent["known"];
}

async function inputOf(project: Project, view: View, given: Basis): Promise<Checked<ReadInput>> {
  const { desired, policies, observation, readAt, scope, asOf } = given;
  const catalogue = view.catalogue(observation.catalogue, asOf);
  if (!catalogue.ok) return catalogue;
  const state = await view.state();
  const input: PlanInput = {
    ...known(project, view, { state, observed: observation.observed, readAt }),
    desired: desired.value,
    observed: observation.observed,
    account: { ...observation.account, adapter: view.reader.name },
    catalogue: catalogue.value,
    asOf,
    basis: { ...(await basis(project, view, { state, desired: desired.value })), ...(policies && { policies: policies.digest }) },
    ...(policies && { judge: (made, world) => policies.plan(made, desired.value.resources, world) }),
    ...(view.reader.cost && { cost: view.reader.cost }),
    ...(scope && { scope }),
    ...(desired.value.partial && { partial: true }),
    ...(given.known && { known: given.known }),
  };
  const diagnostics = [...ledgerRemarks(project, view, state), ...desired.diagnostics, ...catalogue.diagnostics];
  return { ok: true, value: { input, observation }, diagnostics };
}

function known(
  project: Project,
  view: View,
  { state, observed, readAt }: { readonly state: LedgerState; readonly observed: readonly Observed[]; readonly readAt: string },
) {
  const { settings, kinds } = project;
  const keyed = keyedBy(view.ledgerKey);
  const presumed = presume(observed, { state, kinds, supports: view.reader.supports, now: readAt, keyed });
  return {
    kinds,
    supports: view.reader.supports,
    applied: applied(presumed.state, keyed, presumed.open),
    guards: settings.guards ?? {},
    ...(settings.approvals && { approvals: settings.approvals.rules }),
    exclusive: settings.exclusive ?? [],
  };
}

async function basis(
  project: Project,
  view: View,
  { state, desired }: { readonly state: LedgerState; readonly desired: Desired },
): Promise<Plan["basis"]> {
  const { settingsDigest, commit, environment } = project;
  const authors = await project.authors?.(state.lastRun?.commit);
  return {
    ledger: { id: state.id || view.plannedLedgerId(), head: state.head },
    manifests: desired.digest,
    settings: settingsDigest,
    ...(commit !== undefined && { commit }),
    ...(environment !== undefined && { environment }),
    ...(authors && { authors }),
  };
}

/** Those of a plan's problems that keep it from being applied. */
export function blocking(made: Plan): readonly Diagnostic[] {
  return made.problems.filter(({ severity }) => severity === "error");
}
