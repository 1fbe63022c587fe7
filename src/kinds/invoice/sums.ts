import type { Bill, InvoiceLine } from "../../model/billing/invoice.ts";
import type { BilledSums, LineFinding, NotBilled } from "../../model/billing/reconciliation.ts";
import { decimalText, millionths } from "./amounts.ts";
import { familyOf } from "./charge-type.ts";

/** The sums of each currency, which are never added up. */
export function sums(
  bills: readonly Bill[],
  findings: readonly LineFinding[],
  notBilled: readonly NotBilled[],
): readonly BilledSums[] {
  const currencies = new Set([
    ...findings.map(({ line }) => line.currency),
    ...notBilled.flatMap(({ currency }) => currency ?? []),
  ]);
  return [...currencies].sort().map((currency) => {
    const own = findings.filter(({ line }) => line.currency === currency);
    const lines = own.map(({ line }) => line);
    const explained = own.filter(({ status }) => status === "explained");
    const missing = notBilled.filter((one) => one.currency === currency);
    return {
      currency,
      billed: total(lines.map(billedOf)),
      explained: total(explained.map(({ line }) => billedOf(line))),
      unexplained: total(
        own.filter(({ status }) => status !== "explained").map(({ line }) => billedOf(line)),
      ),
      rounding: total(own.map((one) => millionths(one.rounding ?? "0"))),
      discount: total(lines.map((line) => millionths(line.discount ?? "0"))),
      tax: total(lines.filter((line) => !isOffset(line)).map(({ tax }) => millionths(tax))),
      notBilled: total(missing.map(({ amount }) => millionths(amount ?? "0"))),
      ...beyondLines(bills, currency),
    };
  });
}

/** Recurring lines count by their amount, credits by their total. */
function billedOf(line: InvoiceLine): bigint {
  return millionths(isOffset(line) ? line.total : line.amount);
}

function isOffset({ chargeType }: InvoiceLine): boolean {
  return familyOf(chargeType) === "offset";
}

/** Adjustments on an invoice may be missing from its lines. */
function beyondLines(bills: readonly Bill[], currency: string): Pick<BilledSums, "beyondLines"> {
  const own = bills.flatMap(({ invoice, lines }) =>
    invoice?.currency === currency ? { invoice, lines } : [],
  );
  if (own.length === 0) return {};
  const difference = own.map(({ invoice, lines }) => {
    const all = lines.reduce((sum, line) => sum + millionths(line.total), 0n);
    return millionths(invoice.total) - all;
  });
  return { beyondLines: total(difference) };
}

function total(amounts: readonly bigint[]): string {
  return decimalText(amounts.reduce((sum, one) => sum + one, 0n));
}
