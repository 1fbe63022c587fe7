const length = 86_400_000;

/** A day, YYYY-MM-DD, counted from 1970-01-01. */
export function dayNumber(day: string): number {
  return Math.floor(Date.parse(`${day.slice(0, 10)}T00:00:00Z`) / length);
}

/** The day of a moment (RFC 3339) where clocks are ahead of UTC by these minutes. */
export function dayOfMoment(moment: string, minutesAhead: number): number {
  return Math.floor((Date.parse(moment) + minutesAhead * 60_000) / length);
}

/** A day as YYYY-MM-DD. */
export function dayText(day: number): string {
  return new Date(day * length).toISOString().slice(0, 10);
}

/** The day so many months later; the last one of a month that is too short. */
export function addMonths(day: number, months: number): number {
  const [year = 0, month = 1, date = 1] = dayText(day).split("-").map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return Date.UTC(year, month - 1 + months, Math.min(date, last)) / length;
}

/** The first day on or after this one whose day of the month is that of another. */
export function nextLike(day: number, other: number): number {
  const date = Number(dayText(other).slice(8));
  const own = Number(dayText(day).slice(8));
  return own <= date ? day + (date - own) : addMonths(day - own + date, 1);
}
