import type { Spec } from "../../model/values/json.ts";
import type { Stored } from "./contents.ts";

/** The day of the month on which terms of months and years end. */
const billingDay = 15;

/** The length of a term, as an offer has it. */
interface Length {
  readonly unit: "year" | "month" | "day";
  readonly count: number;
}

/**
 * The running term of a subscription on a day (YYYY-MM-DD): it starts on the day after the order
 * and ends on the first 15th after its offer's term; then the next one begins. Undefined if nobody
 * knows when it was ordered.
 */
export function termFacts(
  { orderedAt, term, autoRenew }: Stored,
  offer: Spec | undefined,
  today: string,
): Spec | undefined {
  const length = (offer?.term ?? { unit: "year", count: 1 }) as unknown as Length;
  const first = term ?? (orderedAt === undefined ? undefined : firstTerm(orderedAt, length));
  if (first === undefined) return undefined;
  let endsOn = first.endsOn;
  while (autoRenew !== false && endsOn < today) endsOn = moved(endsOn, length);
  return { ...first, endsOn, autoRenew: autoRenew !== false };
}

function firstTerm(orderedAt: string, length: Length): NonNullable<Stored["term"]> {
  const startsOn = moved(orderedAt.slice(0, 10), { unit: "day", count: 1 });
  const end = new Date(moved(startsOn, length));
  if (length.unit === "day") return { startsOn, endsOn: dayOf(end) };
  const late = end.getUTCDate() > billingDay;
  end.setUTCMonth(end.getUTCMonth() + (late ? 1 : 0), billingDay);
  return { startsOn, endsOn: dayOf(end) };
}

function moved(day: string, { unit, count }: Length): string {
  const date = new Date(day);
  const length = Math.max(1, count);
  if (unit === "year") date.setUTCFullYear(date.getUTCFullYear() + length);
  if (unit === "month") date.setUTCMonth(date.getUTCMonth() + length);
  if (unit === "day") date.setUTCDate(date.getUTCDate() + length);
  return dayOf(date);
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
