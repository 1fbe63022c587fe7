import type { Address } from "../../model/address.ts";
import type { Checked } from "../../model/diagnostic.ts";
import { keyedBy } from "../../model/ledger/applied-fields.ts";
import { appliedView, type LedgerState } from "../../model/ledger/ledger-state.ts";
import type { Plan } from "../../model/plan/plan.ts";
import type { Desired } from "../../model/resource.ts";
import type { PlanInput } from "../../plan/plan.ts";
import type { Policing } from "../project/policy.ts";
import { catalogueByDay } from "../project/catalogue-by-day.ts";
import type { Project, View } from "../project/project.ts";
import { presume } from "../settle/presume.ts";
import type { Proposals } from "../settle/read-proposals.ts";
import type { Waited } from "../settle/waited.ts";
import { ledgerRemarks } from "./ledger-remarks.ts";
import type { Extent, Observation } from "./observe.ts";

/** Manifests that compiled, with warnings. */
export type Compiled = Checked<Desired> & { readonly ok: true };

/** What to plan: the manifests, the addresses it is narrowed to, and the day. */
export interface PlanQuestion {
  readonly desired: Compiled;
  readonly scope: readonly Address[] | undefined;
  readonly asOf?: string;
}

/** The input for planning, and the reading it comes from. */
export interface ReadInput {
  readonly input: PlanInput;
  readonly observation: Observation;
}

/** What was read for planning. */
export interface AccountReading extends Required<PlanQuestion> {
  readonly hypothetical: boolean;
  readonly policies: Policing | undefined;
  readonly now: string;
  readonly state: LedgerState;
  readonly waited: Waited;
  readonly proposals: Proposals;
  readonly observation: Observation;
  readonly known: Extent["known"];
  readonly most?: PlanInput["most"];
}

/** Gathers the input for planning. Fails if the catalogue has errors. */
export async function makePlanInput(
  project: Project,
  view: View,
  given: AccountReading,
): Promise<Checked<ReadInput>> {
  const { desired, policies, observation, state, scope, asOf } = given;
  const catalogue = view.catalogue(observation.catalogue, asOf);
  if (!catalogue.ok) return catalogue;
  const input: PlanInput = {
    ...known(project, view, given),
    desired: desired.value,
    account: { ...observation.account, adapter: view.reader.name },
    catalogue: catalogue.value,
    pricedOn: catalogueByDay(view, observation.catalogue).on,
    asOf,
    ...(given.hypothetical && { hypothetical: true }),
    basis: {
      ...(await planBasis(project, view, { state, desired: desired.value })),
      ...(policies && { policies: policies.digest }),
    },
    ...(policies && {
      judge: (made, world) => policies.plan(made, desired.value.resources, world),
    }),
    ...(view.reader.cost && { cost: view.reader.cost }),
    ...(scope && { scope }),
    ...(desired.value.partial && { partial: true }),
    ...(given.known && { known: given.known }),
    ...(given.most && { most: given.most }),
  };
  const diagnostics = [
    ...ledgerRemarks(project, view, state),
    ...desired.diagnostics,
    ...catalogue.diagnostics,
  ];
  return { ok: true, value: { input, observation }, diagnostics };
}

function known(
  project: Project,
  view: View,
  { state, observation, waited, proposals, now }: AccountReading,
) {
  const { settings, kinds } = project;
  const keyed = keyedBy(view.ledgerKey);
  const presumed = presume(
    observation.observed,
    { state, kinds, supports: view.reader.supports, waited, keyed, proposals },
    now,
  );
  return {
    kinds,
    supports: view.reader.supports,
    observed: presumed.observed,
    applied: appliedView(presumed.state, keyed, presumed.open),
    open: Object.values(presumed.state.open).map(({ change, address }) => ({ change, address })),
    guards: settings.guards,
    renewals: settings.renewals,
    ...(settings.billingDay !== undefined && { billingDay: settings.billingDay }),
    ...(settings.approvals && { approvals: settings.approvals.rules }),
    exclusive: settings.exclusive,
  };
}

async function planBasis(
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
