import { AdapterError, type WriteContext } from "../../../model/adapter.ts";
import type { Address } from "../../../model/address.ts";
import type { Json, Spec } from "../../../model/values/json.ts";
import { isSpec } from "../../../model/values/json.ts";
import type { Change } from "../../../model/plan/plan.ts";
import { say } from "../../../model/text/say.ts";
import { codeOf, isAbsent } from "../http/errors.ts";
import { type ChangeTo, throwMissing, patchFields, type Service } from "../kind-adapter.ts";
import { whenReady } from "../http/not-ready.ts";
import { textAt } from "../reading.ts";
import { idAfter } from "../http/retry.ts";
import {
  type OwnedSubscription,
  fetchSubscription,
  type SubscriptionKey,
  subscriptionPath,
} from "./subscription-path.ts";
import { acceptReply, type Call } from "../http/client.ts";

/** One field of a subscription to change, with its name in the API. */
export interface Concern {
  readonly field: "status" | "quantity" | "friendlyName" | "partnerId";
  readonly value: Json;
}

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
    throw new AdapterError("conflict", say`${change.address} has changed since it was read`);
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

/** A change of one field in a subscription's body. */
export interface Put {
  readonly place: SubscriptionKey;
  readonly concern: Concern;
  readonly body: Json;
  readonly context: Pick<WriteContext, "requestId" | "signal">;
}

/**
 * Sends the whole subscription with one field changed. Returns the body, after polling if the
 * service only accepted the change. Throws AdapterError `rejected` for new commerce, and
 * `unknown-outcome` if polling takes too long.
 */
export async function putSubscription(
  service: Service,
  { place, concern, body, context }: Put,
): Promise<Json> {
  if (textAt(body, "/productType/id") === "OnlineServicesNCE")
    throw new AdapterError(
      "rejected",
      say`The subscription ${place.id} is of new commerce, which is not changed here.`,
    );
  const { field, value } = concern;
  if (isSpec(body) && body[field] === value) return body;
  const { signal } = context;
  const etag = textAt(body, "/attributes/etag");
  const suspends = field === "status" && value === "suspended";
  const call: Call = {
    method: "PATCH",
    path: subscriptionPath(place.customer, place.id),
    body: { ...(isSpec(body) ? body : {}), [field]: value },
    headers: suspends && etag !== undefined ? { "If-Match": `"${etag}"` } : {},
    requestId: idAfter(context.requestId, `${field}=${String(value)}`),
    repeatable: true,
    signal,
  };
  const reply = await whenReady(service, call);
  // An earlier try of this request may have changed the ETag. If the field already has the desired
  // value, the change is done.
  const stale =
    reply.status === 400 && codeOf(reply) === "2055"
      ? await shown(service, { place, concern, signal })
      : undefined;
  if (stale !== undefined) return stale;
  const answered = acceptReply(call, reply);
  return reply.status === 202 || answered === undefined
    ? awaited(service, { place, concern, signal })
    : answered;
}

interface Awaiting {
  readonly place: SubscriptionKey;
  readonly concern: Concern;
  readonly signal: AbortSignal;
}

async function shown(
  { wire }: Service,
  { place, concern, signal }: Awaiting,
): Promise<Json | undefined> {
  const body = (await fetchSubscription(wire, place, signal)).body();
  return isSpec(body) && same(body[concern.field], concern.value) ? body : undefined;
}

function same(value: Json | undefined, wanted: Json): boolean {
  return typeof value === "string" && typeof wanted === "string"
    ? value.toLowerCase() === wanted.toLowerCase()
    : value === wanted;
}

/**
 * Polls until the service shows the accepted change. Throws AdapterError `unknown-outcome` after
 * the configured time.
 */
async function awaited(service: Service, awaiting: Awaiting): Promise<Json> {
  const { seconds, longestSeconds: longest } = service.options.poll;
  for (let waited = 0; ; waited += seconds) {
    const body = await shown(service, awaiting);
    if (body !== undefined) return body;
    if (waited >= longest)
      throw new AdapterError(
        "unknown-outcome",
        say`the service accepted the change and had not made it when the time to wait was up`,
      );
    await service.clock.sleep(seconds * 1000, awaiting.signal);
  }
}
