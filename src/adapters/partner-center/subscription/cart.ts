import { AdapterError, type OrderProposal, type ProposalState } from "../../../model/adapter.ts";
import { say } from "../../../model/text/phrase.ts";
import { wordingOf } from "../../../model/text/worded-error.ts";
import { isSpec, type Json, type Spec } from "../../../model/values/json.ts";
import { valueAt } from "../../../model/values/pointer.ts";
import { acceptReply, type Call } from "../http/client.ts";
import { codeOf, isAbsent, nothingSent, type Reply } from "../http/errors.ts";
import { whenReady } from "../http/not-ready.ts";
import { idAfter } from "../http/retry.ts";
import type { Service } from "../kind-adapter.ts";
import { idIn, pathSegment, textAt } from "../reading.ts";
import { demandAsWanted, quoteOf } from "./cart-line.ts";
import { refusedForNow } from "./provisioning.ts";
import type { WantedOrder } from "./wanted.ts";

/**
 * Orders by a cart (carts.md): makes it, or reads the one of an earlier try, checks its line, has
 * it recorded and judged, and checks it out, which is documented as idempotent. Returns the order.
 */
export async function orderByCart(service: Service, wanted: WantedOrder): Promise<Json> {
  const { context } = wanted;
  const cart =
    context.proposal === undefined
      ? await makeCart(service, wanted)
      : await earlierCart(service, wanted, context.proposal);
  const id = idIn(cart);
  if (!isOrdered(cart)) {
    demandAsWanted(cart, wanted);
    await context.propose(proposalOf(id, cart, { ...wanted, service }));
  }
  return checkOut(service, wanted, id);
}

/** Reads whether a cart was ordered (carts.md §2, §6). */
export async function cartState(
  service: Service,
  place: { readonly customer: string; readonly id: string },
  signal: AbortSignal,
): Promise<ProposalState> {
  const { cart, expired } = await readCart(service, place, signal);
  if (cart === undefined) return "unknown";
  if (isOrdered(cart)) return "ordered";
  return textAt(cart, "/status")?.toLowerCase() === "active" && !expired ? "open" : "unknown";
}

function isOrdered(cart: Json): boolean {
  return textAt(cart, "/status")?.toLowerCase() === "ordered";
}

function cartPath(customer: string, id?: string): string {
  const all = `/v1/customers/${pathSegment(customer)}/carts`;
  return id === undefined ? all : `${all}/${pathSegment(id)}`;
}

/** Makes a cart. Nothing is bought by that, whatever the reply. */
async function makeCart(service: Service, wanted: WantedOrder): Promise<Json> {
  const { customer, context } = wanted;
  const { requestId, signal } = context;
  const body = { lineItems: [lineFor(wanted)] };
  const call: Call = {
    ...{ method: "POST", path: cartPath(customer), body, requestId, signal },
    repeatable: true,
  };
  try {
    const waits = refusedForNow(service, wanted);
    const cart = acceptReply(call, await whenReady(service, call, waits)) ?? null;
    idIn(cart);
    return cart;
  } catch (error) {
    throw error instanceof AdapterError && error.problem === "unknown-outcome"
      ? new AdapterError("unavailable", wordingOf(error), { cause: error, unsent: true })
      : nothingSent(error);
  }
}

function lineFor({ desired, offer, billingCycle, base }: WantedOrder): Spec {
  const { friendlyName, quantity = 1, partnerIdOnRecord } = desired;
  return {
    id: 0,
    catalogItemId: offer,
    ...(friendlyName !== undefined && { friendlyName }),
    quantity,
    billingCycle,
    ...(partnerIdOnRecord !== undefined && {
      participants: [{ key: "transaction_reseller", value: partnerIdOnRecord }],
    }),
    ...(base && { provisioningContext: { parentSubscriptionId: base.id } }),
  };
}

/**
 * The cart of an earlier try. Throws AdapterError `unknown-outcome` if it cannot be ordered any
 * more and does not say that it was.
 */
async function earlierCart(
  service: Service,
  { customer, context }: WantedOrder,
  id: string,
): Promise<Json> {
  const { cart, expired } = await readCart(service, { customer, id }, context.signal);
  if (cart !== undefined && (isOrdered(cart) || !expired)) return cart;
  throw new AdapterError(
    "unknown-outcome",
    cart === undefined
      ? say`The cart ${id} of an earlier try cannot be read, so that it cannot be ordered again.`
      : say`The cart ${id} of an earlier try has expired, so that it cannot be ordered again.`,
  );
}

interface CartReading {
  readonly cart?: Json;
  /** By the service's own clock. */
  readonly expired: boolean;
}

async function readCart(
  { wire }: Service,
  { customer, id }: { readonly customer: string; readonly id: string },
  signal: AbortSignal,
): Promise<CartReading> {
  const call: Call = { method: "GET", path: cartPath(customer, id), signal };
  const reply = await wire.api(call);
  if (isAbsent(reply)) return { expired: false };
  const cart = acceptReply(call, reply) ?? null;
  const until = Date.parse(textAt(cart, "/expirationTimestamp") ?? "");
  return { cart, expired: Date.parse(reply.headers.date ?? "") >= until };
}

function proposalOf(
  id: string,
  cart: Json,
  wanted: WantedOrder & { readonly service: Service },
): OrderProposal {
  const currency = textAt(valueAt(cart, "/lineItems/0"), "/currencyCode");
  const amount = quoteOf(cart, wanted);
  return {
    id,
    ...(currency !== undefined && { currency }),
    ...(amount !== undefined && { amount }),
  };
}

/**
 * Checks the cart out. Waits while it is being processed (409/800064). Some lines may be ordered
 * while others failed: what has no order is refused with the service's reason.
 */
async function checkOut(service: Service, wanted: WantedOrder, id: string): Promise<Json> {
  const { customer, context } = wanted;
  const call: Call = {
    method: "POST",
    path: `${cartPath(customer, id)}/checkout`,
    requestId: idAfter(context.requestId, id),
    repeatable: true,
    signal: context.signal,
  };
  const forNow = refusedForNow(service, wanted);
  const waits = (reply: Reply) => isProcessed(reply) || forNow.waits(reply);
  const reply = await whenReady(service, call, { ...forNow, waits, problem: "unknown-outcome" });
  // "Already submitted" says that it may have been ordered, and nothing more.
  if (reply.status === 400 && codeOf(reply) === "800065")
    throw new AdapterError(
      "unknown-outcome",
      say`The service says that the cart ${id} was submitted already (400/800065).`,
    );
  return orderIn(acceptReply(call, reply), id);
}

function isProcessed(reply: Reply): boolean {
  return reply.status === 409 && codeOf(reply) === "800064";
}

function orderIn(result: Json | undefined, cart: string): Json {
  const [orders, errors] = ["/orders", "/orderErrors"].map((pointer) => {
    const list = valueAt(result, pointer);
    return Array.isArray(list) ? list.filter(isSpec) : [];
  });
  const ordered = orders?.find((one) => textAt(one, "/id") !== undefined);
  if (ordered !== undefined) return ordered;
  const [failed] = errors ?? [];
  if (failed === undefined || orders?.[0] !== undefined)
    throw new AdapterError(
      "unknown-outcome",
      say`The service names no order for the cart ${cart}.`,
    );
  const { code = "", description = "" } = failed;
  throw new AdapterError(
    "rejected",
    say`The service did not order the cart ${cart}: ${String(description).slice(0, 300)} (${String(code)}).`,
  );
}
