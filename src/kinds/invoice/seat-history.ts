import type { OrderRecorded } from "../../model/billing/reconciliation.ts";
import type { ChangeDone, RunRecord } from "../../model/ledger/history.ts";
import { approversOf } from "../../model/ledger/select-history.ts";
import type { Impact } from "../../model/plan/plan.ts";
import type { Json } from "../../model/values/json.ts";
import { dayOfMoment } from "./days.ts";

/** Seats of a subscription from a day on; none while it is suspended. */
export interface SeatStep {
  readonly day: number;
  readonly seats: number;
  readonly order: OrderRecorded;
}

/** The seats of a subscription over time, as the ledger recorded them. */
export interface SeatHistory {
  readonly id: string;
  readonly offerId: string;
  readonly cycle: string;
  /** The day it was ordered. */
  readonly ordered: number;
  readonly steps: readonly SeatStep[];
  /** The price of a seat for a billing period, as the order recorded it. */
  readonly price?: { readonly hundredths: bigint; readonly currency: string };
}

interface Draft extends Omit<SeatHistory, "steps"> {
  readonly steps: SeatStep[];
  quantity: number;
  active: boolean;
}

/** The histories of all subscriptions that runs ordered, by their ids in lower case. */
export function seatHistories(
  runs: readonly RunRecord[],
  minutesAhead: number,
): ReadonlyMap<string, SeatHistory> {
  const drafts = new Map<string, Draft>();
  const idOf = new Map<string, string>();
  for (const run of runs)
    for (const change of run.changes) {
      if (!change.address.startsWith("Subscription/") || change.status !== "done") continue;
      record({ drafts, idOf, minutesAhead }, run, change);
    }
  return drafts;
}

interface Recording {
  readonly drafts: Map<string, Draft>;
  /** The subscription's id, by the object's identity. */
  readonly idOf: Map<string, string>;
  readonly minutesAhead: number;
}

function record({ drafts, idOf, minutesAhead }: Recording, run: RunRecord, change: ChangeDone) {
  const object = change.object ?? change.address;
  const id = change.id?.toLowerCase() ?? idOf.get(object);
  const day = dayOfMoment(change.backendAt ?? change.at, minutesAhead);
  const order = orderOf(run, change);
  const before = drafts.get(idOf.get(object) ?? "");
  // An upgrade ends the subscription and begins another one.
  if (change.action === "upgrade" && before) before.steps.push({ day, seats: 0, order });
  if (id === undefined) return;
  idOf.set(object, id);
  const known = drafts.get(id);
  const item = change.planned?.impact.item;
  if (known === undefined) {
    if (item && (change.action === "create" || change.action === "upgrade"))
      drafts.set(id, begin({ id, cycle: cycleOf(drafts, change), day, order, item }, change));
    return;
  }
  known.quantity = item?.quantity ?? known.quantity;
  const status = fieldOf(change, "/status");
  if (change.action === "remove") known.active = false;
  else if (status !== undefined) known.active = status !== "suspended";
  known.steps.push({ day, seats: known.active ? known.quantity : 0, order });
}

/** An add-on without a billing cycle is billed like its base, its sibling. */
function cycleOf(drafts: ReadonlyMap<string, Draft>, change: ChangeDone): string {
  const own = fieldOf(change, "/billingCycle");
  const base = String(fieldOf(change, "/addOnOf") ?? "");
  const sibling = change.address.replace(/[^/]*$/, base.split("/").at(-1) ?? "");
  const bases = [...drafts.values()].filter(({ steps }) => steps[0]?.order.address === sibling);
  return String(own ?? bases.at(-1)?.cycle ?? "monthly");
}

interface Beginning {
  readonly id: string;
  readonly cycle: string;
  readonly day: number;
  readonly order: OrderRecorded;
  readonly item: NonNullable<Impact["item"]>;
}

function begin({ id, cycle, day, order, item }: Beginning, change: ChangeDone): Draft {
  const active = fieldOf(change, "/status") !== "suspended";
  const price = priceIn(change.planned?.impact, cycle);
  const { quantity } = item;
  return {
    ...{ id, offerId: item.offer.toUpperCase(), cycle, ordered: day, quantity, active },
    steps: [{ day, seats: active ? quantity : 0, order }],
    ...(price && { price }),
  };
}

/** Only a price that is a whole number of cents can be divided back from the order's money. */
function priceIn({ money, item }: Partial<Impact> = {}, cycle: string): SeatHistory["price"] {
  if (money === undefined || item === undefined || item.quantity === 0) return undefined;
  const [units, cents] = (cycle === "annual" ? money.committed : money.perMonth).split(".");
  const all = BigInt(units ?? "0") * 100n + BigInt(cents ?? "0");
  const seats = BigInt(item.quantity);
  return all > 0n && all % seats === 0n
    ? { hundredths: all / seats, currency: money.currency }
    : undefined;
}

function fieldOf({ planned }: ChangeDone, pointer: string): Json | undefined {
  return planned?.fields.find((one) => one.pointer === pointer)?.after;
}

function orderOf(run: RunRecord, { address, action, at }: ChangeDone): OrderRecorded {
  return { address, action, run: run.run, at, actor: run.actor, approvedBy: approversOf(run) };
}

/** The last step on or before a day, of those that were made before another day. */
export function stepOn({ steps }: SeatHistory, day: number, before: number): SeatStep | undefined {
  return steps.findLast((one) => one.day <= day && one.day < before);
}
