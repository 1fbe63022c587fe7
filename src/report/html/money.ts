import { amount, hundredths } from "../../model/values/money.ts";
import type { Change, Plan } from "../../model/plan/plan.ts";
import { hasUnknownPrice } from "../../model/plan/unpriced.ts";
import { renderBars } from "./page/drawing.ts";
import { addressMarkup } from "./page/facts.ts";
import { html, type Markup, nothing } from "./page/markup.ts";
import type { Language } from "../language/language.ts";
import { count, money, number } from "../wording/format.ts";

interface Line {
  readonly home: string;
  readonly currency: string;
  perMonth: bigint;
  committed: bigint;
  seats: number;
  changes: number;
  /** Changes whose price is not known; the amounts leave them out. */
  unpriced: number;
}

/** A change, planned or done, as far as it is about money. */
export type PaidChange = Pick<Change, "action" | "impact">;

// The number of lines shown at once; more are collapsed.
const most = 40;
// The number of bars of a drawing; the table has the rest.
const drawn = 20;

/** Costs by home (such as a customer) and currency, largest first: drawn, and as a table. */
export function moneyTable<Paid extends PaidChange>(
  changes: readonly Paid[],
  home: (change: Paid) => string,
  { totals, language }: { readonly totals?: Plan["totals"]; readonly language: Language },
): Markup {
  const lines = linesOf(changes, home);
  if (lines.length === 0) return nothing;
  const rest =
    lines.length > most
      ? html`<details><summary>${language.say`${number(lines.length - most)} more`}</summary>${table(lines.slice(most), nothing, language)}</details>`
      : nothing;
  return html`${drawings(lines, language)}${table(lines.slice(0, most), totalRow(totals, language), language)}${rest}`;
}

/** A drawing for each currency with more than one customer whose cost per month changes. */
function drawings(lines: readonly Line[], language: Language): readonly Markup[] {
  const currencies = [...new Set(lines.map(({ currency }) => currency))];
  return currencies.flatMap((currency) => {
    const bars = lines
      .filter((one) => one.currency === currency && one.perMonth !== 0n)
      .map(({ home, perMonth }) => ({
        name: home.slice(home.indexOf("/") + 1),
        size: Number(perMonth),
        label: formatSignedMoney(amount(perMonth), currency),
      }));
    if (bars.length < 2) return [];
    const about = {
      id: `money-${currency}`,
      title: language.say`Money a month by customer in ${currency}`,
      description: language.say`A bar for each customer, the largest first. The table below has the amounts.`,
    };
    return [renderBars(bars.slice(0, drawn), about)];
  });
}

function linesOf<Paid extends PaidChange>(
  changes: readonly Paid[],
  home: (change: Paid) => string,
): readonly Line[] {
  const found = new Map<string, Line>();
  for (const change of changes) {
    const { money = unknown, seats = 0 } = change.impact;
    const isUnknown = hasUnknownPrice(change);
    if (money === unknown && !isUnknown) continue;
    const key = `${money.currency} ${home(change)}`;
    const line = found.get(key) ?? {
      home: home(change),
      currency: money.currency,
      unpriced: 0,
      perMonth: 0n,
      committed: 0n,
      seats: 0,
      changes: 0,
    };
    line.perMonth += hundredths(money.perMonth);
    line.committed += hundredths(money.committed);
    line.seats += seats;
    line.changes += 1;
    if (isUnknown) line.unpriced += 1;
    found.set(key, line);
  }
  return [...found.values()].sort((left, right) => size(right) - size(left));
}

const unknown = { perMonth: "0.00", committed: "0.00", currency: "" };

function size({ perMonth, committed }: Line): number {
  return Math.abs(Number(perMonth)) * 12 + Math.abs(Number(committed));
}

function table(lines: readonly Line[], total: Markup, language: Language): Markup {
  const heads = [
    language.say`Per month`,
    language.say`Committed`,
    language.say`Seats`,
    language.say`Changes`,
    language.say`Without a known price`,
  ];
  return html`<div class="wide" role="region" tabindex="0" aria-label="${language.say`Money`}"><table class="sums"><caption class="hidden">${language.say`Money, by customer`}</caption>
<thead><tr><th scope="col">${language.say`Customer`}</th>${heads.map((one) => html`<th scope="col">${one}</th>`)}</tr></thead>
<tbody>${lines.map(rowOf)}</tbody>${total}</table></div>
`;
}

function rowOf(line: Line): Markup {
  const { home, currency, perMonth, committed, seats, changes, unpriced } = line;
  return html`<tr><th scope="row">${addressMarkup(home)}</th><td>${formatSignedMoney(amount(perMonth), currency)}</td><td>${formatSignedMoney(amount(committed), currency)}</td><td>${plus(seats)}</td><td>${number(changes)}</td><td>${unpriced === 0 ? "–" : number(unpriced)}</td></tr>
`;
}

function totalRow(totals: Plan["totals"] | undefined, language: Language): Markup {
  if (totals?.money === undefined) return nothing;
  const { money: price, seats, unpriced = 0, ...actions } = totals;
  const without =
    unpriced > 0
      ? language.say` (without ${count(unpriced, "change", language)} whose price is not known)`
      : "";
  const changes = Object.values(actions).reduce((all, one) => all + one, 0);
  return html`<tfoot><tr><th scope="row">${language.say`In all, of ${count(changes, "change", language)}`}${without}</th><td>${formatSignedMoney(price.perMonth, price.currency)}</td><td>${formatSignedMoney(price.committed, price.currency)}</td><td>${plus(seats)}</td><td></td><td></td></tr></tfoot>`;
}

/** An amount with its sign; a dash for zero. */
export function formatSignedMoney(value: string, currency: string): string {
  if (/^-?[0.]*$/.test(value)) return "–";
  return value.startsWith("-")
    ? `−${money(value.slice(1), currency)}`
    : `+${money(value, currency)}`;
}

/** A number with its sign; a dash for zero. */
export function plus(value: number): string {
  return value === 0 ? "–" : `${value > 0 ? "+" : "−"}${number(Math.abs(value))}`;
}
