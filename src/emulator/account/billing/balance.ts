import { dayOf, dateOf, startOf } from "./day.ts";
import type { BilledInvoice } from "./records.ts";

const daysToPay = 13;

/** The account's balance on a day: amounts in cents, dates as YYYY-MM-DD. */
export interface AccountBalance {
  readonly balance: number;
  readonly first?: string;
  readonly latest?: string;
  readonly lastPayment?: { readonly date: string; readonly amount: number };
}

/** What has been paid of an invoice: all of it, 13 days after its date. */
export function paidOn({ date, total }: BilledInvoice, now: number): number {
  return startOf(dayOf(date) + daysToPay) <= now ? total : 0;
}

/** The balance of these invoices, oldest first. */
export function balanceOf(invoices: readonly BilledInvoice[], now: number): AccountBalance {
  const paid = invoices.filter((one) => one.total !== 0 && paidOn(one, now) === one.total).at(-1);
  return {
    balance: invoices.reduce((sum, one) => sum + one.total - paidOn(one, now), 0),
    ...(invoices[0] && { first: invoices[0].date }),
    ...(invoices.length > 0 && { latest: invoices.at(-1)?.date ?? "" }),
    ...(paid && {
      lastPayment: { date: dateOf(dayOf(paid.date) + daysToPay), amount: paid.total },
    }),
  };
}
