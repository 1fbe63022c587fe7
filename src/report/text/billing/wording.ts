import type {
  BilledSums,
  LineStatus,
  NotBilled,
  OrderRecorded,
} from "../../../model/billing/reconciliation.ts";
import { say } from "../../../model/text/phrase.ts";
import type { Language } from "../../language/language.ts";
import { formatMoment, list, money } from "../../wording/format.ts";

/** What a status of a line means. */
export const statusWords: Readonly<Record<LineStatus, string>> = {
  explained: say`Explained.`,
  price: say`The price differs, or none is known.`,
  quantity: say`The quantity differs.`,
  period: say`The period differs.`,
  tax: say`The tax or the total differs from the rest of the invoice.`,
  order: say`Nobody ordered this through here.`,
  credit: say`A credit of nothing that is on this invoice.`,
  type: say`The charge type is not known.`,
};

/** Which run ordered it, when, and who approved. */
export function orderWords(
  { address, action, run, at, actor, approvedBy }: OrderRecorded,
  language: Language,
): string {
  const approved =
    approvedBy.length === 0 ? "" : language.say`, approved by ${list(approvedBy, language)}`;
  return language.say`${address}: ${action} by ${actor} in run ${run} on ${formatMoment(at)}${approved}.`;
}

/** Seats that are missing on an invoice, or a credit that is. */
export function billedWords(
  { from, to, quantity, amount, currency = "" }: NotBilled,
  language: Language,
): string {
  const cost = amount === undefined ? language.say`no known price` : money(amount, currency);
  return quantity > 0
    ? language.say`Ordered and not billed: ${quantity} from ${from} to ${to}, ${cost}.`
    : language.say`Billed too much, or a credit is missing: ${quantity} from ${from} to ${to}, ${cost}.`;
}

/** The sums of a currency with their names, without those that are zero and say nothing. */
export function sumWords(
  sums: BilledSums,
  language: Language,
): readonly (readonly [name: string, value: string])[] {
  const all = [
    [language.say`Billed before tax`, sums.billed, true],
    [language.say`Explained`, sums.explained, true],
    [language.say`Not explained`, sums.unexplained, false],
    [language.say`Rounding`, sums.rounding, false],
    [language.say`Discount`, sums.discount, false],
    [language.say`Tax`, sums.tax, false],
    [language.say`Ordered and not billed`, sums.notBilled, false],
    [language.say`On the invoice beyond its lines`, sums.beyondLines ?? "0.00", false],
  ] as const;
  return all
    .filter(([, amount, always]) => always || Number(amount) !== 0)
    .map(([name, amount]) => [name, money(amount, sums.currency)] as const);
}
