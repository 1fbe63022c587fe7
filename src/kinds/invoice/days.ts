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
  return onDate(day, months, dateOf(day));
}

/** The day on a date (1 to 31) of the month so many months after a day's; or that month's last. */
export function onDate(day: number, months: number, date: number): number {
  const [year = 0, month = 1] = dayText(day).split("-").map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return Date.UTC(year, month - 1 + months, Math.min(date, last)) / length;
}

/** The first day on or after this one that is on a date of its month, or the month's last. */
export function nextOn(day: number, date: number): number {
  const own = onDate(day, 0, date);
  return own >= day ? own : onDate(day, 1, date);
}

/** The date of a day in its month, 1 to 31. */
export function dateOf(day: number): number {
  return Number(dayText(day).slice(8));
}

/** How many calendar months the month of a day comes after that of another. */
export function monthsBetween(from: number, to: number): number {
  const [years = 0, months = 0] = dayText(to).split("-").map(Number);
  const [year = 0, month = 0] = dayText(from).split("-").map(Number);
  return (years - year) * 12 + months - month;
}
