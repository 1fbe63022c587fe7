import { AdapterError, type WriteContext } from "../../../model/adapter.ts";
import { say } from "../../../model/text/phrase.ts";
import { isSpec, type Json } from "../../../model/values/json.ts";
import { acceptReply, type Call } from "../http/client.ts";
import { codeOf } from "../http/errors.ts";
import { whenReady } from "../http/not-ready.ts";
import { idAfter } from "../http/retry.ts";
import type { Service } from "../kind-adapter.ts";
import { textAt } from "../reading.ts";
import { fetchSubscription, type SubscriptionKey, subscriptionPath } from "./subscription-path.ts";

/** One field of a subscription to change, with its name in the API. */
export interface Concern {
  readonly field: "status" | "quantity" | "friendlyName" | "partnerId";
  readonly value: Json;
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
      ? await readShown(service, { place, concern, signal })
      : undefined;
  if (stale !== undefined) return stale;
  const answered = acceptReply(call, reply);
  return reply.status === 202 || answered === undefined
    ? pollUntilShown(service, { place, concern, signal })
    : answered;
}

interface Awaiting {
  readonly place: SubscriptionKey;
  readonly concern: Concern;
  readonly signal: AbortSignal;
}

async function readShown(
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
async function pollUntilShown(service: Service, awaiting: Awaiting): Promise<Json> {
  const { seconds, longestSeconds: longest } = service.options.poll;
  for (let waited = 0; ; waited += seconds) {
    const body = await readShown(service, awaiting);
    if (body !== undefined) return body;
    if (waited >= longest)
      throw new AdapterError(
        "unknown-outcome",
        say`The service accepted the change and had not made it when the time to wait was up.`,
      );
    await service.clock.sleep(seconds * 1000, awaiting.signal);
  }
}
