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
  const end = new Date(start);
  if (unit === "Year") end.setUTCFullYear(end.getUTCFullYear() + length);
  if (unit === "Month") end.setUTCMonth(end.getUTCMonth() + length);
  if (unit === "Day") end.setUTCDate(end.getUTCDate() + length);
  else {
    if (end.getUTCDate() > billingDay) end.setUTCMonth(end.getUTCMonth() + 1, billingDay);
    end.setUTCDate(billingDay);
  }
  return { effectiveStartDate: seconds(start), commitmentEndDate: seconds(end) };
}

function seconds(date: Date): string {
  return date.toISOString().replace(".000Z", "Z");
}
