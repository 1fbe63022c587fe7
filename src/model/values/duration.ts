const day = 86_400_000;
const shape = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?$/;

const hours: Readonly<Record<string, number>> = { W: 168, D: 24, H: 1 };

/** The milliseconds of an ISO 8601 duration of weeks, days or hours: P2W, P7D, PT12H. */
export function millisecondsIn(duration: string): number {
  const [, number, unit = "D"] = /^PT?(\d+)([WDH])$/.exec(duration) ?? [];
  return Number(number) * (hours[unit] ?? 24) * 3_600_000;
}

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
  const last = Number(written(Date.UTC(to[0], to[1] + 1, 0)).slice(8));
  return written(Date.UTC(...to, Math.min(date, last) + sign * (7 * weeks + days)));
}

function numbers(found: readonly (string | undefined)[] = []): readonly number[] {
  return found.map((text) => Number(text ?? 0));
}

function written(milliseconds: number): string {
  const [year, month, date] = civil(Math.floor(milliseconds / day));
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(date)}`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

/**
 * Returns year, month and day of a day counted from 1970-01-01. Years start in March, which puts a
 * leap day at a year's end.
 */
function civil(days: number): readonly [number, number, number] {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const ofEra = shifted - era * 146_097;
  const year = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) /
      365,
  );
  const ofYear = ofEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
  const fromMarch = Math.floor((5 * ofYear + 2) / 153);
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  return [
    year + era * 400 + (month <= 2 ? 1 : 0),
    month,
    ofYear - Math.floor((153 * fromMarch + 2) / 5) + 1,
  ];
}
