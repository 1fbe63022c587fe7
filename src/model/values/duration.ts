const shape = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?$/;

/** The day (YYYY-MM-DD) that comes a duration of days, weeks, months or years after another. */
export function dayAfter(from: string, duration: string): string {
  return dayMoved(from, duration, 1);
}

/** The day (YYYY-MM-DD) that comes a duration of days, weeks, months or years before another. */
export function dayBefore(from: string, duration: string): string {
  return dayMoved(from, duration, -1);
}

/** The length of a term as an ISO 8601 duration: a year where nobody tells. */
export function lengthOf(
  term: { readonly unit: "year" | "month" | "day"; readonly count: number } | undefined,
): string {
  const { unit, count } = term ?? { unit: "year", count: 1 };
  return `P${Math.max(1, count)}${{ year: "Y", month: "M", day: "D" }[unit]}`;
}

/** A date that a month lacks becomes the month's last. */
function dayMoved(from: string, duration: string, sign: 1 | -1): string {
  const [years = 0, months = 0, weeks = 0, days = 0] = numbers(shape.exec(duration)?.slice(1));
  const [year = 0, month = 1, date = 1] = numbers(from.split("-"));
  const to = [year + sign * years, month - 1 + sign * months] as const;
  const last = new Date(Date.UTC(to[0], to[1] + 1, 0)).getUTCDate();
  const moved = Date.UTC(...to, Math.min(date, last) + sign * (7 * weeks + days));
  return new Date(moved).toISOString().slice(0, 10);
}

function numbers(found: readonly (string | undefined)[] = []): readonly number[] {
  return found.map((text) => Number(text ?? 0));
}
