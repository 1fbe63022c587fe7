import { type Address, address, nameOf } from "../../../model/address.ts";
import type { Spec } from "../../../model/values/json.ts";
import { findLiving } from "../account.ts";
import type { Stored } from "../contents.ts";
import {
  changeEffect,
  type Effect,
  patchSpec,
  type WriteRequest,
  type RequestTo,
  type Rules,
  textAt,
} from "./rules.ts";
import { upgradeSubscription } from "./upgrade.ts";

const kind = "Subscription";

/**
 * Subscriptions: ordered for a customer, suspended instead of deleted, upgraded to a subscription
 * with a new id. What the service would refuse is left to the kind's checks and the emulator.
 */
export const subscription: Rules = {
  kind,
  fields: [
    ...["/customer", "/friendlyName", "/offer", "/quantity", "/billingCycle", "/status"],
    ...["/partnerIdOnRecord", "/addOnOf"],
  ],
  repeatable: ["update", "remove"],
  ordered: true,
  create,
  update,
  upgrade: upgradeSubscription,
  remove: ({ at }, old) =>
    changeEffect(old, {
      spec: { ...old.spec, status: "suspended" },
      suspendedAt: old.suspendedAt ?? at,
    }),
};

function create(request: RequestTo<"create">): Effect {
  const { change, context, account, at, newId } = request;
  const customer = findLiving(account, "Customer", context.bound(change.parent as Address).id).id;
  const base = baseOf(request, textAt(change.desired, "/addOnOf"));
  const ids = { customer, ...(base && { addOnOf: base.id }) };
  const spec: Spec = {
    status: "active",
    billingCycle: base?.spec.billingCycle ?? "monthly",
    ...change.desired,
    ...ids,
  };
  const key = textAt(spec, "/friendlyName") || change.key;
  const reply = {
    kind,
    id: newId(kind, customer, key),
    key,
    parentId: customer,
    spec,
    version: 1,
    orderedAt: at,
  };
  return { objects: [reply], reply };
}

function baseOf({ change, context, account }: WriteRequest, name: string): Stored | undefined {
  if (name === "") return undefined;
  return findLiving(
    account,
    kind,
    context.bound(address(kind, name, nameOf(change.parent as Address))).id,
  );
}

function update(request: RequestTo<"update">, old: Stored): Effect {
  const spec = patchSpec(request, old, ["/customer", "/offer", "/billingCycle", "/addOnOf"]);
  const { suspendedAt, ...others } = old;
  const since = spec.status === "suspended" ? { suspendedAt: suspendedAt ?? request.at } : {};
  return changeEffect(
    { ...others, ...since },
    { spec, key: textAt(spec, "/friendlyName") || old.key },
  );
}
