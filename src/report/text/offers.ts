import type { OfferRow } from "../../model/ledger/history.ts";
import { clean } from "../sanitize.ts";
import { type Language, languageOf } from "../language/language.ts";
import { columns, flow, page } from "../wording/layout.ts";
import { paint } from "../wording/paint.ts";
import type { Style } from "../report.ts";
import { orderOffers } from "../wording/natural-order.ts";
import { count, list, money, number } from "../wording/format.ts";

/** The catalogue, at least two lines per offer: name and price, then details for ordering. */
export function textOffers(given: readonly OfferRow[], style: Style): string {
  const rows = clean(orderOffers(given));
  const language = languageOf(style);
  const names = new Map(rows.map((row) => [row.id, row.name]));
  return page([
    rows.flatMap((row) => offerLines(row, names, style)),
    [language.say`${count(rows.length, "offer", language)}.`],
  ]);
}

function offerLines(
  row: OfferRow,
  names: ReadonlyMap<string, string>,
  style: Style,
): readonly string[] {
  const language = languageOf(style);
  const alias = row.alias === undefined ? "" : `  (${row.alias})`;
  const price =
    row.perMonth === undefined
      ? language.say`no price`
      : language.say`${money(row.perMonth, row.currency ?? "")}/month`;
  const gap = Math.max(
    2,
    Math.min(style.width, 100) - columns(row.name) - columns(alias) - columns(price),
  );
  const facts = [
    row.id,
    seats(row.quantity, language),
    row.billingCycles.join(language.say` or `),
    row.addOn ? language.say`add-on` : "",
    row.trial ? language.say`trial` : "",
    row.purchasable ? "" : language.say`cannot be bought`,
    row.upgradesTo.length > 0
      ? language.say`upgrades to ${list(
          row.upgradesTo.map((id) => names.get(id) ?? id),
          language,
        )}`
      : "",
  ].filter(Boolean);
  const title = `${paint("strong", row.name, style)}${paint("accent", alias, style)}${" ".repeat(gap)}${price}`;
  return [
    title,
    ...flow(facts, " · ", Math.min(style.width, 100) - 4).map(
      (line) => `    ${paint("dim", line, style)}`,
    ),
  ];
}

function seats({ minimum, maximum }: OfferRow["quantity"], language: Language): string {
  const most = count(maximum, "seat", language);
  return minimum === maximum ? most : `${number(minimum)}–${most}`;
}
