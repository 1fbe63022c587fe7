import { dayAfter, lengthOf } from "../../model/values/duration.ts";
import type { Spec } from "../../model/values/json.ts";
import type { Stored } from "./contents.ts";

/** The day of the month on which terms of months and years end. */
const billingDay = "15";

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
  const length = lengthOf(offer?.term as Parameters<typeof lengthOf>[0]);
  const first = term ?? (orderedAt === undefined ? undefined : firstTerm(orderedAt, length));
  if (first === undefined) return undefined;
  let { endsOn } = first;
  for (let terms = 1; autoRenew !== false && endsOn < today; terms += 1)
    endsOn = dayAfter(first.endsOn, manyTimes(length, terms));
  return { ...first, endsOn, autoRenew: autoRenew !== false };
}

function manyTimes(length: string, terms: number): string {
  return length.replace(/\d+/, (count) => String(Number(count) * terms));
}

function firstTerm(orderedAt: string, length: string): NonNullable<Stored["term"]> {
  const startsOn = dayAfter(orderedAt.slice(0, 10), "P1D");
  const end = dayAfter(startsOn, length);
  return { startsOn, endsOn: length.endsWith("D") ? end : nextBillingDay(end) };
}

function nextBillingDay(day: string): string {
  const month = day.slice(8) > billingDay ? dayAfter(`${day.slice(0, 7)}-01`, "P1M") : day;
  return `${month.slice(0, 7)}-${billingDay}`;
}
