import type { Bill, InvoiceLine } from "../../model/billing/invoice.ts";
import type {
  KnownPrice,
  LineFinding,
  NotBilled,
  OrderRecorded,
  Reconciliation,
  Rounding,
} from "../../model/billing/reconciliation.ts";
import type { RunRecord } from "../../model/ledger/history.ts";
import { amount as amountText } from "../../model/values/money.ts";
import { costOf, millionths } from "./amounts.ts";
import { billingDays, withoutVoided } from "./bill.ts";
import { type BillingDays, periodOf } from "./billing-periods.ts";
import { familyOf } from "./charge-type.ts";
import { dayNumber, dayText } from "./days.ts";
import { judgeSeats, type SeatGap, seatGaps, signedSeats } from "./explain-seats.ts";
import { priceLookup, type PriceOn } from "./known-price.ts";
import { judgePrice } from "./judge-price.ts";
import { type SeatHistory, seatHistories, stepOn } from "./seat-history.ts";
import { sums } from "./sums.ts";
import { taxFindings } from "./tax.ts";

/** What a bill is compared with. */
export interface InvoiceEvidence {
  readonly runs: readonly RunRecord[];
  /** The price of a seat for a billing period that began on a date, from the price lists. */
  readonly priceOn: PriceOn;
  readonly rounding: Rounding;
  /** How far the service's days are ahead of UTC. */
  readonly minutesAhead: number;
}

/** Explains each line of some bills, and tells what was ordered and not billed. */
export function reconcile(given: readonly Bill[], evidence: InvoiceEvidence): Reconciliation {
  const { bills, voided } = withoutVoided(given);
  const histories = seatHistories(evidence.runs, evidence.minutesAhead);
  const priceOf = priceLookup(
    bills.flatMap(({ lines }) => lines),
    evidence.priceOn,
  );
  const found = bills.map((bill) => explainBill(bill, { ...evidence, histories, priceOf }));
  const lines = found.flatMap((one) => one.lines);
  const notBilled = found.flatMap((one) => one.notBilled);
  const invoices = given.flatMap(({ invoice }) => invoice ?? []);
  return { invoices, lines, notBilled, sums: sums(bills, lines, notBilled), voided };
}

interface Explaining extends InvoiceEvidence {
  readonly histories: ReadonlyMap<string, SeatHistory>;
  readonly priceOf: ReturnType<typeof priceLookup>;
}

function explainBill(bill: Bill, context: Explaining): Pick<Reconciliation, "lines" | "notBilled"> {
  const days = billingDays(bill);
  const byId = new Map<string | undefined, InvoiceLine[]>();
  for (const line of bill.lines)
    byId.set(line.subscriptionId, [...(byId.get(line.subscriptionId) ?? []), line]);
  const groups = [...context.histories.values()].map((history) => {
    const lines = byId.get(history.id) ?? [];
    return { history, ...explainSubscription(lines, { ...context, history, days }) };
  });
  const known = new Map(groups.flatMap(({ findings }) => findings.map((one) => [one.line, one])));
  const lines = taxFindings(
    bill.lines.map((line) => known.get(line) ?? unknownLine(line, bill.lines)),
  );
  const invoice = bill.invoice?.id;
  const named = invoice === undefined ? {} : { invoice };
  return {
    lines: lines.map((one) => ({ ...one, ...named })),
    notBilled: groups.flatMap(({ history, gaps }) =>
      gaps.flatMap((gap) =>
        notBilled(gap, { ...context, history, days }).map((one) => ({ ...one, ...named })),
      ),
    ),
  };
}

interface Subscribed extends Explaining {
  readonly history: SeatHistory;
  readonly days: BillingDays | undefined;
}

function explainSubscription(
  lines: readonly InvoiceLine[],
  context: Subscribed,
): { readonly findings: readonly LineFinding[]; readonly gaps: readonly SeatGap[] } {
  const { history, days } = context;
  if (days === undefined) return { findings: [], gaps: [] };
  const gaps = seatGaps(history, days, lines);
  const seen = new Set<string>();
  const findings = lines.map((line) => {
    const order = orderFor(history, dayNumber(line.from));
    const same = JSON.stringify([line.from, line.to, line.chargeType, signedSeats(line)]);
    const isTwice = seen.has(same);
    seen.add(same);
    if (familyOf(line.chargeType) === undefined || familyOf(line.chargeType) === "offset")
      return { ...unknownLine(line, lines), order };
    const seats = gaps.length === 0 ? undefined : judgeSeats(history, days, line);
    if (isTwice && gaps.length > 0)
      return { line, order, status: "quantity" as const, expected: { quantity: 0 } };
    if (seats !== undefined && seats.status !== "explained") return { line, order, ...seats };
    return { ...judgePrice(line, context.priceOf(history, days, line), context), order };
  });
  const isTold = findings.some(({ status }) => status === "quantity" || status === "period");
  return { findings, gaps: isTold ? [] : gaps };
}

function orderFor(history: SeatHistory, day: number): OrderRecorded {
  const step = stepOn(history, day, Number.POSITIVE_INFINITY) ?? history.steps[0];
  if (step === undefined) throw new Error(`no order of ${history.id}`);
  return step.order;
}

/** A line that no order accounts for: a credit of another line, or nothing that is known. */
function unknownLine(line: InvoiceLine, all: readonly InvoiceLine[]): LineFinding {
  const family = familyOf(line.chargeType);
  if (family === undefined) return { line, status: "type" };
  if (family !== "offset") return { line, status: "order" };
  const isCredit = (one: InvoiceLine) =>
    one.subscriptionId === line.subscriptionId && millionths(one.total) === -millionths(line.total);
  return { line, status: all.some(isCredit) ? "explained" : "credit" };
}

/** No price, no amount: but what nobody prices, such as a trial, is not expected on a bill. */
function notBilled(gap: SeatGap, context: Subscribed): readonly NotBilled[] {
  const { history, days, priceOf, rounding } = context;
  if (days === undefined || history.cycle === "none") return [];
  const { from, to, seats } = gap;
  const price: KnownPrice | undefined = priceOf(history, days, {
    from: dayText(from),
  });
  if (price?.amount === "0.00") return [];
  const period = periodOf(history, days, from);
  const hundredths = price && millionths(price.amount) / 10_000n;
  const share = { days: to - from + 1, ofDays: period.to - period.from + 1 };
  const cost =
    hundredths === undefined ? undefined : costOf({ price: hundredths, ...share }, seats, rounding);
  return [
    {
      subscriptionId: history.id,
      order: orderFor(history, from),
      from: dayText(from),
      to: dayText(to),
      quantity: seats,
      ...(price && cost && { amount: amountText(cost.amount / 10_000n), currency: price.currency }),
    },
  ];
}
