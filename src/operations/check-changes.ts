import type { Diagnostic } from "../model/diagnostic.ts";
import { equal, type Spec } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import type { LedgerState } from "../model/ledger-state.ts";
import type { Change, Plan } from "../model/plan.ts";
import { covers, valueAt } from "../model/pointer.ts";
import type { Desired, Resource } from "../model/resource.ts";
import { say } from "../model/say.ts";
import { contains, mentioned } from "../plan/fields.ts";
import { formerAddresses } from "../plan/former.ts";
import { whole } from "../plan/names.ts";
import type { Project, View } from "./project.ts";

/** What a plan's changes are held against. */
interface Bench {
  readonly kinds: ReadonlyMap<string, Kind>;
  readonly declared: ReadonlyMap<string, Resource>;
  readonly exclusive: readonly string[];
  readonly view: View;
  readonly state: LedgerState;
  /** The declared object that the ledger knows by an id. */
  readonly owners: ReadonlyMap<string, Resource>;
}

/** What a saved plan holds that its manifests do not ask for: anybody can give a plan the right digests. What the account or its prices would have to be read for (money, shares, other guards) is not judged. */
export async function unasked(
  { kinds, settings }: Project,
  view: View,
  { plan, desired }: { readonly plan: Plan; readonly desired: Desired },
): Promise<readonly Diagnostic[]> {
  const declared = new Map<string, Resource>(desired.resources.map((resource) => [resource.address, resource]));
  const state = await view.state();
  const bench: Bench = {
    kinds: new Map(kinds.map((kind) => [kind.name, kind])),
    declared,
    exclusive: plan.scope ? [] : (settings.exclusive ?? []),
    view,
    state,
    owners: ownersOf(declared, state),
  };
  const ids = new Set<string>();
  const { asOf } = plan;
  const stray = (change: Change): boolean => {
    const first = change.id === `${change.address}#1`;
    const again = ids.has(change.id) || (!first && change.action !== "update");
    ids.add(change.id);
    return again || !isAsked(change, bench) || !isFrank(change, bench.kinds.get(change.kind), asOf);
  };
  const found = plan.changes.filter(stray).map(({ id }) => refusal(say`${id} is not what the manifests ask for`));
  const unguarded = unstopped(plan).map((name) => refusal(say`the guard ${name} would stop this plan, which does not say so`));
  const led = Object.entries(plan.refers).filter(([address, id]) => !isIts(bench.declared.get(address), id, bench));
  return [...found, ...unguarded, ...led.map(([address, id]) => refusal(say`this plan takes ${id} for ${address}, which it is not`))];
}

function isAsked(change: Change, bench: Bench): boolean {
  const [kind, resource] = [bench.kinds.get(change.kind), bench.declared.get(change.address)];
  if (kind === undefined || change.address.split("/")[0] !== kind.name) return false;
  if (!resource) return change.reason === "exclusive" && isExcluded(change, kind, bench);
  if (change.parent !== resource.parent || change.protect !== (resource.protect || undefined)) return false;
  if ("observed" in change && change.observed.id !== "" && !isIts(resource, change.observed.id, bench)) return false;
  if (resource.state === "absent") return change.action === (kind.verbs.includes("remove") ? "remove" : "release");
  return "desired" in change && isDesired(change, { kind, resource, bench });
}

/** Whether a change says of itself how grave it is, as far as it alone tells: guards and approvals go by that. */
function isFrank(change: Change, kind: Kind | undefined, asOf: string): boolean {
  if (!kind || change.action === "release") return true;
  const { reversible, destructive, seats } = kind.impact(change, { asOf });
  const { impact, action } = change;
  return impact.reversible === reversible && impact.destructive === destructive && (action !== "create" || impact.seats === seats);
}

/** The guards that changes alone trip, and that a plan leaves out. */
function unstopped({ changes, tripped }: Plan): readonly string[] {
  const final = changes.filter(({ impact }) => impact.reversible === "no");
  const lost = changes.filter(
    ({ protect, action, impact }) => protect && action !== "create" && (action === "remove" || impact.destructive),
  );
  const names = [
    ...(final.length > 0 ? ["irreversible"] : []),
    ...(lost.length > 0 || final.some(({ protect, action }) => protect && action !== "create") ? ["protected"] : []),
  ];
  return names.filter((name) => !tripped.some((one) => one.name === name));
}

/** A live object of an exclusive kind that no manifest claims. */
function isExcluded(change: Change, kind: Kind, bench: Bench): boolean {
  if (change.action !== "remove" || kind.exclusive !== "allowed" || !bench.exclusive.includes(kind.name)) return false;
  return ownerOf(change.observed.id, kind.name, bench) === undefined;
}

type Wish = Change & { readonly desired: Spec };

interface Wanted {
  readonly kind: Kind;
  readonly resource: Resource;
  readonly bench: Bench;
}

function isDesired(change: Wish, { kind, resource, bench }: Wanted): boolean {
  const asked = whole(change.action === "create" ? kind.complete(resource.spec, resource.name) : resource.spec);
  if (!contains(asked, change.desired)) return false;
  if (!change.fields.every(({ pointer, after }) => equal(valueAt(asked, pointer), after))) return false;
  if (change.action === "update")
    return change.patch.every(({ path, value }) => contains({ at: valueAt(asked, path) ?? null }, { at: value }));
  if (change.action !== "create") return true;
  const writable = change.by === "hand" ? [] : (bench.view.reader.supports[kind.name]?.writable ?? []);
  const left = mentioned(asked).filter(([pointer]) => valueAt(change.desired, pointer) === undefined);
  return change.key === kind.key(change.desired, resource.name) && !left.some(([pointer]) => covers(writable, pointer));
}

/** Whether an id is a declared object's: as its pin or the ledger says, under its name or an old one; where neither knows it, it must be nobody else's. */
function isIts(resource: Resource | undefined, id: string, bench: Bench): boolean {
  if (!resource) return false;
  const { state, declared } = bench;
  const names = [resource.address, ...formerAddresses(resource, declared.get(resource.parent ?? ""))];
  const known = [resource.pinnedId, ...names.map((name) => state.ids[name])].filter((one) => one !== undefined);
  if (known.length > 0) return known.some((one) => last(one, state) === last(id, state));
  return ownerOf(id, resource.kind, bench) === undefined;
}

function ownersOf(declared: Bench["declared"], state: LedgerState): Bench["owners"] {
  const owners = new Map<string, Resource>();
  for (const [address, id] of Object.entries(state.ids)) {
    const resource = declared.get(address);
    if (resource) owners.set(`${resource.kind}\n${last(id, state)}`, resource);
  }
  return owners;
}

function ownerOf(id: string, kind: string, { state, owners }: Bench): Resource | undefined {
  return owners.get(`${kind}\n${last(id, state)}`);
}

/** What upgrades made of an id; GUIDs are the same in small letters and in capitals. */
function last(id: string, state: LedgerState): string {
  const next = state.successors[id];
  return next === undefined ? id.toLowerCase() : last(next, state);
}

function refusal(message: string): Diagnostic {
  const hint = say`plan again; a plan that was made up or changed by hand is applied only with --detached, which is recorded`;
  return { severity: "error", code: "plan/not-from-manifests", message, hint };
}
