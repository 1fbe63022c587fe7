import { AdapterError } from "../../../model/adapter.ts";
import type { Probe } from "../../../model/probe.ts";
import { say } from "../../../model/text/phrase.ts";
import { acceptReply, type Call } from "../http/client.ts";
import { codeOf } from "../http/errors.ts";
import type { Service } from "../kind-adapter.ts";
import { collection } from "../http/paging.ts";
import { idIn, pathSegment } from "../reading.ts";
import { record } from "../../../model/text/recorded.ts";
import { wordingOf } from "../../../model/text/worded-error.ts";

/** A cart that nobody has. */
const unknown = "00000000-0000-0000-0000-000000000000";

/**
 * Tries by readings whether the service has carts: it answers 404/800008 for one that is not there
 * (carts.md, section 5). Undefined if subscriptions are not ordered here.
 */
export async function probeCarts(
  service: Service,
  signal: AbortSignal,
): Promise<Probe | undefined> {
  const { options, supports } = service;
  if (!supports.Subscription?.verbs.includes("create")) return undefined;
  const inUse = options.orders === "cart";
  const base = { what: say`Order by carts.`, ...(!inUse && { optional: true as const }) };
  try {
    const found = await tried(service, signal);
    const hint = say`Orders are sent directly here; adapters.partner-center.orders: cart orders by carts.`;
    return { ...base, ...found, ...(found.allowed && !inUse && { hint }) };
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    return record({ ...base, allowed: false, said: wordingOf(error) });
  }
}

/** What the service answers. Without a customer it cannot be asked, which is no refusal. */
async function tried({ wire }: Service, signal: AbortSignal): Promise<Omit<Probe, "what">> {
  for await (const one of collection(wire, { path: "/v1/customers?size=1", signal })) {
    const path = `/v1/customers/${pathSegment(idIn(one))}/carts/${unknown}`;
    const call: Call = { method: "GET", path, signal };
    const reply = await wire.api(call);
    if (reply.status === 404 && codeOf(reply) === "800008") return { allowed: true };
    if (reply.status !== 404) acceptReply(call, reply);
    const answer = `${reply.status}/${codeOf(reply) ?? ""}`;
    const said = say`The service answers ${answer} for a cart that is not there, instead of 404/800008.`;
    return record({ allowed: false, said });
  }
  const said = say`The account has no customer with whom it could be tried.`;
  return { allowed: false, said, optional: true };
}
