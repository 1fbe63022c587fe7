import type { Cart, CartLine } from "./cart.ts";
import { findOffer } from "./catalogue.ts";
import { customer } from "../customers.ts";
import { createOrder, order } from "./orders.ts";
import { ServiceRefusal, refuse } from "../refusal.ts";
import type { OrderRecord } from "../state.ts";
import type { Transaction } from "../transaction.ts";

/** A line of a cart as a client sends it. */
export interface NewCartLine {
  readonly id: number;
  readonly catalogItemId: string;
  readonly friendlyName?: string;
  readonly quantity: number;
  readonly billingCycle?: string;
}

/** What came of a checkout; some groups of lines may be ordered and others not. */
export interface Checkout {
  readonly orders: readonly OrderRecord[];
  readonly orderErrors: readonly { readonly orderGroupId: string; readonly code: number | string; readonly description: string }[];
}

/** The cart with this id; refuses (404/800008) an unknown or expired one. */
export function cart(transaction: Transaction, customerId: string, id: string): Cart {
  const found = customer(transaction, customerId).carts[id.toLowerCase()];
  return found !== undefined && Date.parse(found.expiresAt) > transaction.now ? found : refuse(404, 800008, `Cart ${id} not found`);
}

/** What a client puts into a cart, and how many seconds the cart lives. */
export interface NewCart {
  readonly lines: readonly NewCartLine[];
  readonly seconds: number;
}

/** Makes a cart; lines that can go into one order share a group. */
export function createCart(transaction: Transaction, customerId: string, { lines, seconds }: NewCart): Cart {
  if (lines.length === 0) refuse(400, 800002, "Invalid input: a cart needs a line item");
  const owner = customer(transaction, customerId);
  const { userId } = transaction.asker;
  const created: Cart = {
    id: transaction.newId(),
    createdAt: new Date(transaction.now).toISOString(),
    expiresAt: new Date(transaction.now + seconds * 1000).toISOString(),
    status: "Active",
    lineItems: grouped(lines),
    ...(userId !== undefined && { modifiedBy: userId }),
  };
  transaction.put("customers", owner.id, { ...owner, carts: { ...owner.carts, [created.id]: created } });
  return created;
}

/** Orders what is in a cart, group by group; done again, it tries what failed before and shows the orders there are. */
export function checkOut(transaction: Transaction, customerId: string, id: string): Checkout {
  const before = cart(transaction, customerId, id);
  const groups = [...new Set(before.lineItems.map(({ orderGroup }) => orderGroup))];
  const results = groups.map((group) => orderGroup(transaction, customerId, { group, cart: before }));
  const orderErrors = results.flatMap(({ error }) => error ?? []);
  const ordered = Object.fromEntries(results.flatMap(({ group, order }) => (order === undefined ? [] : [[group, order.id]])));
  const after: Cart = { ...before, ordered, status: orderErrors.length === 0 ? "Ordered" : "Active" };
  const owner = customer(transaction, customerId);
  transaction.put("customers", owner.id, { ...owner, carts: { ...owner.carts, [before.id]: after } });
  return { orders: results.flatMap(({ order }) => order ?? []), orderErrors };
}

interface GroupResult {
  readonly group: string;
  readonly order?: OrderRecord;
  readonly error?: Checkout["orderErrors"][number];
}

function orderGroup(
  transaction: Transaction,
  customerId: string,
  { group, cart: { lineItems, ordered } }: { readonly group: string; readonly cart: Cart },
): GroupResult {
  const placed = ordered?.[group];
  if (placed !== undefined) return { group, order: order(transaction, customerId, placed) };
  const lines = lineItems.filter(({ orderGroup }) => orderGroup === group);
  const items = lines.map(({ catalogItemId, quantity, friendlyName }, index) => ({
    lineItemNumber: index,
    offerId: catalogItemId,
    quantity,
    ...(friendlyName !== undefined && { friendlyName }),
  }));
  try {
    return {
      group,
      order: createOrder(transaction, customerId, { lineItems: items, ...(lines[0] && { billingCycle: lines[0].billingCycle }) }),
    };
  } catch (error) {
    if (!(error instanceof ServiceRefusal)) throw error;
    return { group, error: { orderGroupId: group, code: error.code, description: error.message } };
  }
}

function grouped(lines: readonly NewCartLine[]): readonly CartLine[] {
  const groups: string[] = [];
  return lines.map((line) => {
    const offer = findOffer(line.catalogItemId);
    const billingCycle = line.billingCycle?.toLowerCase() ?? "monthly";
    const group = `${offer?.salesGroupId ?? "unknown"}/${billingCycle}`;
    if (!groups.includes(group)) groups.push(group);
    const error =
      offer === undefined ? { error: { errorCode: 800004, errorDescription: `Offer id ${line.catalogItemId} is invalid` } } : {};
    return { ...line, billingCycle, orderGroup: `OMS-${groups.indexOf(group)}`, ...error };
  });
}
