import type { WriteContext } from "../../../model/adapter.ts";
import type { Observed } from "../../../model/observed.ts";
import { equal, type Json, type Spec } from "../../../model/values/json.ts";
import { fromWire, toWire } from "../field-mapping.ts";
import { acceptReply, type Call, type Wire } from "../http/client.ts";
import { codeOf, isAbsent } from "../http/errors.ts";
import { type ChangeTo, demandSame, part, patchFields, throwMissing } from "../kind-adapter.ts";
import { pathSegment, textAt } from "../reading.ts";
import { billingFields } from "./reading.ts";

/**
 * Updates a customer's billing profile. Throws AdapterError `conflict` if it has changed since
 * it was read.
 */
export async function updateBilling(
  wire: Wire,
  change: ChangeTo<"update">,
  context: WriteContext,
): Promise<Observed> {
  const { requestId, signal } = context;
  const { id } = change.observed;
  const path = `/v1/customers/${pathSegment(id)}/profiles/billing`;
  const reading: Call = { method: "GET", path, signal };
  const before = profileIn(context, id) ?? (await fetchProfile(wire, reading, change));
  const current = context.current?.spec ?? {
    ...change.observed.spec,
    billing: fromWire(before, billingFields),
  };
  demandSame(fromWire(before, billingFields), part(current, "billing"), change);
  const wanted = part(patchFields(current, change), "billing");
  const etag = textAt(before, "/attributes/etag");
  const call: Call = {
    method: "PUT",
    path,
    headers: etag === undefined ? {} : { "If-Match": `"${etag}"` },
    body: toWire(before, wanted, billingFields),
    requestId,
    signal,
  };
  const body = await sendUpdate(wire, { call, reading, wanted });
  const handle = { billing: JSON.stringify(body ?? null) };
  return {
    kind: change.kind,
    id,
    key: change.observed.key,
    spec: { ...current, billing: fromWire(body, billingFields) },
    handle,
    ...etagOf(body),
  };
}

/**
 * The billing profile that was read together with the customer. No second read is needed: the
 * service refuses an outdated ETag.
 */
function profileIn({ current }: WriteContext, id: string): Json | undefined {
  if (current?.id !== id || current.etag === undefined || current.handle?.billing === undefined)
    return undefined;
  return JSON.parse(current.handle.billing);
}

async function fetchProfile(
  wire: Wire,
  reading: Call,
  change: ChangeTo<"update">,
): Promise<Json | undefined> {
  const reply = await wire.api(reading);
  return isAbsent(reply) ? throwMissing(change) : acceptReply(reading, reply);
}

/**
 * Sends the update. If the ETag is outdated (400/2055) and the profile already has the desired
 * values, an earlier try of this request may have set them, so the update counts as done.
 */
async function sendUpdate(
  wire: Wire,
  { call, reading, wanted }: { readonly call: Call; readonly reading: Call; readonly wanted: Spec },
): Promise<Json | undefined> {
  const reply = await wire.api(call);
  if (reply.status !== 400 || codeOf(reply) !== "2055") return acceptReply(call, reply);
  const now = acceptReply(reading, await wire.api(reading));
  if (equal(toWire(now, wanted, billingFields), now)) return now;
  return acceptReply(call, reply);
}

function etagOf(body: Json | undefined): { readonly etag?: string } {
  const etag = textAt(body, "/attributes/etag");
  return etag === undefined ? {} : { etag };
}
