import type { Catalogue } from "../model/catalogue.ts";
import type { Address } from "../model/address.ts";
import type { Checked, Diagnostic } from "../model/diagnostic.ts";
import type { Observed } from "../model/observed.ts";
import type { Spec } from "../model/values/json.ts";
import { match } from "../plan/match/match.ts";
import { readForPlan } from "./plan/read-for-plan.ts";
import type { Project, View } from "./project/project.ts";
import { validate } from "./project/validate.ts";

/** An object with a term, with what its manifest declares. */
export interface TermObject {
  readonly observed: Observed;
  readonly address?: Address;
  readonly declared?: Partial<Spec>;
  /** The key of its parent (a customer's domain). */
  readonly parentKey: string;
}

/** What the ends of terms are told from. */
export interface Terms {
  readonly asOf: string;
  readonly objects: readonly TermObject[];
  /** The offers with the prices in force on a day. Undefined if that day's list has an error. */
  catalogueOn(day: string): Catalogue | undefined;
  /** What was wrong with the price lists of the days that were asked for. */
  readonly trouble: readonly Diagnostic[];
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
  const trouble: Diagnostic[] = [];
  const known = new Map<string, Catalogue | undefined>();
  const catalogueOn = (day: string): Catalogue | undefined => {
    if (!known.has(day)) {
      const found = view.catalogue(observation.catalogue, day);
      if (!found.ok) trouble.push(...found.diagnostics);
      known.set(day, found.ok ? found.value : undefined);
    }
    return known.get(day);
  };
  return { ...read, value: { asOf: input.asOf, objects, catalogueOn, trouble } };
}
