import type { Address } from "../../model/address.ts";
import type { Kind } from "../../model/kind.ts";
import type { Dated } from "../../model/plan/dated.ts";
import type { Outlook } from "../../model/plan/outlook.ts";
import { type Change, type Impact, isForLedger } from "../../model/plan/plan.ts";
import type { Resource } from "../../model/resource.ts";
import { record } from "../../model/text/recorded.ts";
import type { Spec } from "../../model/values/json.ts";
import { type Pointer, valueAt } from "../../model/values/pointer.ts";
import { takesRight } from "../guard/named-right.ts";
import type { PlanInput } from "../input.ts";
import type { Matching } from "../match/matching.ts";

/**
 * A change before it is serialized. Its observed spec is still complete, because kinds also check
 * fields that no manifest mentions.
 */
export interface Draft {
  readonly kind: Kind;
  /**
   * The resource that asks for the change. Absent if an exclusive kind's unmanaged object is
   * removed.
   */
  readonly resource?: Resource;
  /** The fields to which the serialized change's observed spec is reduced. */
  readonly mention: Spec;
  readonly change: Change;
}

/** What every step of planning works with. */
export interface PlanContext {
  readonly input: PlanInput;
  readonly matching: Matching;
  /** What became of dated decisions, by address. */
  readonly dated: ReadonlyMap<Address, Dated>;
  /** A declared object's observed fields, overridden by its manifest's. See `prospects`. */
  find(address: Address): Spec | undefined;
}

type Some<T> = T extends unknown ? Omit<T, "impact" | "requires" | "steps" | "takes"> : never;

/** A change whose impact, order, taken rights and manual steps are not computed yet. */
export type Sketch = Some<Change>;

const harmless: Impact = { reversible: "yes" };

/**
 * Completes a sketch with the impact, the guarded rights it takes and, if it is manual, the steps.
 */
export function draft(
  sketch: Sketch,
  kind: Kind,
  context: {
    readonly planContext: PlanContext;
    readonly mention: Spec;
    readonly resource?: Resource;
  },
): Draft {
  const { planContext, mention, resource } = context;
  const basedOn = [...new Set([...sketch.basedOn, ...weighed(sketch, kind)])];
  const change = { ...sketch, basedOn, impact: harmless, requires: [] } as Change;
  const impact = isForLedger(change)
    ? harmless
    : kind.impact(change, outlookOn(change, planContext));
  const steps = sketch.by === "manual" ? kind.steps?.(change) : undefined;
  const takes = takenBy(change, kind);
  const more = { ...(takes.length > 0 && { takes }), ...(steps && record({ steps })) };
  return { kind, ...(resource && { resource }), mention, change: { ...change, impact, ...more } };
}

function outlookOn({ address }: Change, { input, matching, find }: PlanContext): Outlook {
  const { catalogue, asOf, billingDay, pricedOn } = input;
  const facts = matching.pairs.get(address)?.observed.facts;
  return {
    ...(catalogue && { catalogue }),
    ...(facts && { facts }),
    ...(billingDay !== undefined && { billingDay }),
    ...(pricedOn && { pricedOn }),
    asOf,
    find,
  };
}

/**
 * The observed fields that the change's impact and guarded rights are computed from. They join
 * `basedOn`: apply compares them again before it sends the change.
 */
function weighed(sketch: Sketch, { weighs = [], rights = [] }: Kind): readonly Pointer[] {
  if (!("observed" in sketch) || sketch.observed.id === "" || isForLedger(sketch)) return [];
  const { action, observed, fields } = sketch;
  const means = (together: readonly Pointer[]) =>
    action === "upgrade" ||
    action === "remove" ||
    fields.some(({ pointer }) => together.includes(pointer));
  const all = [weighs, ...rights.map((right) => right.fields)].filter(means).flat();
  return all.filter((pointer) => valueAt(observed.spec, pointer) !== undefined);
}

/** The guards whose right the object holds before the change and not after it. */
function takenBy(change: Change, { rights = [] }: Kind): readonly string[] {
  return rights.filter((right) => takesRight(change, right)).map(({ guard }) => guard);
}
