import { join } from "node:path";
import { local } from "../../src/adapters/local/local.ts";
import { partnerCenter } from "../../src/adapters/partner-center/partner-center.ts";
import {
  defaultApplication,
  firstRefreshToken,
  startEmulator,
  tenant,
} from "../../src/emulator/emulator.ts";
import type { Adapter } from "../../src/model/adapter.ts";
import type { Clock } from "../../src/model/clock.ts";
import { things } from "../crash/scene.ts";
import { recordsOf } from "../faults/records.ts";
import type { Time } from "./clocks.ts";
import type { Order } from "./declared.ts";
import { declaredLag, type Story } from "./draw-story.ts";

/** The service that orders are placed with. */
export interface Service {
  /** The adapter as a process with this clock has it. */
  open(clock: Clock): Adapter;
  /** What it holds, in its own books. */
  orders(): readonly Order[];
  /** The id by which it knows a customer, or what a customer has of an offer. */
  idOf(domain: string, offer?: string): string;
  /** Time passes there too. */
  pass(seconds: number): void;
  close(): Promise<void>;
}

/** The service of a story. */
export function serviceOf(story: Story, place: Place): Promise<Service> {
  return story.backend === "emulator"
    ? emulated(story, place)
    : Promise.resolve(localService(story, place));
}

interface Place {
  readonly time: Time;
  readonly root: string;
}

/** The Partner Center of this process, over HTTP, whose orders know nothing of request ids. */
async function emulated(
  { seed, skews, lag, tellsTime }: Story,
  { time, root }: Place,
): Promise<Service> {
  process.env.PARTNERCTL_ALLOWED_HOSTS = "127.0.0.1";
  const quirks = {
    lag: { orders: lag, subscriptions: lag },
    accepted: { every: 0 },
    throttle: { perMinute: 0 },
  };
  const startsAt = new Date(time.now() + skews[0] * 1000).toISOString();
  const { url, control, close } = await startEmulator({ seed: String(seed), startsAt, quirks });
  const options = {
    ...{
      tenant: tenant.id,
      clientId: defaultApplication.clientId,
      api: url,
      authority: url,
      graph: url,
      requestsPerMinute: 1_000_000,
    },
    secrets: { clientSecret: defaultApplication.clientSecret, refreshToken: firstRefreshToken },
    capabilities: { Subscription: { lag: declaredLag } },
  };
  const customers = () => Object.values(recordsOf(control.dump()).customers);
  const held = () =>
    customers().flatMap(({ domain, subscriptions }) =>
      Object.values(subscriptions).map((one) => ({ domain, ...one })),
    );
  return {
    open: (clock) => {
      const { clock: told, ...adapter } = partnerCenter(options, { root, clock });
      return { ...adapter, ...(tellsTime && told && { clock: told }) };
    },
    orders: () =>
      held().map(({ domain, offerId, quantity }) => ({
        domain,
        offer: offerId.toUpperCase(),
        seats: quantity,
      })),
    idOf: (domain, offer) =>
      (offer === undefined
        ? customers().find((one) => one.domain === domain)
        : held().find((one) => one.domain === domain && one.offerId.toUpperCase() === offer)
      )?.id ?? "",
    pass: (seconds) => control.advance(seconds),
    close,
  };
}

/**
 * An account of the local adapter, whose clock is its own, and whose lists may be further behind
 * than the adapter says.
 */
function localService({ skews, lag, tellsTime }: Story, { time, root }: Place): Service {
  const clock = time.clock(skews[0]);
  return {
    open: () =>
      told(local({ account: "account", seed: 1, simulate: { lag } }, { root, clock }), tellsTime),
    orders: () => ordersIn(join(root, "account")),
    idOf: (domain, offer) => idIn(join(root, "account"), { domain, offer }),
    pass: () => {},
    close: async () => {},
  };
}

/**
 * An adapter that says of each kind how long a write may take to show, and tells the backend's time
 * only if it is to.
 */
function told({ clock, ...adapter }: Adapter, tellsTime: boolean): Adapter {
  const supports = Object.entries(adapter.supports).map(([kind, support]) => [
    kind,
    { ...support, lag: declaredLag },
  ]);
  return {
    ...adapter,
    supports: Object.fromEntries(supports),
    ...(tellsTime && clock && { clock }),
  };
}

/** What an account of the local adapter holds, by its own file. */
export function ordersIn(account: string): readonly Order[] {
  const all = things(account);
  const domains = new Map(all.map(({ id, key }) => [id, key]));
  return all.flatMap(({ kind, parentId = "", spec }) =>
    kind === "Subscription"
      ? [
          {
            domain: domains.get(parentId) ?? "",
            offer: String(spec.offer),
            seats: Number(spec.quantity),
          },
        ]
      : [],
  );
}

function idIn(
  account: string,
  { domain, offer }: { readonly domain: string; readonly offer: string | undefined },
): string {
  const all = things(account);
  const customer = all.find(({ kind, key }) => kind === "Customer" && key === domain)?.id;
  if (offer === undefined) return customer ?? "";
  return all.find(({ parentId, spec }) => parentId === customer && spec.offer === offer)?.id ?? "";
}
