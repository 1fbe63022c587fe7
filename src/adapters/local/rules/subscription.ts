import { type Address, address, nameOf } from "../../../model/address.ts";
import type { Spec } from "../../../model/values/json.ts";
import { say } from "../../../model/text/say.ts";
import { type LocalAccount, findLiving, type Stored } from "../account.ts";
import { allowsOrder, offerOf, withinLimits } from "./order-rules.ts";
import { changeEffect, type Effect, patchSpec, type WriteRequest, type RequestTo, type Rules, rejection, textAt } from "./rules.ts";
import { upgradeSubscription } from "./upgrade.ts";

const kind = "Subscription";
const daysUntilDeletion = 60;
const day = 86_400_000;

/**
 * Subscriptions: ordered for a customer, suspended instead of deleted, upgraded along the
 * catalogue's upgrade paths to a subscription with a new id.
 */
export const subscription: Rules = {
  kind,
  fields: [...["/customer", "/friendlyName", "/offer", "/quantity", "/billingCycle", "/status"], ...["/partnerIdOnRecord", "/addOnOf"]],
  repeatable: ["update", "remove"],
  create,
  update,
  upgrade: upgradeSubscription,
  remove: ({ at }, old) => changeEffect(old, { spec: { ...old.spec, status: "suspended" }, suspendedAt: old.suspendedAt ?? at }),
};

function create(request: RequestTo<"create">): Effect {
  const { change, context, account, at, newId } = request;
  const customer = findLiving(account, "Customer", context.bound(change.parent as Address).id).id;
  const base = baseOf(request, textAt(change.desired, "/addOnOf"));
  const ids = { customer, ...(base && { addOnOf: base.id }) };
  const spec: Spec = { status: "active", billingCycle: base?.spec.billingCycle ?? "monthly", ...change.desired, ...ids };
  allowsOrder(request, { spec, base, siblings: () => account.all(kind, customer) });
  const key = textAt(spec, "/friendlyName") || change.key;
  const reply = { kind, id: newId(kind, customer, key), key, parentId: customer, spec, version: 1, orderedAt: at };
  return { objects: [reply], reply };
}

function baseOf({ change, context, account }: WriteRequest, name: string): Stored | undefined {
  if (name === "") return undefined;
  return findLiving(account, kind, context.bound(address(kind, name, nameOf(change.parent as Address))).id);
}

function update(request: RequestTo<"update">, old: Stored): Effect {
  const spec = patchSpec(request, old, ["/customer", "/offer", "/billingCycle", "/addOnOf"]);
  const { account, change, at, offers } = request;
  if (spec.quantity !== old.spec.quantity && spec.status === "suspended" && old.spec.status === "suspended")
    throw rejection(say`the quantity of ${change.address} is frozen while it is suspended`);
  if (spec.quantity !== old.spec.quantity) withinLimits(offerOf(offers, spec), spec);
  if (spec.status === "active" && old.spec.status !== "active") allowsReactivation(account, old, at);
  const { suspendedAt, ...others } = old;
  const since = spec.status === "suspended" ? { suspendedAt: suspendedAt ?? at } : {};
  return changeEffect({ ...others, ...since }, { spec, key: textAt(spec, "/friendlyName") || old.key });
}

function allowsReactivation(account: LocalAccount, old: Stored, at: string): void {
  const base = typeof old.spec.addOnOf === "string" ? account.find(kind, old.spec.addOnOf) : undefined;
  if (base && base.spec.status !== "active") throw rejection(say`an add-on cannot be active while its subscription is not`);
  if (old.suspendedAt === undefined || Date.parse(at) <= Date.parse(old.suspendedAt) + daysUntilDeletion * day) return;
  const since = old.suspendedAt.slice(0, 10);
  throw rejection(say`it was suspended on ${since}, and its data was deleted ${daysUntilDeletion} days later`);
}
