import type { Spec } from "../../src/model/values/json.ts";
import { bought, quantity, userSpec } from "../properties/accounts.ts";
import { merged } from "../properties/successors.ts";
import {
  aBilling,
  aProfile,
  type Bought,
  type Buyer,
  buySomething,
  chance,
  type Declaration,
  type Draw,
  fresh,
  newBuyer,
  newPerson,
  type Person,
  pick,
  reached,
} from "./draw-account.ts";

/** How things stand when a manifest set follows another. */
export interface Standing {
  /** The set before was not reached yet: nobody knows what of it was done. */
  readonly hurried: boolean;
  /** Subscriptions somebody has suspended in the account itself. */
  readonly suspended: ReadonlySet<Bought>;
}

/** Edits manifests as people do: all that may be edited, in combinations the service allows. */
export function edit(draw: Draw, all: Declaration, standing: Standing): void {
  if (!standing.hurried) {
    pinSome(draw, all);
    for (const one of all.buyers.flatMap(({ subscriptions }) => subscriptions)) one.rising = false;
  }
  for (const one of [...all.people]) editPerson(draw, all, one);
  for (const one of [...all.buyers]) editBuyer(draw, all, { ...standing, buyer: one });
  if (chance(draw, 0.4)) all.profile = draw(aProfile);
  if (chance(draw, 0.3) && all.people.length < 6) all.people.push(newPerson(draw, all));
  if (chance(draw, 0.3) && all.buyers.length < 6) all.buyers.push(newBuyer(draw, all));
}

/** Whatever is there may be pinned. */
function pinSome(draw: Draw, { people, buyers }: Declaration): void {
  for (const one of [...people, ...buyers, ...buyers.flatMap(({ subscriptions }) => subscriptions)])
    if (!one.absent && chance(draw, 0.1)) one.pinned = true;
}

function editPerson(draw: Draw, all: Declaration, one: Person): void {
  const what = pick(draw, [
    "keep",
    "edit",
    "edit",
    "edit",
    "rename",
    "sign-in",
    "remove",
    "forget",
  ]);
  if (what === "edit") one.spec = merged(one.spec, draw(userSpec));
  if (what === "rename") rename(one, fresh(all, "user"));
  if (what === "sign-in" && !one.absent)
    signInAs(one, `${fresh(all, "name")}@contoso.partner.onmschina.cn`);
  if (what === "remove") one.absent = !one.absent && chance(draw, 0.7);
  // Who comes back is somebody else to the directory.
  if (one.absent) one.pinned = false;
  if (what === "forget" && chance(draw, 0.3))
    all.people = all.people.filter((other) => other !== one);
}

function rename(one: Person | Bought | Buyer, name: string): void {
  one.former.add(one.name);
  one.name = name;
}

function signInAs(one: Person, userPrincipalName: string): void {
  one.former.add(String(one.spec.userPrincipalName));
  one.spec = { ...one.spec, userPrincipalName };
}

interface Own extends Standing {
  readonly buyer: Buyer;
}

function editBuyer(draw: Draw, all: Declaration, own: Own): void {
  const { buyer, hurried } = own;
  const what =
    hurried && chance(draw, 0.2)
      ? "rename"
      : pick(draw, ["keep", "keep", "edit", "edit", "rename", "forget"]);
  if (what === "edit") buyer.spec = merged(buyer.spec, { billing: aBilling(draw) });
  if (what === "rename") rename(buyer, fresh(all, "customer"));
  if (what === "forget") buyer.absent = !buyer.absent && chance(draw, 0.4);
  if (buyer.absent) {
    for (const one of [...buyer.subscriptions]) forget(buyer, one);
    return;
  }
  for (const one of [...buyer.subscriptions])
    if (one.base === undefined) editBase(draw, all, { ...own, one });
  for (const one of [...buyer.subscriptions])
    if (one.base !== undefined) editAddOn(draw, all, { ...own, one });
  if (chance(draw, 0.3) && buyer.subscriptions.length < 5) buySomething(draw, all, buyer);
}

/**
 * A subscription no manifest speaks of any more, and what was added to it: they stay as they are.
 */
function forget(buyer: Buyer, one: Bought): void {
  for (const gone of buyer.subscriptions.filter((other) => other === one || other.base === one))
    buyer.lost.add(gone.offer.id);
  buyer.subscriptions = buyer.subscriptions.filter((other) => other !== one && other.base !== one);
}

interface Editing extends Own {
  readonly one: Bought;
}

const bases = [
  "keep",
  "keep",
  "edit",
  "edit",
  "upgrade",
  "upgrade",
  "stop",
  "remove",
  "rename",
  "forget",
] as const;

function editBase(draw: Draw, all: Declaration, editing: Editing): void {
  const { one, buyer, hurried } = editing;
  const what = hurried && chance(draw, 0.6) ? "rename" : pick(draw, bases);
  // What is still to be added to it can only be added while it is active.
  const settled = !one.laden && (!hurried || !buyer.subscriptions.some(({ base }) => base === one));
  if (what === "upgrade" && chance(draw, 0.8)) upgrade(draw, editing);
  else if (what === "remove" && settled) one.absent = !one.absent;
  else if (what === "stop" && settled && !one.absent) turn(one);
  else if (what === "forget" && chance(draw, 0.3)) forget(buyer, one);
  else editAny(draw, all, { one, what });
  if (one.absent) one.spec = { ...one.spec, status: "active" };
}

function editAddOn(draw: Draw, all: Declaration, { one, buyer, hurried }: Editing): void {
  const what =
    hurried && chance(draw, 0.4)
      ? "rename"
      : pick(draw, ["keep", "edit", "stop", "remove", "rename", "forget"] as const);
  if (what === "remove") one.absent = !one.absent;
  else if (what === "stop" && !one.absent) turn(one);
  else if (what === "forget" && isUp(one.base) && chance(draw, 0.3)) forgetAddOn(buyer, one);
  else editAny(draw, all, { one, what });
  const based = one.base;
  if (based?.absent) one.absent = true;
  if (one.absent || based === undefined) one.spec = { ...one.spec, status: "active" };
  // An add-on cannot stay without its base.
  else if (based.spec.status === "suspended") one.spec = { ...one.spec, status: "suspended" };
}

function isUp(base: Bought | undefined): boolean {
  return base !== undefined && !base.absent && base.spec.status === "active";
}

function forgetAddOn(buyer: Buyer, one: Bought): void {
  if (one.base) one.base.laden = true;
  forget(buyer, one);
}

function turn(one: Bought): void {
  one.spec = { ...one.spec, status: one.spec.status === "active" ? "suspended" : "active" };
}

function editAny(
  draw: Draw,
  all: Declaration,
  { one, what }: { readonly one: Bought; readonly what: string },
): void {
  if (what === "rename") rename(one, fresh(all, "office"));
  if (what !== "edit" || one.absent) return;
  // The quantity of what is suspended is frozen.
  const seats: Spec = one.spec.status === "active" ? { quantity: draw(quantity(one.offer)) } : {};
  const named: Spec = chance(draw, 0.3) ? { friendlyName: fresh(all, `${one.name} `) } : {};
  if (named.friendlyName !== undefined && one.adopted)
    for (const alias of one.aliases) one.former.add(alias);
  const partner: Spec = chance(draw, 0.2)
    ? { partnerIdOnRecord: pick(draw, ["47110", "471100"]) }
    : {};
  one.spec = { ...one.spec, ...seats, ...named, ...partner };
}

/** To an offer that the customer does not have, with the seats that it allows. */
function upgrade(draw: Draw, { one, buyer, suspended }: Editing): void {
  const owned = new Set([...buyer.lost, ...buyer.subscriptions.flatMap(({ offer }) => [offer.id])]);
  const targets = bought.filter(
    ({ id, limit }) =>
      reached(one.offer).includes(id) &&
      (limit.unit === "none" || !owned.has(id)) &&
      !owned.has(id),
  );
  const active = !one.absent && one.spec.status === "active" && !suspended.has(one);
  const trial = one.spec.billingCycle === "none";
  if (targets.length === 0 || !active || one.extended || trial) return;
  one.offer = pick(draw, targets);
  one.rising = true;
  one.spec = {
    ...one.spec,
    offer: one.offer.id,
    ...(chance(draw, 0.5) && { quantity: draw(quantity(one.offer)) }),
  };
}
