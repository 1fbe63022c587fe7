import type { OfferRow } from "../model/history.ts";
import { clean } from "./clean.ts";
import { columns, flow, page } from "./layout.ts";
import { paint } from "./paint.ts";
import type { Style } from "./report.ts";
import { count, money, number } from "./words.ts";

/** The catalogue, two lines an offer: name and price, then what one has to know to order it. */
export function textOffers(given: readonly OfferRow[], style: Style): string {
  const rows = clean(given);
  const names = new Map(rows.map((row) => [row.id, row.name]));
  return page(
    rows.flatMap((row) => offerLines(row, names, style)),
    [`${count(rows.length, "offer")}.`],
  );
}

function offerLines(row: OfferRow, names: ReadonlyMap<string, string>, style: Style): readonly string[] {
  const alias = row.alias === undefined ? "" : `  (${row.alias})`;
  const price = row.perMonth === undefined ? "no price" : `${money(row.perMonth, row.currency ?? "")}/month`;
  const gap = Math.max(2, Math.min(style.width, 100) - columns(row.name) - columns(alias) - columns(price));
  const facts = [
    row.id,
    seats(row.quantity),
    row.billingCycles.join(" or "),
    row.addOn ? "add-on" : "",
    row.trial ? "trial" : "",
    row.purchasable ? "" : "cannot be bought",
    row.upgradesTo.length > 0 ? `upgrades to ${row.upgradesTo.map((id) => names.get(id) ?? id).join(", ")}` : "",
  ].filter(Boolean);
  const title = `${paint("strong", row.name, style)}${paint("accent", alias, style)}${" ".repeat(gap)}${price}`;
  return [title, ...flow(facts, " · ", Math.min(style.width, 100) - 4).map((line) => `    ${paint("dim", line, style)}`)];
}

function seats({ minimum, maximum }: OfferRow["quantity"]): string {
  return minimum === maximum ? count(maximum, "seat") : `${number(minimum)}–${count(maximum, "seat")}`;
}
