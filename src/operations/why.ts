import { similar } from "../model/text/similar.ts";
import type { Address } from "../model/address.ts";
import type { Checked, Location } from "../model/diagnostic.ts";
import type { Explanation } from "../model/ledger/history.ts";
import type { Desired, Resource } from "../model/resource.ts";
import { planWith } from "./plan/plan.ts";
import type { Project, View } from "./project/project.ts";

/** Explains what a new plan would do to an address, and what the ledger knows about it. */
export async function why(
  project: Project,
  view: View,
  address: string,
): Promise<Checked<Explanation>> {
  const planned = await planWith(project, view, {});
  if (!planned.ok) return planned;
  const { plan, desired } = planned.value;
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
  const value: Explanation = {
    address: address as Address,
    verdict:
      problems.length > 0
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
    similar: resource
      ? []
      : nearest(
          address,
          desired.resources.map((one) => one.address),
        ),
  };
  return { ok: true, value, diagnostics: planned.diagnostics };
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
