import type {
  RepricedSubscription,
  PriceChange,
  PriceChanges,
} from "../../model/generated/documents.ts";
import { type Language, languageOf } from "../language/language.ts";
import type { Style } from "../report.ts";
import { clean } from "../sanitize.ts";
import { count, facts, money, number } from "../wording/format.ts";
import { indentLines, page, wrap } from "../wording/layout.ts";
import { paint } from "../wording/paint.ts";

/** The prices that differ between two lists, then the subscriptions that pay otherwise. */
export function textPriceChanges(given: PriceChanges, style: Style): string {
  const changes = clean(given);
  const language = languageOf(style);
  const { old, new: next, effective, offers, subscriptions } = changes;
  const when = effective === undefined ? "" : language.say`, in force from ${effective}`;
  return page([
    [paint("strong", `${old} → ${next}${when}`, style)],
    offers.map((one) => `  ${priceLine(one, changes.currency, language)}`),
    subscriptions.flatMap((one) => subscriptionLines(one, changes.currency, style)),
    wrap(sentence(changes, language), style.width),
  ]);
}

function priceLine(change: PriceChange, currency: string, language: Language): string {
  const { offer, offerName = offer, billingCycle } = change;
  const [before = "", after = ""] = [change.old, change.new].map((price) =>
    price === undefined ? language.say`no price` : money(price, currency),
  );
  return billingCycle === "annual"
    ? language.say`${offerName}: ${before} → ${after} a year`
    : language.say`${offerName}: ${before} → ${after} a month`;
}

function subscriptionLines(
  one: RepricedSubscription,
  currency: string,
  style: Style,
): readonly string[] {
  const language = languageOf(style);
  const { address, customer, name, id, offer, offerName = offer, quantity, from } = one;
  const known = [
    `${quantity} × ${offerName}`,
    differenceOf(one, currency, language),
    from === undefined
      ? language.say`from its next term on; the account does not tell its end`
      : language.say`from ${from} on`,
  ];
  return [
    paint("strong", address ?? `${customer} ${name} (${id})`, style),
    ...indentLines(wrap(facts(known, language), style.width - 4), 4),
  ];
}

function differenceOf(
  { perMonth, perYear }: Pick<RepricedSubscription, "perMonth" | "perYear">,
  currency: string,
  language: Language,
): string {
  if (perMonth === undefined || perYear === undefined) return language.say`no known price`;
  return language.say`${signed(perMonth, currency)} a month, ${signed(perYear, currency)} a year`;
}

function signed(amount: string, currency: string): string {
  const told = money(amount, currency);
  return told.startsWith("-") ? told : `+${told}`;
}

function sentence(changes: PriceChanges, language: Language): string {
  const { offers, subscriptions, unpriced, currency } = changes;
  if (offers.length === 0) return language.say`The two lists have the same prices.`;
  const told = language.say`Prices that differ: ${number(offers.length)}. Subscriptions that pay otherwise: ${number(subscriptions.length)}, ${differenceOf(changes, currency, language)} in all.`;
  return unpriced === 0
    ? told
    : language.say`${told} This leaves out ${count(unpriced, "subscription", language)} whose price is not known.`;
}
