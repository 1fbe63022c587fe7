import type { Cost, ReadStep, Requests, ApplyStep } from "../model/plan/apply-step.ts";
import { type Address, kindOf } from "../model/address.ts";
import { type Change, isForLedger, type Plan } from "../model/plan/plan.ts";
import type { GuardedRight, NamedRight } from "../model/kind.ts";
import { after } from "../model/plan/before-after.ts";
import { covers } from "../model/values/pointer.ts";
import type { PlanContext, Draft } from "./diff/draft.ts";
import { namingChange, takesRight } from "./guard/named-right.ts";
import { referencedAddresses } from "./match/names.ts";

/**
 * The requests of an apply without retries or conflicts: the adapter's changes and the reads before
 * them, each counted once. Those reads are the objects that change, the list before a create or an
 * upgrade, newly referenced objects outside of such a list, and holders of guarded rights. What the
 * plan creates or upgrades is not read.
 */
export function forecast(
  drafts: readonly Draft[],
  planContext: PlanContext,
  tripped: Plan["tripped"],
): Plan["forecast"] {
  const ours = drafts.filter(({ change }) => change.by === "adapter" && !isForLedger(change));
  const made = new Map<string, Change["action"]>();
  const creates = new Map<string, number>();
  for (const { change, kind } of ours) {
    if (change.action === "create" || change.action === "upgrade")
      made.set(change.address, change.action);
    if (change.action === "create") creates.set(kind.name, (creates.get(kind.name) ?? 0) + 1);
  }
  const readings = new Map<string, ReadStep>();
  const making: Making = { planContext, drafts, tripped, made, creates, losing: losingOf(drafts) };
  for (const draft of ours)
    for (const [what, reading] of [
      ...readingsOfObject(draft, making),
      ...readingsOfHolders(draft, making),
    ])
      if (!readings.has(what)) readings.set(what, reading);
  return sum(
    [...readings.values(), ...ours.map(({ change }) => change)].map(planContext.input.cost ?? one),
  );
}

interface Making {
  readonly planContext: PlanContext;
  readonly drafts: readonly Draft[];
  readonly tripped: Plan["tripped"];
  /** How many objects of each kind are created. */
  readonly creates: ReadonlyMap<string, number>;
  /** What the plan creates or upgrades, by address. */
  readonly made: ReadonlyMap<string, Change["action"]>;
  readonly losing: ReturnType<typeof losingOf>;
}

/** By guard: the ids of the objects that lose its right ("" for a create). */
function losingOf(drafts: readonly Draft[]): ReadonlyMap<string, ReadonlySet<string>> {
  const losing = new Map<string, Set<string>>();
  for (const { change } of drafts)
    for (const guard of change.takes ?? []) {
      const ids = losing.get(guard) ?? new Set();
      losing.set(guard, ids.add("observed" in change ? change.observed.id : ""));
    }
  return losing;
}

type Named = readonly [string, ReadStep];

/**
 * The reads for each guarded right that a change takes: one remaining live holder, and the object
 * that names a required holder. Holders that only this plan adds are not read.
 */
function readingsOfHolders(draft: Draft, making: Making): readonly Named[] {
  const taken = draft.kind.rights?.filter(({ guard }) => draft.change.takes?.includes(guard)) ?? [];
  return taken.flatMap((right) => [
    ...readingsOfKeeper(draft, { right, losing: making.losing.get(right.guard) }, making),
    ...(right.named ? readingsOfNamed(draft, right.named, { ...making, taken: right.guard }) : []),
  ]);
}

function readingsOfKeeper(
  { change, kind }: Draft,
  {
    right,
    losing,
  }: { readonly right: GuardedRight; readonly losing: ReadonlySet<string> | undefined },
  { planContext }: Making,
): readonly Named[] {
  const isKept = planContext.matching
    .live(kind.name)
    .some(({ id, spec }) => right.holds(kind.normalize(spec)) && !losing?.has(id));
  const reading = { reading: "object", kind: kind.name, fields: right.fields } as const;
  return isKept ? [[`holder\n${change.id}\n${right.guard}`, reading]] : [];
}

/**
 * The object that names a required holder is not read if the plan sets that name itself or its
 * guard has already tripped.
 */
function readingsOfNamed(
  draft: Draft,
  named: NamedRight,
  making: Making & { readonly taken: string },
): readonly Named[] {
  const { planContext, drafts, tripped, losing, taken } = making;
  const [live] = planContext.matching.live(named.kind);
  if (live === undefined || tripped.some(({ name }) => name === named.guard)) return [];
  const { change } = draft;
  const naming = namingChange(
    drafts.map((one) => one.change),
    named,
  );
  const right = named.rightOf(naming ? after(naming) : live.spec);
  const reading: Named = [
    `named\n${change.id}\n${named.guard}`,
    { reading: "object", kind: named.kind, fields: named.fields },
  ];
  const kept = takesRight(change, right)
    ? readingsOfKeeper(draft, { right, losing: losing.get(taken) }, making)
    : [];
  return naming ? kept : [reading, ...kept];
}

function readingsOfObject(draft: Draft, making: Making): readonly Named[] {
  const { change, kind } = draft;
  const references = newlyReferred(draft, making).map(
    (target): Named => [`reference\n${target}`, { reading: "object", kind: kindOf(target) }],
  );
  switch (change.action) {
    case "create":
      return making.made.get(change.parent ?? "") === "create"
        ? references
        : [listOf(draft, making), ...references];
    case "upgrade":
      return [[`upgrade\n${change.address}`, { reading: "list", kind: kind.name }], ...references];
    default: {
      if (making.made.has(change.address)) return references;
      const object: Named = [
        `object\n${change.address}`,
        { reading: "object", kind: kind.name, fields: change.basedOn },
      ];
      return [object, ...references];
    }
  }
}

/**
 * For a top-level kind, the adapter may look up the new keys instead of listing everything. A
 * narrowed plan does not know how many objects there are.
 */
function listOf({ change, kind }: Draft, { planContext, creates }: Making): Named {
  const { input, matching } = planContext;
  const what = `list\n${kind.name}\n${change.parent ?? ""}`;
  if (change.parent !== undefined) return [what, { reading: "list", kind: kind.name }];
  const among = input.scope ? Number.POSITIVE_INFINITY : matching.live(kind.name).length;
  return [what, { reading: "list", kind: kind.name, sought: creates.get(kind.name) ?? 0, among }];
}

function one(step: ApplyStep): Requests {
  return "reading" in step ? { reads: 1, writes: 0 } : { reads: 0, writes: 1 };
}

function sum(all: readonly Cost[]): Requests {
  const total = { reads: 0, writes: 0 };
  const spend = ({ reads, writes }: Requests) => {
    total.reads += reads;
    total.writes += writes;
  };
  const first = new Map<string, Requests>();
  for (const { once = {}, ...each } of all) {
    spend(each);
    for (const [what, requests] of Object.entries(once)) first.set(what, requests);
  }
  first.forEach(spend);
  return total;
}

/**
 * The declared objects that a change newly refers to and that are read one by one: not the parent,
 * nor objects in the list that is read before a create, nor what the plan creates or upgrades.
 */
function newlyReferred({ change, kind }: Draft, { planContext, made }: Making): readonly Address[] {
  if (!("desired" in change)) return [];
  const isNew = change.action === "create";
  const touched = kind.references.filter(
    ({ pointer, scope }) =>
      pointer !== kind.parent &&
      (isNew ? scope === undefined : change.basedOn.some((one) => covers([pointer], one))),
  );
  const declared = touched.filter((one) =>
    planContext.input.kinds.some(({ name, declared }) => declared && name === one.kind),
  );
  return declared
    .flatMap((one) => referencedAddresses(change.desired, one, change.parent))
    .filter((target) => !made.has(target));
}
