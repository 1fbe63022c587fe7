import type { Checked } from "../../model/diagnostic.ts";
import { say } from "../../model/text/phrase.ts";
import { backendTrouble } from "../project/backend-diagnostic.ts";
import { readPolicing } from "../project/policy.ts";
import type { Project, View } from "../project/project.ts";
import { foundedFor, otherAccount } from "../project/ready.ts";
import { readProposals } from "../settle/read-proposals.ts";
import { beginReading } from "../settle/waited.ts";
import { dayIn } from "./day.ts";
import { type Extent, observe } from "./observe.ts";
import { type Compiled, makePlanInput, type PlanQuestion, type ReadInput } from "./plan-input.ts";
import { readScope } from "./read-scope.ts";

/** Reads the account and gathers the input for planning. */
export async function readForPlan(
  project: Project,
  view: View,
  { desired, scope, asOf }: PlanQuestion,
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
    const proposals = await readProposals(view.reader, state, view.signal);
    const foreign = otherAccount(state, foundedFor(project, view, observation.account.id));
    if (foreign) return { ok: false, diagnostics: [foreign] };
    const { waited } = reading();
    return await makePlanInput(project, view, {
      ...{
        desired,
        policies: policies.value,
        now,
        state,
        waited,
        proposals,
        observation,
        scope,
        known: toRead.known,
      },
      asOf: asOf ?? dayIn(project.settings, now),
      hypothetical: asOf !== undefined,
    });
  } catch (error) {
    return notPlanned(desired, error);
  }
}

/** The failure of a plan whose account could not be read. Throws what is not the backend's. */
export function notPlanned({ diagnostics }: Compiled, error: unknown): Checked<never> {
  const trouble = backendTrouble(error, say`The account could not be read, so nothing was planned`);
  return { ok: false, diagnostics: [...diagnostics, trouble] };
}
