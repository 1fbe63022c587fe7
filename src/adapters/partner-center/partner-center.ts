import { randomUUID } from "node:crypto";
import { type Adapter, AdapterError, type WriteContext } from "../../model/adapter.ts";
import type { Observed } from "../../model/observed.ts";
import type { Change } from "../../model/plan/plan.ts";
import { say } from "../../model/text/phrase.ts";
import type { Spec } from "../../model/values/json.ts";
import type { AdapterContext } from "../factory.ts";
import { systemClock } from "../system-clock.ts";
import { supports as supportsOf } from "./capabilities.ts";
import { audits } from "./audit.ts";
import { featuredOffers } from "./catalog/featured-offers.ts";
import { customer } from "./customer.ts";
import { withAuthorization } from "./http/authorized.ts";
import { type Wire, wire } from "./http/client.ts";
import { withServiceClock } from "./http/dated.ts";
import { http } from "./http/http.ts";
import { withLog } from "./http/log.ts";
import { withParsedBodies } from "./http/parsed.ts";
import { rateLimit } from "./http/rate-limit.ts";
import { readOnly } from "./http/read-only.ts";
import { type Tally, withRequestCount } from "./http/request-counter.ts";
import { retry } from "./http/retry.ts";
import { invoices } from "./invoice.ts";
import type { KindAdapter, Service } from "./kind-adapter.ts";
import { offer } from "./offer.ts";
import { type Options, readOptions } from "./options.ts";
import { needsUser, partnerProfile } from "./partner-profile.ts";
import { probes } from "./probe.ts";
import { identityOf } from "./sign-in/identity.ts";
import { signIn } from "./sign-in/sign-in.ts";
import { signingOf } from "./sign-in/signing.ts";
import { tokens as tokensOf } from "./sign-in/tokens.ts";
import { cartState } from "./subscription/cart.ts";
import { subscription } from "./subscription.ts";
import { user } from "./user.ts";

const kinds: readonly ((service: Service) => KindAdapter)[] = [
  partnerProfile,
  user,
  customer,
  subscription,
  offer,
  featuredOffers,
];

/**
 * The Partner Center backend, operated by 21Vianet or Microsoft, with its directory. With `access:
 * "read"`, sends only GET and HEAD, apart from token requests. Throws AdapterUnusable.
 */
export function partnerCenter(
  given: Spec,
  context: AdapterContext,
): Adapter & { close(): Promise<void> } {
  const options = readOptions(given, process.env.PARTNERCTL_ALLOWED_HOSTS);
  const { tokens, tally, send, close, clock } = connect(options, context);
  const correlation = randomUUID();
  const supports = supportsOf(options);
  const who = identityOf(options, tokens);
  const account = async (signal: AbortSignal) => (await who(signal)).id;
  const known = {
    groups: { read: new Map(), write: new Map() },
    given: new Map(),
    activated: new Set<string>(),
  };
  const { clock: own = systemClock } = context;
  const service: Service = {
    wire: wire(options, { send, tokens, correlation }),
    options,
    supports,
    clock: own,
    ...known,
    account,
  };
  const adaptersOn = (wire: Wire) =>
    new Map(kinds.map((make) => make({ ...service, wire })).map((one) => [one.kind, one]));
  const adapters = adaptersOn(service.wire);
  const audit = audits(service);
  const adapterOf = (kind: string) => stated(adapters, supports, kind);

  return {
    name: "partner-center",
    host: new URL(options.api).hostname,
    supports,
    correlation,
    ...(audit && { audit }),
    clock,
    spent: () => ({ ...tally }),
    cost: (step) => adapterOf(step.kind).cost(step),
    async account(signal) {
      for (const what of needsUser(service)) tokens.choose("user", what);
      return who(signal);
    },
    probe: probes(service, tokens),
    ...(options.invoices && { invoices: invoices(service) }),
    read: (query, signal) => adapterOf(query.kind).read(query, signal),
    proposal: ({ id, parentId: customer = "" }, signal) =>
      cartState(service, { customer, id }, signal),
    async write(change, writing) {
      writing.signal.throwIfAborted();
      if (!supports[change.kind]?.verbs.some((verb) => verb === change.action)) unable(change);
      const { wire } = service;
      const permitted = {
        ...wire,
        api: under(writing, wire.api),
        graph: under(writing, wire.graph),
      };
      return done(stated(adaptersOn(permitted), supports, change.kind), change, writing);
    },
    close,
  };
}

/** Adds the write's permit to every request it makes. */
function under({ permit }: WriteContext, call: Wire["api"]): Wire["api"] {
  return (one) => call({ ...one, permit });
}

/**
 * Builds the transport: authorization, retry, parsing, rate limit, counting, and read-only mode if
 * requested.
 */
function connect(options: Options, context: AdapterContext) {
  const { access, clock = systemClock, random, log } = context;
  const { timeoutSeconds, connections, retry: patience, requestsPerMinute } = options;
  const limits = { perMinute: requestsPerMinute, longest: patience.longestSeconds, clock };
  const tally: Tally = { reads: 0, writes: 0 };
  const client = http({ timeout: timeoutSeconds * 1000, connections, clock });
  const sending = log ? withLog(client.send, log, clock) : client.send;
  const retrying = { ...patience, ...(random && { random }), ...(log && { log }) };
  const tokens = tokensOf(
    signIn(signingOf(options, context, retry(withParsedBodies(sending), retrying, clock))),
    options.signIns,
  );
  const door = access === "read" ? readOnly(sending) : sending;
  const service = withServiceClock(withRequestCount(door, tally));
  const send = withAuthorization(
    retry(withParsedBodies(rateLimit(service.send, limits)), retrying, clock),
    tokens,
  );
  return { tokens, tally, send, close: client.close, clock: service.clock };
}

function stated(
  adapters: ReadonlyMap<string, KindAdapter>,
  supports: Service["supports"],
  kind: string,
): KindAdapter {
  const adapter = supports[kind] ? adapters.get(kind) : undefined;
  if (adapter) return adapter;
  throw new AdapterError("rejected", say`This backend has no way to read or write a ${kind}.`);
}

async function done(
  adapter: KindAdapter,
  change: Change,
  context: WriteContext,
): Promise<Observed | undefined> {
  switch (change.action) {
    case "create":
      return (adapter.create ?? unable(change))(change, context);
    case "update":
      return (adapter.update ?? unable(change))(change, context);
    case "upgrade":
      return (adapter.upgrade ?? unable(change))(change, context);
    case "remove":
      return (adapter.remove ?? unable(change))(change, context);
    case "forget":
    case "rename":
    case "protect":
    case "unprotect":
      return unable(change);
  }
}

function unable(change: Change): never {
  throw new AdapterError("rejected", say`This backend cannot ${change.action} a ${change.kind}.`);
}
