import { dateOf, dayOf } from "../billing/day.ts";
import { priceOn } from "../billing/price.ts";
import { lookUp } from "../lookup.ts";
import type { Cart, CartLine } from "./cart.ts";
import { checkedLines, type CartQuirks, type NewCartLine } from "./cart-lines.ts";
import { customer } from "../customers.ts";
import { createOrder, order } from "./orders.ts";
import { patchOrder } from "./patch-order.ts";
import { ServiceRefusal, refuse } from "../refusal.ts";
import type { OrderRecord } from "../state.ts";
import type { Transaction } from "../transaction.ts";

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

/** A cart to create, its lifetime in seconds, and what is special about carts. */
export interface NewCart {
  readonly lines: readonly NewCartLine[];
  readonly seconds: number;
  readonly quirks: CartQuirks;
}

/**
 * Creates a cart. Lines with the same sales group and billing cycle share an order group. Refuses
 * with 400/800002 if there are no lines.
 */
export function createCart(
  transaction: Transaction,
  customerId: string,
  { lines, seconds, quirks }: NewCart,
): Cart {
  if (lines.length === 0) refuse(400, 800002, "Invalid input: a cart needs a line item");
  const { id: owner } = customer(transaction, customerId);
  const { userId } = transaction.asker;
  const created: Cart = {
    id: transaction.newId(),
    createdAt: new Date(transaction.now).toISOString(),
    expiresAt: new Date(transaction.now + seconds * 1000).toISOString(),
    status: "Active",
    lineItems: checkedLines(lines, quirks, (offerId) =>
      priceOn(transaction, offerId, dateOf(dayOf(transaction.now))),
    ),
    ...(userId !== undefined && { modifiedBy: userId }),
  };
  put(transaction, owner, created);
  return created;
}

function put(transaction: Transaction, customerId: string, made: Cart): void {
  const owner = customer(transaction, customerId);
  const carts = { ...owner.carts, [made.id]: made };
  transaction.put("customers", owner.id, { ...owner, carts });
}

/**
 * Creates one order for each order group. Checked out again, it returns the existing orders and
 * retries the groups that failed. Undefined while the cart is being processed. Refuses a cart with
 * a line error (400/800009) and, with the quirk `once`, one that is ordered (400/800065).
 */
export function checkOut(
  transaction: Transaction,
  { customerId, id }: { readonly customerId: string; readonly id: string },
  quirks: CartQuirks,
): Checkout | undefined {
  const before = cart(transaction, customerId, id);
  if (before.lineItems.some(({ error }) => error !== undefined))
    refuse(400, 800009, "There is an error in the cart items");
  if (quirks.once && before.status === "Ordered")
    refuse(400, 800065, "The cart is already submitted");
  const { checkedOutAt = new Date(transaction.now).toISOString() } = before;
  if (Date.parse(checkedOutAt) + quirks.processing * 1000 > transaction.now) {
    put(transaction, customerId, { ...before, checkedOutAt });
    return undefined;
  }
  const groups = [...new Set(before.lineItems.map(({ orderGroup }) => orderGroup))];
  const results = groups.map((group, index) =>
    orderGroup(transaction, customerId, {
      group,
      cart: before,
      fails: quirks.failing > 0 && (index + 1) % quirks.failing === 0,
    }),
  );
  const orderErrors = results.flatMap(({ error }) => error ?? []);
  const ordered = Object.fromEntries(
    results.flatMap(({ group, order }) => (order === undefined ? [] : [[group, order.id]])),
  );
  const status = orderErrors.length === 0 ? "Ordered" : "Active";
  put(transaction, customerId, { ...before, checkedOutAt, ordered, status });
  return { orders: results.flatMap(({ order }) => order ?? []), orderErrors };
}

interface GroupResult {
  readonly group: string;
  readonly order?: OrderRecord;
  readonly error?: Checkout["orderErrors"][number];
}

interface Group {
  readonly group: string;
  readonly cart: Cart;
  /** The quirk `failing` is about this group. */
  readonly fails: boolean;
}

function orderGroup(
  transaction: Transaction,
  customerId: string,
  { group, cart: { lineItems, ordered }, fails }: Group,
): GroupResult {
  const placed = ordered?.[group];
  if (placed !== undefined) return { group, order: order(transaction, customerId, placed) };
  const lines = lineItems.filter(({ orderGroup }) => orderGroup === group);
  try {
    if (fails) refuse(403, 800069, "The order group failed (sample wording)");
    return { group, order: ordering(transaction, customerId, lines) };
  } catch (error) {
    if (!(error instanceof ServiceRefusal)) throw error;
    return { group, error: { orderGroupId: group, code: error.code, description: error.message } };
  }
}

/** An add-on of an owned base becomes a line of its order, as when it is bought by an order. */
function ordering(
  transaction: Transaction,
  customerId: string,
  lines: readonly CartLine[],
): OrderRecord {
  const [first] = lines;
  const items = lines.map((line, lineItemNumber) => itemOf(line, lineItemNumber));
  const base = first?.provisioningContext?.parentSubscriptionId;
  if (base === undefined)
    return createOrder(transaction, customerId, {
      lineItems: items,
      ...(first && { billingCycle: first.billingCycle }),
    });
  const { orderId } =
    customer(transaction, customerId).subscriptions[base.toUpperCase()] ??
    refuse(400, 800029, `There is no parent subscription ${base}`);
  return patchOrder(
    transaction,
    { customerId, id: orderId },
    { body: { lineItems: items }, seen: {} },
  );
}

function itemOf(
  { catalogItemId, quantity, friendlyName, participants, provisioningContext }: CartLine,
  lineItemNumber: number,
) {
  const reseller = participants?.find(({ key }) => key === "transaction_reseller");
  const base = provisioningContext?.parentSubscriptionId;
  return {
    lineItemNumber,
    offerId: catalogItemId,
    quantity,
    ...(friendlyName !== undefined && { friendlyName }),
    ...(reseller && { partnerIdOnRecord: reseller.value }),
    ...(base !== undefined && { parentSubscriptionId: base }),
  };
}
