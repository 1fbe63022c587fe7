const shape =
  /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;
const moment = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?Z$/;
const day = 86_400_000;

/**
 * Adds an ISO 8601 duration to a moment (RFC 3339, UTC). The result has whole seconds. Undefined if
 * either argument is malformed.
 */
export function momentAfter(at: string, duration: string): string | undefined {
  const [found, start] = [shape.exec(duration), moment.exec(at)];
  if (found === null || start === null) return undefined;
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] =
    numbers(found);
  const [year = 0, month = 1, date = 1, hour = 0, minute = 0, second = 0] = numbers(start);
  const time = [hour + hours, minute + minutes, second + seconds] as const;
  return written(Date.UTC(year + years, month - 1 + months, date + 7 * weeks + days, ...time));
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
  const found = shape.exec(duration);
  const [year = 0, month = 1, date = 1] = from.split("-").map(Number);
  const [years = 0, months = 0, weeks = 0, days = 0] = found === null ? [] : numbers(found);
  const to = [year + sign * years, month - 1 + sign * months] as const;
  const last = Number(written(Date.UTC(to[0], to[1] + 1, 0)).slice(8, 10));
  return written(Date.UTC(...to, Math.min(date, last) + sign * (7 * weeks + days))).slice(0, 10);
}

function numbers(found: RegExpExecArray): readonly number[] {
  return found.slice(1).map((text) => Number(text ?? 0));
}

function written(milliseconds: number): string {
  const [year, month, date] = civil(Math.floor(milliseconds / day));
  const seconds = Math.floor((milliseconds - Math.floor(milliseconds / day) * day) / 1000);
  const time = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(two);
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(date)}T${time.join(":")}Z`;
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
