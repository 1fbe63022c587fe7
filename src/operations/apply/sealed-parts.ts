import type { Event } from "../../model/ledger/ledger.ts";
import type { Plan } from "../../model/plan/plan.ts";
import type { Writers } from "../project/project.ts";

/** The whole plan, encrypted, in parts that each fit into a line of the ledger; nothing where the settings name nobody who may read it. */
export async function sealedParts(
  { plan, writers }: { readonly plan: Plan; readonly writers: Writers },
  { run, at }: { readonly run: string; readonly at: string },
): Promise<readonly Event[]> {
  const sealed = (await writers.sealPlan?.(plan)) ?? [];
  return sealed.map((text, index) => ({ at, type: "plan-sealed", run, part: index + 1, parts: sealed.length, sealed: text }));
}
