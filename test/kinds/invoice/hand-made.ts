// Ten invoices made by hand. Every amount is worked out in a comment; nothing here is computed.
import type { Bill, Invoice, InvoiceLine } from "../../../src/model/billing/invoice.ts";
import type { Reconciliation, Rounding } from "../../../src/model/billing/reconciliation.ts";
import type { ChangeDone, RunRecord } from "../../../src/model/ledger/history.ts";

/** What was ordered, the bills of it, and what `reconcile` has to say of each line, to the cent. */
export interface HandMade {
  readonly trouble: string;
  readonly runs: readonly RunRecord[];
  readonly bills: readonly Bill[];
  readonly rounding?: Rounding;
  /** Of each line: its status, and the amount, unit price, seats or tax that it should have had. */
  readonly lines: readonly (readonly [status: string, expected?: object])[];
  readonly sums: readonly Partial<Reconciliation["sums"][number]>[];
  readonly notBilled?: readonly object[];
  readonly voided?: readonly string[];
}

const office = "97b75a1f-70ea-542e-a916-a7ab718bd401";
const mail = "942734fa-642e-5a21-abce-04905c1cbdf2";

interface Ordered {
  readonly id: string;
  readonly day: string;
  readonly seats: number;
  /** For all seats: a month, and the term of twelve. */
  readonly perMonth: string;
  readonly committed: string;
  readonly currency?: string;
}

/** A run that ordered a subscription billed monthly. */
function ordered({ id, day, seats, perMonth, committed, currency = "CNY" }: Ordered): RunRecord {
  const money = { perMonth, committed, currency };
  const impact = { reversible: "no", item: { offer: `OFFER ${id}`, quantity: seats }, money };
  const billed = { pointer: "/billingCycle", cause: "new", after: "monthly" };
  return run(id, day, {
    action: "create",
    id,
    planned: { reason: "declared", cause: "new", fields: [billed], impact } as never,
  });
}

/** A run that changed the seats, or the status, of a subscription. */
function changed(id: string, day: string, to: { seats: number; status?: string }): RunRecord {
  const fields =
    to.status === undefined
      ? []
      : [{ pointer: "/status", cause: "manifest", before: "active", after: to.status }];
  const impact = { reversible: "yes", item: { offer: `OFFER ${id}`, quantity: to.seats } };
  const planned = { reason: "declared", cause: "manifest", fields, impact } as never;
  return run(id, day, { action: "update", planned });
}

function run(id: string, day: string, change: Partial<ChangeDone>): RunRecord {
  const address = `Subscription/fabrikam/${id === office ? "office" : "mail"}` as const;
  const at = `${day}T04:00:00Z`;
  const done = { change: `${address}#1`, address, object: address, status: "done", at, ...change };
  return {
    ...{ run: `run of ${day}`, plan: "sha256:p", account: "a", actor: "li.wei", allowed: [] },
    ...{ openedAt: at, planned: 1, changes: [done as ChangeDone] },
  } as RunRecord;
}

/** Ten seats at 150.00 a month: 1,500.00 a month, 18,000.00 a year. Billed from 15 June on. */
const ten = ordered({
  ...{ id: office, day: "2024-06-02", seats: 10 },
  ...{ perMonth: "1500.00", committed: "18000.00" },
});

const invoice: Invoice = {
  ...{ id: "D1", date: "2024-07-15", total: "1590.00", currency: "CNY" },
  ...{ document: "invoice", forms: ["license"], type: "Recurring" },
};

/** Ten seats for 15 July to 14 August: 10 × 150.00 = 1,500.00; tax of 6 %: 90.00. */
const july: InvoiceLine = {
  ...{ number: 1, form: "license", subscriptionId: office, offerId: "E3", name: "Office 365 E3" },
  ...{ chargeType: "Cycle fee", from: "2024-07-15", to: "2024-08-14" },
  ...{ unitPrice: "150.00", quantity: 10, amount: "1500.00", subtotal: "1500.00" },
  ...{ tax: "90.00", total: "1590.00", currency: "CNY" },
};

/** Mail for the same days: 7 × 35.50 = 248.50; tax 14.91; together 263.41. */
const mailInJuly: InvoiceLine = {
  ...july,
  ...{ subscriptionId: mail, name: "Exchange", unitPrice: "35.50", quantity: 7 },
  ...{ amount: "248.50", subtotal: "248.50", tax: "14.91", total: "263.41" },
};

/** Seven seats at 35.50 a month: 248.50 a month, 2,982.00 a year. */
const seven = ordered({
  ...{ id: mail, day: "2024-06-02", seats: 7 },
  ...{ perMonth: "248.50", committed: "2982.00" },
});

/** The ten. */
export const handMade: readonly HandMade[] = [
  {
    trouble: "void: an invoice with a wrong price was taken back and made again",
    runs: [ten],
    bills: [
      // 10 × 160.00 = 1,600.00: not the price of the order.
      {
        invoice: { ...invoice, id: "D0", total: "1696.00", amendedBy: ["V1"] },
        lines: [
          {
            ...july,
            ...{ unitPrice: "160.00", amount: "1600.00", subtotal: "1600.00" },
            ...{ tax: "96.00", total: "1696.00" },
          },
        ],
      },
      // The note takes the whole of it back.
      {
        invoice: { ...invoice, id: "V1", document: "void", amends: "D0", total: "-1696.00" },
        lines: [],
      },
      { invoice, lines: [july] },
    ],
    lines: [["explained"]],
    sums: [{ currency: "CNY", billed: "1500.00", explained: "1500.00", beyondLines: "0.00" }],
    voided: ["D0"],
  },
  {
    trouble: "adjustment: two seats that the invoice had forgotten come with a note",
    runs: [ten],
    bills: [
      // 8 × 150.00 = 1,200.00; tax 72.00; together 1,272.00.
      {
        invoice: { ...invoice, total: "1272.00", amendedBy: ["A1"] },
        lines: [
          {
            ...july,
            ...{ quantity: 8, amount: "1200.00", subtotal: "1200.00" },
            ...{ tax: "72.00", total: "1272.00" },
          },
        ],
      },
      // 2 × 150.00 = 300.00; tax 18.00; together 318.00.
      {
        invoice: { ...invoice, id: "A1", document: "adjustment", amends: "D1", total: "318.00" },
        lines: [
          {
            ...july,
            ...{ quantity: 2, amount: "300.00", subtotal: "300.00" },
            ...{ tax: "18.00", total: "318.00" },
          },
        ],
      },
    ],
    lines: [["explained"], ["explained"]],
    // 1,200.00 + 300.00, and 72.00 + 18.00. The total of the note is not in its invoice's.
    sums: [{ billed: "1500.00", explained: "1500.00", tax: "90.00", unexplained: "0.00" }],
  },
  {
    trouble: "offset: a line was given back, and so was one that is on no invoice here",
    runs: [ten],
    bills: [
      {
        invoice: { ...invoice, total: "-106.00" },
        lines: [
          july,
          // Minus the total of the line above, tax included.
          offset("-1590.00"),
          // Nobody knows a line of 106.00.
          offset("-106.00"),
        ],
      },
    ],
    lines: [["explained"], ["explained"], ["credit"]],
    // 1,500.00 by amount − 1,590.00 − 106.00 by total = −196.00; explained: 1,500.00 − 1,590.00.
    sums: [{ billed: "-196.00", explained: "-90.00", unexplained: "-106.00", beyondLines: "0.00" }],
  },
  {
    trouble: "two currencies, which are never added",
    runs: [
      ten,
      ordered({
        ...{ id: mail, day: "2024-06-02", seats: 7, currency: "USD" },
        ...{ perMonth: "248.50", committed: "2982.00" },
      }),
    ],
    bills: [
      { invoice, lines: [july] },
      {
        invoice: { ...invoice, id: "D2", currency: "USD", total: "263.41" },
        lines: [{ ...mailInJuly, currency: "USD" }],
      },
    ],
    // Each subscription is on one of the invoices; the other one lacks it.
    lines: [["explained"], ["explained"]],
    sums: [
      { currency: "CNY", billed: "1500.00", tax: "90.00", beyondLines: "0.00" },
      { currency: "USD", billed: "248.50", tax: "14.91", beyondLines: "0.00" },
    ],
    notBilled: [
      { invoice: "D1", subscriptionId: mail, quantity: 7, amount: "248.50", currency: "USD" },
      { invoice: "D2", subscriptionId: office, quantity: 10, amount: "1500.00", currency: "CNY" },
    ],
  },
  {
    trouble: "proration: five seats more for the last ten of thirty days",
    runs: [ten, changed(office, "2024-07-05", { seats: 15 })],
    bills: [
      {
        invoice: { ...invoice, total: "2650.00" },
        lines: [
          // 15 June to 14 July: 30 days; 150.00 × 10 / 30 = 50.00; 5 × 50.00 = 250.00, tax 15.00.
          {
            ...july,
            ...{ chargeType: "Cycle instance prorate", from: "2024-07-05", to: "2024-07-14" },
            ...{ unitPrice: "50.00", quantity: 5, amount: "250.00", subtotal: "250.00" },
            ...{ tax: "15.00", total: "265.00" },
          },
          // 15 × 150.00 = 2,250.00; tax 135.00; together 2,385.00.
          {
            ...july,
            ...{ quantity: 15, amount: "2250.00", subtotal: "2250.00" },
            ...{ tax: "135.00", total: "2385.00" },
          },
        ],
      },
    ],
    lines: [["explained"], ["explained"]],
    // 250.00 + 2,250.00; 15.00 + 135.00; 265.00 + 2,385.00 = 2,650.00.
    sums: [{ billed: "2500.00", explained: "2500.00", tax: "150.00", beyondLines: "0.00" }],
  },
  {
    trouble: "cancellation credit: suspended ten days before the end of the period",
    runs: [ten, changed(office, "2024-07-05", { seats: 10, status: "suspended" })],
    bills: [
      {
        invoice: { ...invoice, total: "-530.00" },
        lines: [
          // 150.00 × 10 / 30 = 50.00; 10 × 50.00 = 500.00 given back; tax −30.00.
          {
            ...july,
            ...{ chargeType: "Cancel instance prorate", from: "2024-07-05", to: "2024-07-14" },
            ...{ unitPrice: "50.00", quantity: 10, amount: "-500.00", subtotal: "-500.00" },
            ...{ tax: "-30.00", total: "-530.00" },
          },
        ],
      },
    ],
    lines: [["explained"]],
    sums: [{ billed: "-500.00", explained: "-500.00", tax: "-30.00", beyondLines: "0.00" }],
  },
  {
    trouble: "a missing subscription: mail is ordered and on no line",
    runs: [ten, seven],
    bills: [{ invoice, lines: [july] }],
    lines: [["explained"]],
    sums: [{ billed: "1500.00", explained: "1500.00", notBilled: "248.50" }],
    // 7 × 35.50 = 248.50.
    notBilled: [
      {
        ...{ subscriptionId: mail, from: "2024-07-15", to: "2024-08-14" },
        ...{ quantity: 7, amount: "248.50", currency: "CNY" },
      },
    ],
  },
  {
    trouble: "rounding: a cent is rounding, two are another price",
    runs: [seven, changed(mail, "2024-07-04", { seats: 8 }), ten],
    bills: [
      {
        invoice: { ...invoice, total: "1904.34" },
        lines: [
          // 35.50 × 11 / 30 = 13.01666…, half up 13.02; billed is 13.01: one cent less. Tax 0.78.
          {
            ...mailInJuly,
            ...{ chargeType: "Cycle instance prorate", from: "2024-07-04", to: "2024-07-14" },
            ...{ unitPrice: "13.01", quantity: 1, amount: "13.01", subtotal: "13.01" },
            ...{ tax: "0.78", total: "13.79" },
          },
          // 8 × 35.50 = 284.00; billed is 284.02: two cents more. Tax 17.04.
          {
            ...mailInJuly,
            ...{ unitPrice: "35.50", quantity: 8, amount: "284.02", subtotal: "284.02" },
            ...{ tax: "17.04", total: "301.06" },
          },
          july,
        ],
      },
    ],
    lines: [["explained"], ["price", { unitPrice: "35.50", amount: "284.00" }], ["explained"]],
    // 13.01 + 284.02 + 1,500.00 = 1,797.03; 13.79 + 301.06 + 1,590.00 = 1,904.85: the invoice
    // says 0.51 less.
    sums: [
      {
        ...{ billed: "1797.03", explained: "1513.01", unexplained: "284.02", rounding: "-0.01" },
        beyondLines: "-0.51",
      },
    ],
  },
  {
    trouble: "price and seats: a dearer seat, and two seats too many",
    runs: [ten, seven],
    bills: [
      {
        invoice: { ...invoice, total: "1982.73" },
        lines: [
          // 10 × 155.00 = 1,550.00 instead of 10 × 150.00; tax 93.00; together 1,643.00.
          {
            ...july,
            ...{ unitPrice: "155.00", amount: "1550.00", subtotal: "1550.00" },
            ...{ tax: "93.00", total: "1643.00" },
          },
          // 9 × 35.50 = 319.50 instead of 7 × 35.50; tax 19.17; together 338.67.
          {
            ...mailInJuly,
            ...{ quantity: 9, amount: "319.50", subtotal: "319.50", tax: "19.17", total: "338.67" },
          },
        ],
      },
    ],
    lines: [
      ["price", { unitPrice: "150.00", amount: "1500.00" }],
      ["quantity", { quantity: 7 }],
    ],
    // 1,550.00 + 319.50 = 1,869.50; 1,643.00 + 338.67 = 1,981.67; the invoice says 1.06 more.
    sums: [{ billed: "1869.50", explained: "0.00", unexplained: "1869.50", beyondLines: "1.06" }],
  },
  {
    trouble: "tax, a stranger, and a charge that no document names",
    runs: [ten, seven],
    bills: [
      {
        invoice: { ...invoice, total: "1859.01" },
        lines: [
          july,
          // 6 % of 248.50 is 14.91; billed is 13 %: 32.31 (32.305, half up).
          { ...mailInJuly, tax: "32.31", total: "280.81" },
          // A subscription that no run here ordered: 1 × 20.00, tax 1.20.
          {
            ...july,
            ...{ subscriptionId: "f2fd21bd-1cad-55be-8c69-e1044fb5d8c2", unitPrice: "20.00" },
            ...{ quantity: 1, amount: "20.00", subtotal: "20.00", tax: "1.20", total: "21.20" },
          },
          // 1 × 10.00, tax 0.60.
          {
            ...july,
            ...{ chargeType: "Handling fee", unitPrice: "10.00", quantity: 1, amount: "10.00" },
            ...{ subtotal: "10.00", tax: "0.60", total: "10.60", subscriptionId: "nobody's" },
          },
        ],
      },
    ],
    lines: [["explained"], ["tax", { tax: "14.91" }], ["order"], ["type"]],
    // 1,500.00 + 248.50 + 20.00 + 10.00 = 1,778.50; tax 90.00 + 32.31 + 1.20 + 0.60 = 124.11;
    // totals 1,590.00 + 280.81 + 21.20 + 10.60 = 1,902.61: the invoice says 43.60 less.
    sums: [
      {
        ...{ billed: "1778.50", explained: "1500.00", unexplained: "278.50", tax: "124.11" },
        beyondLines: "-43.60",
      },
    ],
  },
];

/** A credit: nothing but its total, tax included, says what it gives back. */
function offset(total: string): InvoiceLine {
  return {
    ...july,
    ...{ chargeType: "Offset a line item", quantity: 0, unitPrice: "0.00", amount: "0.00" },
    ...{ subtotal: "0.00", tax: "0.00", total },
  };
}
