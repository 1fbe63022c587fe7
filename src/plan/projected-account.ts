import { type Address, kindOf } from "../model/address.ts";
import type { Spec } from "../model/values/json.ts";
import type { ProjectedObject, Kind, World } from "../model/kind.ts";
import type { Observed } from "../model/observed.ts";
import type { Change } from "../model/plan/plan.ts";
import { covers, withValue } from "../model/values/pointer.ts";
import type { PlanContext, Draft } from "./diff/draft.ts";
import { mentionedFields } from "./diff/fields.ts";
import { isEnded } from "./propose/leaning.ts";
import { mergeSpecs, whole } from "./match/names.ts";
import { parentOf, observedSpec } from "./match/observed-spec.ts";

/**
 * The account before and after these changes, complete even if the plan is narrowed. Each kind is
 * listed on first use.
 */
export function world(planContext: PlanContext, drafts: readonly Draft[]): World {
  const { catalogue, account, kinds } = planContext.input;
  const byName = new Map(kinds.map((kind) => [kind.name, kind]));
  const before = once((name) => listed(itemsBefore(byName.get(name), planContext)));
  const after = once((name) =>
    listed(
      itemsAfter(
        before(name).all,
        drafts.filter(({ kind }) => kind.name === name),
      ),
    ),
  );
  return {
    before: (kind, parent) => inside(before(kind), parent),
    after: (kind, parent) => inside(after(kind), parent),
    find: (address) => after(kindOf(address)).byAddress.get(address),
    ...(catalogue && { catalogue }),
    ...(account.principal !== undefined && { principal: account.principal }),
  };
}

interface List {
  readonly all: readonly ProjectedObject[];
  readonly byParent: ReadonlyMap<string, readonly ProjectedObject[]>;
  readonly byAddress: ReadonlyMap<Address, ProjectedObject>;
}

function once(make: (name: string) => List): (name: string) => List {
  const made = new Map<string, List>();
  return (name) => {
    const list = made.get(name) ?? make(name);
    made.set(name, list);
    return list;
  };
}

function inside(list: List, parent: string | undefined): readonly ProjectedObject[] {
  return parent === undefined ? list.all : (list.byParent.get(parent) ?? []);
}

function listed(all: readonly ProjectedObject[]): List {
  const byParent = new Map<string, ProjectedObject[]>();
  const byAddress = new Map<Address, ProjectedObject>();
  for (const item of all) {
    if (item.address !== undefined) byAddress.set(item.address, item);
    if (item.parent === undefined) continue;
    const others = byParent.get(item.parent);
    if (others === undefined) byParent.set(item.parent, [item]);
    else others.push(item);
  }
  return { all, byParent, byAddress };
}

function itemsBefore(kind: Kind | undefined, planContext: PlanContext): readonly ProjectedObject[] {
  if (kind === undefined) return [];
  const ended = endedIn(planContext, kind);
  return planContext.matching
    .live(kind.name)
    .map((one) => itemOf(one, { kind, planContext }, ended));
}

function itemOf(
  observed: Observed,
  { kind, planContext }: Around,
  ended: ReadonlySet<Address>,
): ProjectedObject {
  const address = planContext.matching.addressOf(observed.id, kind.name);
  const parent = parentOf(observed, kind, planContext.matching);
  const known = address ?? planContext.input.applied.nameOf(observed.id, kind.name);
  return {
    kind: kind.name,
    ...(address !== undefined && { address }),
    id: observed.id,
    ...(parent !== undefined && { parent }),
    ...(known !== undefined && ended.has(known) && { ended: true }),
    spec: withVouched(observedSpec(observed, kind, planContext.matching), address, {
      kind,
      planContext,
    }),
  };
}

interface Around {
  readonly kind: Kind;
  readonly planContext: PlanContext;
}

/** Objects that are gone according to the ledger, even if the account still shows them. */
function endedIn({ input }: PlanContext, kind: Kind): ReadonlySet<Address> {
  const late = input.applied.unsettled(kind.name).filter((one) => isEnded(one, kind));
  return new Set(late.map(({ address }) => address));
}

/** Fills in attested values for fields that no backend can read. */
function withVouched(
  spec: Spec,
  address: Address | undefined,
  { kind, planContext }: Around,
): Spec {
  const { supports, applied } = planContext.input;
  const pair = address && planContext.matching.pairs.get(address);
  const readable = supports[kind.name]?.readable ?? [];
  if (pair === undefined || covers(readable, "")) return spec;
  const vouched = mentionedFields(whole(pair.resource.spec)).filter(
    ([pointer, value]) =>
      !covers(readable, pointer) && applied.attested(pair.resource.address, pointer, value),
  );
  return vouched.reduce((known: Spec, [pointer, value]) => withValue(known, pointer, value), spec);
}

function itemsAfter(
  before: readonly ProjectedObject[],
  drafts: readonly Draft[],
): readonly ProjectedObject[] {
  const changed = new Map<string, ProjectedObject | undefined>();
  const fresh = new Map<Address, ProjectedObject>();
  const old = new Map(drafts.length === 0 ? [] : before.map((item) => [item.id ?? "", item]));
  for (const { change, kind } of drafts) {
    const id = change.action === "create" ? "" : change.observed.id;
    const item = changed.get(id) ?? old.get(id);
    if (item !== undefined) changed.set(id, applied(item, change, kind));
    else if (change.action !== "remove")
      fresh.set(
        change.address,
        applied(fresh.get(change.address) ?? blank(change), change, kind) ?? blank(change),
      );
  }
  const kept = before.flatMap((item) =>
    changed.has(item.id ?? "") ? (changed.get(item.id ?? "") ?? []) : item,
  );
  return [...kept, ...fresh.values()];
}

function blank({ kind, address, parent }: Change): ProjectedObject {
  return { kind, address, ...(parent !== undefined && { parent }), spec: {} };
}

function applied(item: ProjectedObject, change: Change, kind: Kind): ProjectedObject | undefined {
  switch (change.action) {
    case "create":
    case "update":
    case "upgrade":
      return { ...item, address: change.address, spec: mergeSpecs(item.spec, change.desired) };
    case "remove":
      return kind.remains && { ...item, spec: kind.remains(item.spec) };
    case "forget":
    case "rename":
    case "protect":
    case "unprotect":
      return item;
  }
}
