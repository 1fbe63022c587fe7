import type { Address } from "../model/address.ts";
import type { Dated, Upcoming } from "../model/plan/dated.ts";
import { compare } from "../model/diagnostic.ts";
import type { Kind } from "../model/kind.ts";
import type { Resource } from "../model/resource.ts";
import { covers } from "../model/values/pointer.ts";
import { causeOfUnread } from "./diff/cause.ts";
import type { Difference } from "./diff/fields.ts";
import type { PlanInput } from "./input.ts";
import type { Matching } from "./match/matching.ts";

/** What the manifests declare for the plan's day, and what became of each dated decision. */
export interface DueNow {
  readonly input: PlanInput;
  readonly matching: Matching;
  readonly dated: ReadonlyMap<Address, Dated>;
}

/** Replaces what the manifests declare by what is due on the plan's day. */
export function dueNow(input: PlanInput, matching: Matching): DueNow {
  const kinds = new Map(input.kinds.filter(({ dated }) => dated).map((kind) => [kind.name, kind]));
  const dated = new Map<Address, Dated>();
  const now = new Map<Address, Resource>();
  for (const resource of input.desired.resources) {
    const found = datedOf(resource, kinds.get(resource.kind), { input, matching });
    if (found === undefined) continue;
    dated.set(resource.address, found);
    now.set(resource.address, { ...resource, spec: found.spec });
  }
  if (dated.size === 0) return { input, matching, dated };
  const current = (one: Resource): Resource => now.get(one.address) ?? one;
  const pairs = [...matching.pairs].map(
    ([at, pair]) => [at, { ...pair, resource: current(pair.resource) }] as const,
  );
  return {
    input: {
      ...input,
      desired: { ...input.desired, resources: input.desired.resources.map(current) },
    },
    matching: {
      ...matching,
      pairs: new Map(pairs),
      missing: matching.missing.map(current),
    },
    dated,
  };
}

function datedOf(
  resource: Resource,
  kind: Kind | undefined,
  { input, matching }: { readonly input: PlanInput; readonly matching: Matching },
): Dated | undefined {
  if (kind?.dated === undefined || resource.state === "absent") return undefined;
  const { asOf, renewals, catalogue, applied } = input;
  if (renewals === undefined) return undefined;
  return kind.dated(resource, matching.pairs.get(resource.address)?.observed, {
    asOf,
    renewals,
    ...(catalogue && { catalogue }),
    attested: (pointer, value) => applied.attested(resource.address, pointer, value),
  });
}

/** The fields that a person is to change now, without those that are attested. */
export function manualNow(
  { address }: Resource,
  dated: Dated | undefined,
  { applied }: PlanInput,
): readonly Difference[] {
  const left = (dated?.manual ?? []).filter(
    ({ pointer, after }) => !applied.attested(address, pointer, after),
  );
  return left.map((field) => ({
    field: {
      ...field,
      cause: causeOfUnread({ address, pointer: field.pointer, applied }, field.after),
    },
    writable: false,
  }));
}

/** What becomes due later for a resource. What the adapter cannot write is manual. */
export function upcomingOf(
  { address, kind, parent }: Resource,
  dated: Dated | undefined,
  { supports }: PlanInput,
): readonly Upcoming[] {
  const { verbs = [], writable = [] } = supports[kind] ?? {};
  return (dated?.upcoming ?? []).map(({ on, fields, manual }) => {
    const able =
      !manual &&
      verbs.includes("update") &&
      fields.every(({ pointer }) => covers(writable, pointer));
    return {
      ...{ address, kind, ...(parent !== undefined && { parent }), on },
      by: able ? "adapter" : "manual",
      fields,
    };
  });
}

/** By day, then address. */
export function inTime(left: Upcoming, right: Upcoming): number {
  return compare(left.on, right.on) || compare(left.address, right.address);
}
