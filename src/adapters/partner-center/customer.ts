import { AdapterError, type WriteContext } from "../../model/adapter.ts";
import { equal, type Json, type Spec } from "../../model/json.ts";
import type { Observed } from "../../model/observed.ts";
import { codeOf, isAbsent } from "./errors.ts";
import { type ChangeTo, demandSame, gone, type KindAdapter, part, patched, type Service } from "./kind-adapter.ts";
import { collection, gathered } from "./paging.ts";
import { idOf, inParallel, textAt } from "./reading.ts";
import { idAfter } from "./retry.ts";
import { addressFields, type Field, fromWire, same, toWire } from "./shapes.ts";
import { accepted, type Call, type Wire } from "./wire.ts";

const kind = "Customer";

const billingFields: readonly Field[] = [
  ...["companyName", "culture", "language", "email", "firstName", "lastName"].map((name) => same(name)),
  { name: "address", wire: "defaultAddress", within: addressFields },
];

/** Every customer as the list has it: without its billing profile. */
export function customerList({ wire, options }: Pick<Service, "wire" | "options">, signal: AbortSignal): AsyncIterable<Json> {
  return collection(wire, { path: `/v1/customers?size=${options.pageSize.customers}`, signal });
}

/** Customers: created once, for good; later only the billing profile changes. */
export function customer(service: Service): KindAdapter {
  const { wire, options } = service;
  return {
    kind,
    cost(step) {
      if ("reading" in step) return { reads: 1, writes: 0 };
      if (step.action === "create") return { reads: 0, writes: options.validateAddresses ? 2 : 1 };
      return { reads: 1, writes: 1 };
    },
    async *read({ id, parentId, whole }, signal) {
      signal.throwIfAborted();
      if (parentId !== undefined) return;
      if (id !== undefined) {
        const found = await fetch(wire, id, signal);
        if (found) yield found;
        return;
      }
      // The list has no billing profiles; each takes a reading of its own.
      const complete = async (body: Json): Promise<readonly Observed[]> => {
        const brief = observed(body);
        if (whole && !whole(brief)) return [brief];
        return [(await fetch(wire, brief.id, signal)) ?? brief];
      };
      for await (const found of inParallel(customerList(service, signal), options.connections, complete)) yield* found;
    },
    create: (change, context) => create(service, change, context),
    update: (change, context) => update(wire, change, context),
  };
}

async function fetch(wire: Wire, id: string, signal: AbortSignal): Promise<Observed | undefined> {
  const call: Call = { method: "GET", path: `/v1/customers/${encodeURIComponent(id)}`, signal };
  const reply = await wire.api(call);
  return isAbsent(reply) ? undefined : observed(accepted(call, reply));
}

function observed(body: Json | undefined): Observed {
  const domain = (textAt(body, "/companyProfile/domain") ?? "").toLowerCase();
  const billing = fromWire(part(body as Spec, "billingProfile"), billingFields);
  const etag = textAt(body, "/billingProfile/attributes/etag");
  return {
    kind,
    id: idOf(textAt(body, "/id") ?? ""),
    key: domain,
    spec: { domain, ...(Object.keys(billing).length > 0 && { billing }) },
    ...(etag !== undefined && { etag }),
  };
}

async function create({ wire, options }: Service, change: ChangeTo<"create">, context: WriteContext): Promise<Observed> {
  const { requestId, signal } = context;
  const domain = textAt(change.desired, "/domain") ?? "";
  const billing = part(change.desired, "billing");
  if (options.validateAddresses) await validateAddress(wire, part(billing, "address"), context);
  const call: Call = {
    method: "POST",
    path: "/v1/customers",
    body: {
      companyProfile: { domain, ...(billing.companyName !== undefined && { companyName: billing.companyName }) },
      billingProfile: toWire({}, billing, billingFields),
    },
    requestId,
    repeatable: true,
    signal,
  };
  const reply = await wire.api(call);
  if ((reply.status === 400 || reply.status === 409) && (await isTaken(wire, domain, signal)))
    throw new AdapterError("conflict", `${change.address}: the domain ${domain} is taken`);
  const body = accepted(call, reply);
  await handOut(body, { domain, change, context });
  return observed(body);
}

/** The only time the service shows the new customer's administrator. */
async function handOut(
  body: Json | undefined,
  { domain, change, context }: { readonly domain: string; readonly change: ChangeTo<"create">; readonly context: WriteContext },
): Promise<void> {
  const secret = textAt(body, "/userCredentials/password");
  if (secret === undefined) return;
  const name = textAt(body, "/userCredentials/userName") ?? "admin";
  const userName = name.includes("@") ? name : `${name}@${domain}`;
  await context.deliver({ address: change.address, purpose: "customer-admin", userName, secret, requestId: context.requestId });
}

/** An address the service does not know makes a customer that can be mended only by hand, so it is asked before. */
async function validateAddress(wire: Wire, address: Spec, { requestId, signal }: WriteContext): Promise<void> {
  const fields = ["addressLine1", "addressLine2", "city", "state", "postalCode", "country"];
  const body = Object.fromEntries(
    fields.flatMap((field) => {
      const value = address[field];
      return value === undefined ? [] : [[(field[0] ?? "").toUpperCase() + field.slice(1), value]];
    }),
  );
  const call: Call = {
    method: "POST",
    path: "/v1/validations/address",
    body,
    requestId: idAfter(requestId, "address"),
    repeatable: true,
    signal,
  };
  accepted(call, await wire.api(call));
}

/** 404 means that the domain is free. */
async function isTaken(wire: Wire, domain: string, signal: AbortSignal): Promise<boolean> {
  return (await wire.api({ method: "HEAD", path: `/v1/domains/${encodeURIComponent(domain)}`, signal })).status === 200;
}

async function update(wire: Wire, change: ChangeTo<"update">, context: WriteContext): Promise<Observed> {
  const { requestId, signal } = context;
  const { id } = change.observed;
  const path = `/v1/customers/${encodeURIComponent(id)}/profiles/billing`;
  const reading: Call = { method: "GET", path, signal };
  const read = await wire.api(reading);
  if (isAbsent(read)) gone(change);
  const before = accepted(reading, read);
  const current = context.current?.spec ?? { ...change.observed.spec, billing: fromWire(before, billingFields) };
  demandSame(fromWire(before, billingFields), part(current, "billing"), change);
  const wanted = part(patched(current, change), "billing");
  const etag = textAt(before, "/attributes/etag");
  const call: Call = {
    method: "PUT",
    path,
    headers: etag === undefined ? {} : { "If-Match": `"${etag}"` },
    body: toWire(before, wanted, billingFields),
    requestId,
    signal,
  };
  const body = await settled(wire, { call, reading, wanted });
  return { kind, id, key: change.observed.key, spec: { ...current, billing: fromWire(body, billingFields) }, ...etagOf(body) };
}

/** A repetition finds its own first try's ETag: what is there as it was wanted is done, whoever did it. */
async function settled(
  wire: Wire,
  { call, reading, wanted }: { readonly call: Call; readonly reading: Call; readonly wanted: Spec },
): Promise<Json | undefined> {
  const reply = await wire.api(call);
  if (reply.status !== 400 || codeOf(reply) !== "2055") return accepted(call, reply);
  const now = accepted(reading, await wire.api(reading));
  if (equal(toWire(now, wanted, billingFields), now)) return now;
  return accepted(call, reply);
}

function etagOf(body: Json | undefined): { readonly etag?: string } {
  const etag = textAt(body, "/attributes/etag");
  return etag === undefined ? {} : { etag };
}

/** The ids of all customers. */
export async function customerIds(service: Pick<Service, "wire" | "options">, signal: AbortSignal): Promise<readonly string[]> {
  return (await gathered(customerList(service, signal))).map((body) => idOf(textAt(body, "/id") ?? ""));
}
