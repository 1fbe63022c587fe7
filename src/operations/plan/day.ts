import type { Settings } from "../../model/generated/settings.ts";

/**
 * China has been at UTC+8 without daylight saving time since 1991. Using Intl instead would take 5
 * % of a short run.
 */
const china = { name: "Asia/Shanghai", ahead: 8 * 60 * 60 * 1000 };

/**
 * The date (YYYY-MM-DD) of a moment in the account's time zone. Prices, terms and policies use it
 * on every machine.
 */
export function dayIn({ timeZone }: Pick<Settings, "timeZone">, now: string): string {
  return timeZone === china.name
    ? new Date(Date.parse(now) + china.ahead).toISOString().slice(0, 10)
    : anyDay(timeZone, now);
}

function anyDay(timeZone: string, now: string): string {
  const format = new Intl.DateTimeFormat("en", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  const parts = new Map(
    format.formatToParts(new Date(now)).map(({ type, value }) => [type, value]),
  );
  return `${parts.get("year")}-${parts.get("month")}-${parts.get("day")}`;
}
