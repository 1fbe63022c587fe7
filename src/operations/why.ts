import { similar } from "../model/text/similar.ts";
import type { Address } from "../model/address.ts";
import { type Checked, hasErrors, type Location } from "../model/diagnostic.ts";
import type { Explanation } from "../model/ledger/history.ts";
import type { Observed } from "../model/observed.ts";
import type { TermObject } from "../model/plan/renewals.ts";
import type { Desired, Resource } from "../model/resource.ts";
import { planWith } from "./plan/plan.ts";
import type { Project, View } from "./project/project.ts";

/** An explanation, and what the end of a term is told from. */
export interface ExplainedObject {
  readonly explanation: Explanation;
  readonly asOf: string;
  /** What the account has at the address. */
  readonly object?: TermObject;
  readonly offers: readonly Observed[];
}

/** Explains what a new plan would do to an address, and what the ledger knows about it. */
export async function why(
  project: Project,
  view: View,
  address: string,
): Promise<Checked<Explanation>> {
  const explained = await whyWith(project, view, address);
  return explained.ok ? { ...explained, value: explained.value.explanation } : explained;
}

/** Like `why`, with what the end of a term is told from. */
export async function whyWith(
  project: Project,
  view: View,
  address: string,
): Promise<Checked<ExplainedObject>> {
  const planned = await planWith(project, view, {});
  if (!planned.ok) return planned;
  const { plan, desired, observation } = planned.value;
  const resource = desired.resources.find((one) => one.address === address);
  const changes = plan.changes.filter((change) => change.address === address);
  const problems = plan.problems.filter((problem) => problem.address === address);
  const unmanaged = plan.unmanaged?.some(
    (ref) =>
      ref.id === address ||
      `${ref.kind}/${ref.id}` === address ||
      `${ref.kind}/${ref.key}` === address,
  );
  const state = await view.state();
  const binding = state.bindings[address as Address];
  const run = binding && (await runOf(view, binding.run));
  const upcoming = plan.upcoming?.filter((one) => one.address === address) ?? [];
  const explanation: Explanation = {
    address: address as Address,
    verdict: hasErrors(problems)
      ? "problem"
      : changes.length > 0
        ? "changes"
        : resource
          ? "unchanged"
          : unmanaged
            ? "unmanaged"
            : "unknown",
    changes,
    problems,
    ...(resource && { declaredAt: await placeOf(resource, desired) }),
    ...(binding?.id !== undefined && { id: binding.id }),
    ...(binding &&
      run && {
        lastApplied: {
          run: binding.run,
          at: binding.at,
          actor: run.actor,
          ...(run.commit !== undefined && { commit: run.commit }),
        },
      }),
    names: plan.names,
    ...(upcoming.length > 0 && { upcoming }),
    similar: resource
      ? []
      : nearest(
          address,
          desired.resources.map((one) => one.address),
        ),
  };
  const object = termObject(observation.observed, binding?.id, resource);
  const value: ExplainedObject = {
    explanation,
    asOf: plan.asOf,
    ...(object && { object }),
    offers: observation.catalogue,
  };
  return { ok: true, value, diagnostics: planned.diagnostics };
}

function termObject(
  all: readonly Observed[],
  id: string | undefined,
  resource: Resource | undefined,
): TermObject | undefined {
  const observed = all.find((one) => one.id.toLowerCase() === id?.toLowerCase());
  if (observed?.facts === undefined) return undefined;
  const { parentId = "" } = observed;
  return {
    observed,
    ...(resource && { address: resource.address, declared: resource.spec }),
    parentKey: all.find((one) => one.id === parentId)?.key ?? parentId,
  };
}

/** Suggests addresses with this name in any kind, otherwise similarly spelled ones. */
function nearest(address: string, all: readonly Address[]): readonly Address[] {
  const named = all.filter((one) => one.endsWith(`/${address}`));
  return named.length > 0 ? named.slice(0, 3) : similar(address, all).map((one) => one as Address);
}

async function placeOf(resource: Resource, { findPlaces }: Desired): Promise<Location> {
  const place = resource.locate("");
  return (await findPlaces?.()) ? resource.locate("") : place;
}

async function runOf(view: View, run: string) {
  for await (const entry of view.ledger.entries())
    if (entry.type === "run-opened" && entry.run === run) return entry;
  return undefined;
}
