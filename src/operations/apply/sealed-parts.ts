import type { Event } from "../../model/ledger/ledger.ts";
import type { Plan } from "../../model/plan/plan.ts";
import type { Writers } from "../project/project.ts";

/**
 * The whole plan, encrypted, as ledger events that each fit into one entry. Empty if the settings
 * name no recipients.
 */
export async function sealedParts(
  { plan, writers }: { readonly plan: Plan; readonly writers: Writers },
  { run, at }: { readonly run: string; readonly at: string },
): Promise<readonly Event[]> {
  const sealed = (await writers.sealPlan?.(plan)) ?? [];
  return sealed.map((text, index) => ({ at, type: "plan-sealed", run, part: index + 1, parts: sealed.length, sealed: text }));
}
