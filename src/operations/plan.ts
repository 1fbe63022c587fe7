import type { Address } from "../model/address.ts";
import type { Checked, Diagnostic } from "../model/diagnostic.ts";
import { applied, type LedgerState } from "../model/ledger-state.ts";
import type { Observed } from "../model/observed.ts";
import type { Plan } from "../model/plan.ts";
import type { Desired } from "../model/resource.ts";
import { plan } from "../plan/plan.ts";
import { keyedBy } from "./applied-fields.ts";
import { observe, type Observation } from "./observe.ts";
import type { Project, View } from "./project.ts";
import { widen } from "./scope.ts";
import { backendTrouble } from "./trouble.ts";
import { validate } from "./validate.ts";
import { unsettled } from "./verdict.ts";

/** What to plan: some files only, some addresses only, what was written in some files; the date is the clock's unless given (YYYY-MM-DD). */
export interface PlanOptions {
  readonly paths?: readonly string[];
  readonly only?: readonly string[];
  readonly changedFiles?: readonly string[];
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
  const desired = validate(project, options.paths);
  if (!desired.ok) return desired;
  const scope = widen(desired.value, options);
  if (!scope.ok) return scope;
  try {
    // What is written after this need not show in what is read.
    const readAt = view.now();
    const observation = await observe(project.kinds, view, extent(project, desired.value, scope.value));
    return await decide(project, view, { desired, observation, readAt, scope: scope.value, options });
  } catch (error) {
    return { ok: false, diagnostics: [...desired.diagnostics, backendTrouble(error, "the account could not be read, so nothing was planned")] };
  }
}

interface Basis {
  readonly desired: Checked<Desired> & { readonly ok: true };
  readonly observation: Observation;
  readonly readAt: string;
  readonly scope: readonly Address[] | undefined;
  readonly options: PlanOptions;
}

async function decide(project: Project, view: View, { desired, observation, readAt, scope, options }: Basis): Promise<Checked<Planned>> {
  const asOf = options.asOf ?? readAt.slice(0, 10);
  const catalogue = view.catalogue(observation.catalogue, asOf);
  if (!catalogue.ok) return catalogue;
  const state = await view.state();
  const made = plan({
    ...known(project, view, { state, observed: observation.observed, readAt }),
    desired: desired.value,
    observed: observation.observed,
    account: { ...observation.account, adapter: view.reader.name },
    catalogue: catalogue.value,
    asOf,
    basis: basis(project, state, desired.value),
    ...(scope && { scope }),
  });
  const diagnostics = [...desired.diagnostics, ...catalogue.diagnostics];
  return { ok: true, value: { plan: made, desired: desired.value, observation }, diagnostics };
}

function known(project: Project, view: View, { state, observed, readAt }: { readonly state: LedgerState; readonly observed: readonly Observed[]; readonly readAt: string }) {
  const { settings, kinds } = project;
  const keyed = keyedBy(view.ledgerKey);
  const open = unsettled(observed, { state, kinds, supports: view.reader.supports, now: readAt, keyed });
  return {
    kinds,
    supports: view.reader.supports,
    applied: applied(state, keyed, open),
    guards: settings.guards ?? {},
    exclusive: settings.exclusive ?? [],
  };
}

function basis(project: Project, { id, head }: LedgerState, desired: Desired): Plan["basis"] {
  const { settingsDigest, commit, environment } = project;
  return {
    ledger: { id, head },
    manifests: desired.digest,
    settings: settingsDigest,
    ...(commit !== undefined && { commit }),
    ...(environment !== undefined && { environment }),
  };
}

/** A narrowed plan reads the children of the parents it is about; guards need the kinds without parents whole. */
function extent(project: Project, desired: Desired, scope: readonly Address[] | undefined) {
  const parallelism = project.settings.parallelism ?? 16;
  if (!scope) return { parallelism };
  const wanted = new Set<string>(scope);
  const relevant = desired.resources.filter((one) => wanted.has(one.address) || (one.parent !== undefined && wanted.has(one.parent)));
  const parents = new Set(relevant.map((one) => one.parent ?? one.address));
  const owners = desired.resources.filter((one) => parents.has(one.address));
  const kinds = new Map(project.kinds.map((kind) => [kind.name, kind]));
  const keys = new Set(owners.map((one) => `${one.kind}\n${kinds.get(one.kind)?.key(one.spec, one.name)}`));
  const ids = new Set(owners.flatMap((one) => one.pinnedId ?? []));
  return { parallelism, parents: (all: readonly Observed[]) => all.filter((one) => ids.has(one.id) || keys.has(`${one.kind}\n${one.key}`)) };
}

/** Those of a plan's problems that keep it from being applied. */
export function blocking(made: Plan): readonly Diagnostic[] {
  return made.problems.filter(({ severity }) => severity === "error");
}
