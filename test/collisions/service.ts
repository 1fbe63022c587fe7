import { join } from "node:path";
import { local } from "../../src/adapters/local/local.ts";
import type { Adapter } from "../../src/model/adapter.ts";
import { things } from "../crash/scene.ts";
import type { Time } from "./clocks.ts";
import type { Order } from "./declared.ts";
import { declaredLag, type Story } from "./draw-story.ts";

/** The service that orders are placed with. */
export interface Service {
  /** The adapter as one process has it. */
  open(): Adapter;
  /** What it holds, in its own books. */
  orders(): readonly Order[];
  /** The id by which it knows a customer, or what a customer has of an offer. */
  idOf(domain: string, offer?: string): string;
  /** Time passes there too. */
  pass(seconds: number): void;
  close(): Promise<void>;
}

/** An account of the local adapter, whose clock is its own, and whose lists may be further behind than the adapter says. */
export function localService({ skews, lag, tellsTime }: Story, { time, root }: { readonly time: Time; readonly root: string }): Service {
  const clock = time.clock(skews[0]);
  return {
    open: () => told(local({ account: "account", seed: 1, rehearse: { lag } }, { root, clock }), tellsTime),
    orders: () => ordersIn(join(root, "account")),
    idOf: (domain, offer) => idIn(join(root, "account"), { domain, offer }),
    pass: () => {},
    close: async () => {},
  };
}

/** An adapter that says of each kind how long a write may take to show, and tells the backend's time only if it is to. */
function told({ clock, ...adapter }: Adapter, tellsTime: boolean): Adapter {
  const supports = Object.entries(adapter.supports).map(([kind, support]) => [kind, { ...support, lag: declaredLag }]);
  return { ...adapter, supports: Object.fromEntries(supports), ...(tellsTime && clock && { clock }) };
}

function ordersIn(account: string): readonly Order[] {
  const all = things(account);
  const domains = new Map(all.map(({ id, key }) => [id, key]));
  return all.flatMap(({ kind, parentId = "", spec }) =>
    kind === "Subscription" ? [{ domain: domains.get(parentId) ?? "", offer: String(spec.offer), seats: Number(spec.quantity) }] : [],
  );
}

function idIn(account: string, { domain, offer }: { readonly domain: string; readonly offer: string | undefined }): string {
  const all = things(account);
  const customer = all.find(({ kind, key }) => kind === "Customer" && key === domain)?.id;
  if (offer === undefined) return customer ?? "";
  return all.find(({ parentId, spec }) => parentId === customer && spec.offer === offer)?.id ?? "";
}
