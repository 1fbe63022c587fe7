import { AdapterError, type WriteContext } from "../../../model/adapter.ts";
import type { Address } from "../../../model/address.ts";
import type { Change } from "../../../model/plan/plan.ts";
import { say } from "../../../model/text/phrase.ts";
import type { Json, Spec } from "../../../model/values/json.ts";
import { isAbsent } from "../http/errors.ts";
import { type ChangeTo, patchFields, type Service, throwMissing } from "../kind-adapter.ts";
import { textAt } from "../reading.ts";
import { type Concern, putSubscription } from "./put-subscription.ts";
import {
  fetchSubscription,
  type OwnedSubscription,
  type SubscriptionKey,
} from "./subscription-path.ts";

/**
 * Updates a subscription field by field: activation first, because the quantity cannot change while
 * suspended, and suspension last.
 */
export async function update(
  service: Service,
  change: ChangeTo<"update">,
  context: WriteContext,
): Promise<OwnedSubscription> {
  const { place, body } = await unchanged(service, change, context);
  const now: Spec = { status: isSuspended(body) ? "suspended" : "active" };
  const wanted = patchFields(now, change);
  const concerns: readonly (Concern | undefined)[] = [
    wanted.status === "active" && isSuspended(body)
      ? { field: "status", value: "active" }
      : undefined,
    concern("quantity", wanted.quantity),
    concern("friendlyName", wanted.friendlyName),
    concern("partnerId", wanted.partnerIdOnRecord),
    wanted.status === "suspended" && !isSuspended(body)
      ? { field: "status", value: "suspended" }
      : undefined,
  ];
  let latest = body;
  for (const one of concerns)
    if (one)
      latest = await putSubscription(service, { place, concern: one, body: latest, context });
  return { customer: place.customer, body: latest, whole: true };
}

function concern(field: Concern["field"], value: Json | undefined): Concern | undefined {
  return value === undefined ? undefined : { field, value };
}

/**
 * Suspends the subscription; the service keeps its data for 60 days. Does nothing if it is already
 * suspended.
 */
export async function suspend(
  service: Service,
  change: ChangeTo<"remove">,
  context: WriteContext,
): Promise<void> {
  const { requestId, signal } = context;
  const { place, body } = await unchanged(service, change, context);
  if (!isSuspended(body))
    await putSubscription(service, {
      place,
      concern: { field: "status", value: "suspended" },
      body,
      context: { requestId, signal },
    });
}

function isSuspended(body: Json): boolean {
  return textAt(body, "/status")?.toLowerCase() === "suspended";
}

/**
 * Returns the body that was just read, if it has an ETag: the service refuses an outdated one.
 * Otherwise reads it. Throws AdapterError `conflict` if the ETag differs, `missing` if the
 * subscription is gone.
 */
async function unchanged(
  service: Service,
  change: Live,
  context: WriteContext,
): Promise<{ readonly place: SubscriptionKey; readonly body: Json }> {
  const { current, signal } = context;
  const place = placeOf(change, context);
  const known = current?.id === place.id ? current.handle?.body : undefined;
  if (known !== undefined && current?.etag !== undefined) return { place, body: JSON.parse(known) };
  const body = await found(service, { place, change, signal });
  if (current?.etag !== undefined && current.etag !== textAt(body, "/attributes/etag"))
    throw new AdapterError("conflict", say`${change.address} has changed since it was read.`);
  return { place, body };
}

/** A change of an existing subscription. */
export type Live = Change & { readonly observed: { readonly id: string } };

/** The customer id and subscription id of a change. */
export function placeOf(
  { parent, observed }: Live,
  { current, bound }: WriteContext,
): SubscriptionKey {
  const customer =
    current?.parentId ?? (parent?.includes("/") ? bound(parent as Address).id : parent);
  return { customer: customer ?? "", id: observed.id };
}

async function found(
  { wire }: Service,
  {
    place,
    change,
    signal,
  }: { readonly place: SubscriptionKey; readonly change: Live; readonly signal: AbortSignal },
): Promise<Json> {
  const there = await fetchSubscription(wire, place, signal);
  if (isAbsent(there.reply)) throwMissing(change);
  const body = there.body();
  if (textAt(body, "/status")?.toLowerCase() === "deleted") throwMissing(change);
  return body;
}
