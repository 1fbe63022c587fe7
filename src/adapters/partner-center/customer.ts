import { AdapterError, type WriteContext } from "../../model/adapter.ts";
import type { Observed } from "../../model/observed.ts";
import { say } from "../../model/text/phrase.ts";
import { keepSecret } from "../../model/text/secrets.ts";
import type { Json } from "../../model/values/json.ts";
import { validateAddress } from "./customer/address-validation.ts";
import { billingFields, fetchCustomer, observedCustomer, searchOf } from "./customer/reading.ts";
import { updateBilling } from "./customer/update.ts";
import { toWire } from "./field-mapping.ts";
import { acceptReply, type Call, type Wire } from "./http/client.ts";
import type { Reply } from "./http/errors.ts";
import { itemsOf } from "./http/paging.ts";
import { idsAfterThrottling } from "./http/retry.ts";
import { type ChangeTo, type KindAdapter, part, type Service } from "./kind-adapter.ts";
import { costOfList, lookFor } from "./lookup-or-list.ts";
import { inParallel, pathSegment, textAt } from "./reading.ts";

const kind = "Customer";

/** Customers: created once and never deleted. Only the billing profile can be updated. */
export function customer(service: Service): KindAdapter {
  const { wire, options } = service;
  return {
    kind,
    cost(step) {
      if ("reading" in step)
        return step.reading === "list"
          ? costOfList(step, options.pageSize.customers)
          : { reads: 1, writes: 0 };
      return { reads: 0, writes: step.action === "create" && options.validateAddresses ? 2 : 1 };
    },
    async *read(query, signal) {
      signal.throwIfAborted();
      if (query.parentId !== undefined) return;
      const { id, only, fields } = query;
      const search = searchOf(service, query, signal);
      if (id !== undefined)
        yield* await fetchCustomer(wire, id, { signal, ...(fields && { fields }) });
      else if (only) yield* lookFor(only, search);
      else
        for await (const found of inParallel(
          itemsOf(search.pages()),
          options.connections,
          search.observed,
        ))
          yield* found;
    },
    create: (change, context) => create(service, change, context),
    update: (change, context) => updateBilling(wire, change, context),
  };
}

async function create(
  service: Service,
  change: ChangeTo<"create">,
  context: WriteContext,
): Promise<Observed> {
  const { wire, options } = service;
  const { requestId, repeated, signal } = context;
  const domain = textAt(change.desired, "/domain") ?? "";
  const billing = part(change.desired, "billing");
  if (options.validateAddresses) await validateAddress(service, change, context);
  const call: Call = {
    method: "POST",
    path: "/v1/customers",
    body: {
      companyProfile: {
        domain,
        ...(billing.companyName !== undefined && { companyName: billing.companyName }),
      },
      billingProfile: toWire({}, billing, billingFields),
    },
    requestId,
    repeatable: true,
    ...(repeated && { repeated }),
    signal,
  };
  const reply = await wire.api(call);
  const taken = isRefused(reply) && (await isTaken(wire, domain, signal));
  const own = taken && repeated ? await recalled(wire, call) : undefined;
  if (taken && !own)
    throw new AdapterError("conflict", say`${change.address}: the domain ${domain} is taken.`);
  const body = acceptReply(call, own ?? reply);
  await handOut(body, { domain, change, context });
  return observedCustomer(body);
}

function isRefused({ status }: Reply): boolean {
  return status === 400 || status === 409;
}

/**
 * Repeats the request under each id that an earlier, throttled try may have used: the service
 * recognizes a repeated request only by its id. Returns undefined if all are refused.
 */
async function recalled(wire: Wire, call: Call): Promise<Reply | undefined> {
  for (const requestId of idsAfterThrottling(call.requestId ?? "")) {
    const reply = await wire.api({ ...call, requestId });
    if (!isRefused(reply)) return reply;
  }
  return undefined;
}

/** Delivers the new customer's admin credential, which the service returns only once. */
async function handOut(
  body: Json | undefined,
  {
    domain,
    change,
    context,
  }: {
    readonly domain: string;
    readonly change: ChangeTo<"create">;
    readonly context: WriteContext;
  },
): Promise<void> {
  const secret = textAt(body, "/userCredentials/password");
  if (secret === undefined) return;
  keepSecret(secret);
  const name = textAt(body, "/userCredentials/userName") ?? "admin";
  const userName = name.includes("@") ? name : `${name}@${domain}`;
  await context.deliver({
    address: change.address,
    purpose: "customer-admin",
    userName,
    secret,
    requestId: context.requestId,
  });
}

/** The service answers 404 if the domain is free. */
async function isTaken(wire: Wire, domain: string, signal: AbortSignal): Promise<boolean> {
  return (
    (await wire.api({ method: "HEAD", path: `/v1/domains/${pathSegment(domain)}`, signal }))
      .status === 200
  );
}
