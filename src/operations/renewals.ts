import type { Checked } from "../model/diagnostic.ts";
import type { Observed } from "../model/observed.ts";
import type { TermObject } from "../model/plan/renewals.ts";
import { match } from "../plan/match/match.ts";
import { readForPlan } from "./plan/read-for-plan.ts";
import { type CatalogueByDay, catalogueByDay } from "./project/catalogue-by-day.ts";
import type { Project, View } from "./project/project.ts";
import { validate } from "./project/validate.ts";

/** What the ends of terms are told from. */
export interface Terms {
  readonly asOf: string;
  readonly objects: readonly TermObject[];
  readonly offers: readonly Observed[];
  readonly catalogue: CatalogueByDay;
}

/** Reads every object with a term, declared or not. Writes nothing. */
export async function readTerms(
  project: Project,
  view: View,
  asOf: string | undefined,
): Promise<Checked<Terms>> {
  const desired = await validate(project);
  if (!desired.ok) return desired;
  const question = { desired, scope: undefined, ...(asOf !== undefined && { asOf }) };
  const read = await readForPlan(project, view, question);
  if (!read.ok) return read;
  const { input, observation } = read.value;
  const matching = match(input);
  const kinds = new Set(input.kinds.filter(({ dated }) => dated).map(({ name }) => name));
  const keys = new Map(input.observed.map(({ id, key }) => [id, key]));
  const objects = input.observed
    .filter(({ kind }) => kinds.has(kind))
    .map((observed) => {
      const { id, kind, parentId = "" } = observed;
      const address = matching.addressOf(id, kind);
      const pair = address && matching.pairs.get(address);
      return {
        observed,
        ...(address && { address }),
        ...(pair && { declared: pair.resource.spec }),
        parentKey: keys.get(parentId) ?? parentId,
      };
    });
  const catalogue = catalogueByDay(view, observation.catalogue);
  const offers = observation.catalogue;
  return { ...read, value: { asOf: input.asOf, objects, offers, catalogue } };
}
