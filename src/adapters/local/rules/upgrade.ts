import type { Spec } from "../../../model/values/json.ts";
import { say } from "../../../model/text/say.ts";
import type { Stored } from "../account.ts";
import { offerOf, sameOffer, withinLimits } from "./order-rules.ts";
import { type Effect, type RequestTo, rejection, textAt } from "./rules.ts";

/**
 * Replaces a subscription with one of an offer that the catalogue allows as an upgrade. The old
 * subscription is deleted; the new one has a new id. Throws AdapterError `rejected`.
 */
export function upgradeSubscription(request: RequestTo<"upgrade">, old: Stored): Effect {
  const { change, offers, at, newId } = request;
  const { customer: _, addOnOf: __, ...wanted } = change.desired;
  const spec: Spec = { ...old.spec, ...wanted };
  allowsUpgrade(request, old, spec);
  withinLimits(offerOf(offers, spec), spec);
  const source = { ...old, version: old.version + 1, deletedAt: at };
  const id = newId("Subscription", "upgrade of", old.id);
  const reply = { ...old, id, key: textAt(spec, "/friendlyName") || old.key, spec, version: 1, orderedAt: at };
  return { objects: [source, reply], reply };
}

function allowsUpgrade(request: RequestTo<"upgrade">, old: Stored, spec: Spec): void {
  const { change, account, offers } = request;
  const all = [...account.all("Subscription", old.parentId)];
  const siblings = all.filter((one) => one.deletedAt === undefined && one.id !== old.id);
  const refusals: readonly (readonly [boolean, string])[] = [
    [old.spec.status !== "active", say`is not active`],
    [isPending(old, request), say`is not provisioned yet`],
    [siblings.some((one) => one.spec.addOnOf === old.id), say`has add-ons`],
    [!isTarget(offerOf(offers, old.spec).upgradesTo, spec), say`has no upgrade to ${spec.offer}`],
    [siblings.some((one) => sameOffer(one.spec, spec)), say`is one of two: the customer already has ${spec.offer}`],
  ];
  const refusal = refusals.find(([holds]) => holds);
  if (refusal) throw rejection(say`${change.address} cannot be upgraded: it ${refusal[1]}`);
}

function isPending(one: Stored, { at, pending }: RequestTo<"upgrade">): boolean {
  return one.orderedAt !== undefined && Date.parse(at) < Date.parse(one.orderedAt) + pending * 1000;
}

function isTarget(targets: unknown, spec: Spec): boolean {
  return Array.isArray(targets) && targets.some((target) => sameOffer({ offer: String(target) }, spec));
}
