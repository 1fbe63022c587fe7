import type { Settings } from "../model/generated/settings.ts";

/** The account's own day (YYYY-MM-DD) at a moment: prices, terms and policies go by it, on every machine. */
export function dayIn({ timeZone = "Asia/Shanghai" }: Settings, now: string): string {
  const format = new Intl.DateTimeFormat("en", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  const parts = new Map(format.formatToParts(new Date(now)).map(({ type, value }) => [type, value]));
  return `${parts.get("year")}-${parts.get("month")}-${parts.get("day")}`;
}
