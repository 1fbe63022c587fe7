import { lookUp } from "../lookup.ts";
import type { Cart, CartLine } from "./cart.ts";
import { findOffer } from "./catalogue.ts";
import { customer } from "../customers.ts";
import { createOrder, order } from "./orders.ts";
import { ServiceRefusal, refuse } from "../refusal.ts";
import type { OrderRecord } from "../state.ts";
import type { Transaction } from "../transaction.ts";

/** A line of a cart as sent by the client. */
export interface NewCartLine {
  readonly id: number;
  readonly catalogItemId: string;
  readonly friendlyName?: string;
  readonly quantity: number;
  readonly billingCycle?: string;
}

/** The result of a checkout: some order groups may be ordered while others failed. */
export interface Checkout {
  readonly orders: readonly OrderRecord[];
  readonly orderErrors: readonly {
    readonly orderGroupId: string;
    readonly code: number | string;
    readonly description: string;
  }[];
}

/** Returns the cart. Refuses with 404/800008 if it does not exist or has expired. */
export function cart(transaction: Transaction, customerId: string, id: string): Cart {
  const found = lookUp(customer(transaction, customerId).carts, id.toLowerCase());
  return found !== undefined && Date.parse(found.expiresAt) > transaction.now
    ? found
    : refuse(404, 800008, `Cart ${id} not found`);
}

/** A cart to create, and its lifetime in seconds. */
export interface NewCart {
  readonly lines: readonly NewCartLine[];
  readonly seconds: number;
}

/**
 * Creates a cart. Lines with the same sales group and billing cycle share an order group. Refuses
 * with 400/800002 if there are no lines.
 */
export function createCart(
  transaction: Transaction,
  customerId: string,
  { lines, seconds }: NewCart,
): Cart {
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
  transaction.put("customers", owner.id, {
    ...owner,
    carts: { ...owner.carts, [created.id]: created },
  });
  return created;
}

/**
 * Creates one order for each order group. Checked out again, it returns the existing orders and
 * retries the groups that failed.
 */
export function checkOut(transaction: Transaction, customerId: string, id: string): Checkout {
  const before = cart(transaction, customerId, id);
  const groups = [...new Set(before.lineItems.map(({ orderGroup }) => orderGroup))];
  const results = groups.map((group) =>
    orderGroup(transaction, customerId, { group, cart: before }),
  );
  const orderErrors = results.flatMap(({ error }) => error ?? []);
  const ordered = Object.fromEntries(
    results.flatMap(({ group, order }) => (order === undefined ? [] : [[group, order.id]])),
  );
  const after: Cart = {
    ...before,
    ordered,
    status: orderErrors.length === 0 ? "Ordered" : "Active",
  };
  const owner = customer(transaction, customerId);
  transaction.put("customers", owner.id, {
    ...owner,
    carts: { ...owner.carts, [before.id]: after },
  });
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
      order: createOrder(transaction, customerId, {
        lineItems: items,
        ...(lines[0] && { billingCycle: lines[0].billingCycle }),
      }),
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
      offer === undefined
        ? {
            error: {
              errorCode: 800004,
              errorDescription: `Offer id ${line.catalogItemId} is invalid`,
            },
          }
        : {};
    return { ...line, billingCycle, orderGroup: `OMS-${groups.indexOf(group)}`, ...error };
  });
}
