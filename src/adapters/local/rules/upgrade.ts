import type { Spec } from "../../../model/values/json.ts";
import { say } from "../../../model/text/phrase.ts";
import type { Stored } from "../contents.ts";
import { type Effect, rejection, type RequestTo, textAt } from "./rules.ts";

/**
 * Replaces a subscription with one of another offer. The old subscription is deleted; the new one
 * has a new id. Throws AdapterError `rejected` while the subscription is simulated as pending.
 */
export function upgradeSubscription(request: RequestTo<"upgrade">, old: Stored): Effect {
  const { change, at, newId } = request;
  if (isPending(old, request))
    throw rejection(say`${change.address} cannot be upgraded: it is not provisioned yet.`);
  const { customer: _, addOnOf: __, ...wanted } = change.desired;
  const spec: Spec = { ...old.spec, ...wanted };
  const source = { ...old, version: old.version + 1, deletedAt: at };
  const id = newId("Subscription", "upgrade of", old.id);
  const reply = {
    ...old,
    id,
    key: textAt(spec, "/friendlyName") || old.key,
    spec,
    version: 1,
    orderedAt: at,
  };
  return { objects: [source, reply], reply };
}

function isPending(one: Stored, { at, pending }: RequestTo<"upgrade">): boolean {
  return one.orderedAt !== undefined && Date.parse(at) < Date.parse(one.orderedAt) + pending * 1000;
}
