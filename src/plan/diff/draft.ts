import type { Address } from "../../model/address.ts";
import { takesRight } from "../guard/named-right.ts";
import type { Spec } from "../../model/values/json.ts";
import type { Kind } from "../../model/kind.ts";
import { type Change, type Impact, isForLedger } from "../../model/plan/plan.ts";
import { type Pointer, valueAt } from "../../model/values/pointer.ts";
import type { Resource } from "../../model/resource.ts";
import type { PlanInput } from "../input.ts";
import type { Matching } from "../match/match.ts";

/** A change on its way into the plan. Its observed spec is still whole, so that kinds can judge it by fields no manifest mentions. */
export interface Draft {
  readonly kind: Kind;
  /** What asked for it; nothing does where an exclusive kind's unmanaged object is to go. */
  readonly resource?: Resource;
  /** What the observed spec of the finished change is cut down to. */
  readonly mention: Spec;
  readonly change: Change;
}

/** What every step of planning looks at. */
export interface PlanContext {
  readonly input: PlanInput;
  readonly matching: Matching;
  /** The fields of a declared object as they are, and over that as its manifest says. */
  find(address: Address): Spec | undefined;
}

type Some<T> = T extends unknown ? Omit<T, "impact" | "requires" | "steps" | "takes"> : never;

/** A change before its impact and its order are known. */
export type Sketch = Some<Change>;

const harmless: Impact = { reversible: "yes" };

/** Completes a sketch with what the kind knows of it: its impact and, where it is manually, what to do. */
export function draft(
  sketch: Sketch,
  kind: Kind,
  context: { readonly planContext: PlanContext; readonly mention: Spec; readonly resource?: Resource },
): Draft {
  const { planContext, mention, resource } = context;
  const { catalogue, asOf } = planContext.input;
  const basedOn = [...new Set([...sketch.basedOn, ...weighed(sketch, kind)])];
  const change = { ...sketch, basedOn, impact: harmless, requires: [] } as Change;
  const impact = isForLedger(change) ? harmless : kind.impact(change, { ...(catalogue && { catalogue }), asOf, find: planContext.find });
  const steps = sketch.by === "manual" ? kind.steps?.(change) : undefined;
  const takes = takenBy(change, kind);
  const more = { ...(takes.length > 0 && { takes }), ...(steps && { steps }) };
  return { kind, ...(resource && { resource }), mention, change: { ...change, impact, ...more } };
}

/** What the meaning of a change was computed from, as far as the account has it; who holds a right that has to be left to somebody is such a meaning. */
function weighed(sketch: Sketch, { weighs = [], rights = [] }: Kind): readonly Pointer[] {
  if (!("observed" in sketch) || sketch.observed.id === "" || isForLedger(sketch)) return [];
  const { action, observed, fields } = sketch;
  const means = (together: readonly Pointer[]) =>
    action === "upgrade" || action === "remove" || fields.some(({ pointer }) => together.includes(pointer));
  const all = [weighs, ...rights.map((right) => right.fields)].filter(means).flat();
  return all.filter((pointer) => valueAt(observed.spec, pointer) !== undefined);
}

/** The guards of the rights an object has before a change and not after it. */
function takenBy(change: Change, { rights = [] }: Kind): readonly string[] {
  return rights.filter((right) => takesRight(change, right)).map(({ guard }) => guard);
}
