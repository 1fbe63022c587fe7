/** A day in UTC, counted from 1970-01-01. */
export type Day = number;

const length = 86_400_000;
/** The day of the month on which invoices are made, as the documented examples have it. */
const billingDay = 15;

/** The day of a moment: milliseconds since 1970, or a date in ISO 8601. */
export function dayOf(moment: number | string): Day {
  return Math.floor((typeof moment === "string" ? Date.parse(moment) : moment) / length);
}

/** The first millisecond of a day. */
export function startOf(day: Day): number {
  return day * length;
}

/** A day as YYYY-MM-DD. */
export function dateOf(day: Day): string {
  return new Date(startOf(day)).toISOString().slice(0, 10);
}

/** The first billing day on or after a day. */
export function billingDayFrom(day: Day): Day {
  const date = new Date(startOf(day));
  if (date.getUTCDate() > billingDay) date.setUTCMonth(date.getUTCMonth() + 1, billingDay);
  date.setUTCDate(billingDay);
  return dayOf(date.getTime());
}

/** The billing day so many months after a billing day. */
export function billingDayAfter(day: Day, months: number): Day {
  const date = new Date(startOf(day));
  date.setUTCMonth(date.getUTCMonth() + months);
  return dayOf(date.getTime());
}
