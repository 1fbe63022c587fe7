import type { Offer } from "./catalogue.ts";

const billingDay = 15;

/**
 * The start and end of a subscription bought at `now` (milliseconds). It starts on the next day
 * (UTC). A term in months or years ends on the first billing day (the 15th) on or after its length;
 * a term in days ends after its length.
 */
export function term(
  { term: length, termUnitOfMeasure: unit }: Offer,
  now: number,
): { readonly effectiveStartDate: string; readonly commitmentEndDate: string } {
  const start = new Date(now);
  start.setUTCHours(24, 0, 0, 0);
  const end = moved(start, unit, length);
  if (unit !== "Day") {
    if (end.getUTCDate() > billingDay) end.setUTCMonth(end.getUTCMonth() + 1, billingDay);
    end.setUTCDate(billingDay);
  }
  return { effectiveStartDate: seconds(start), commitmentEndDate: seconds(end) };
}

/** The last day of the term that follows one. A year where the offer has no term. */
export function nextEnd(end: string, offer: Offer | undefined): string {
  const { term: length, termUnitOfMeasure: unit } = offer ?? { term: 1, termUnitOfMeasure: "Year" };
  return seconds(moved(new Date(end), unit, Math.max(1, length)));
}

function moved(from: Date, unit: string, length: number): Date {
  const date = new Date(from);
  if (unit === "Month") date.setUTCMonth(date.getUTCMonth() + length);
  else if (unit === "Day") date.setUTCDate(date.getUTCDate() + length);
  else date.setUTCFullYear(date.getUTCFullYear() + length);
  return date;
}

function seconds(date: Date): string {
  return date.toISOString().replace(".000Z", "Z");
}
