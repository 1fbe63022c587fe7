import type { Cause, Impact, Reason } from "../model/plan.ts";

/** A number as people read it: 12345.5 is "12,345.5". */
export function number(value: number | string): string {
  const [, sign, whole, rest] = /^(-?)(\d+)(\.\d+)?$/.exec(String(value)) ?? [];
  if (whole === undefined) return String(value);
  return `${sign}${whole.replace(/\B(?=(\d{3})+$)/g, ",")}${rest ?? ""}`;
}

/** A number of things: "1 change", "1,200 changes". */
export function count(value: number, one: string, many = `${one}s`): string {
  return `${number(value)} ${value === 1 ? one : many}`;
}

/** An amount of money: "CNY 1,234.50". */
export function money(amount: string, currency: string): string {
  const sign = amount.startsWith("-") ? "-" : "";
  return `${sign}${currency} ${number(amount.slice(sign.length))}`;
}

/** What more or less is paid a month: "+CNY 90.00/month"; empty for nothing. */
export function perMonth(price: Impact["money"]): string {
  if (price === undefined || /^-?[0.]*$/.test(price.perMonth)) return "";
  const words = money(price.perMonth, price.currency);
  return `${words.startsWith("-") ? "" : "+"}${words}/month`;
}

/** What one is bound to pay: "commits CNY 90.00", "commits CNY 90.00 less"; empty for nothing. */
export function committed(price: Impact["money"]): string {
  if (price === undefined || /^-?[0.]*$/.test(price.committed)) return "";
  const words = money(price.committed.replace("-", ""), price.currency);
  return `commits ${words}${price.committed.startsWith("-") ? " less" : ""}`;
}

/** A number that says more or less: "+3 seats", "-1 seat"; empty for nothing. */
export function delta(value: number | undefined, one: string): string {
  if (!value) return "";
  return `${value > 0 ? "+" : "-"}${count(Math.abs(value), one)}`;
}

/** The first of a list, and how many more: "a, b and 3 more". */
export function some(items: readonly string[], most: number): string {
  const more = items.length - most;
  return more > 0 ? `${items.slice(0, most).join(", ")} and ${number(more)} more` : items.join(", ");
}

/** A moment as people read it: "2026-03-01 08:00:00 UTC". */
export function moment(at: string): string {
  const [, day, time] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?Z$/.exec(at) ?? [];
  return day === undefined ? at : `${day} ${time} UTC`;
}

/** A stretch of time: "850 ms", "12.3 s", "3 min 12 s", "1 h 4 min". */
export function elapsed(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000;
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${number(Math.floor(whole / 3600))} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** A digest or hash short enough to compare by eye: its first twelve digits. */
export function short(hash: string): string {
  return /^(?:sha256:)?(.{0,12})/su.exec(hash)?.[1] ?? "";
}

/** Whether and how long there is a way back; empty where there always is. */
export function wayBack(impact: Impact): string {
  if (impact.reversible === "yes") return "";
  if (impact.reversible === "no" || impact.until === undefined) return "cannot be undone";
  const time = impact.until.startsWith("P") ? `for ${duration(impact.until)}` : `until ${impact.until}`;
  return `can be undone ${time}${impact.destructive ? ", then its data is deleted" : ""}`;
}

/** An ISO 8601 duration in words: "P60D" is "60 days"; one it cannot read stays as it is. */
export function duration(iso: string): string {
  const match = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(iso);
  const units = ["year", "month", "week", "day", "hour", "minute", "second"];
  const parts = units.flatMap((unit, index) => (match?.[index + 1] ? [count(Number(match[index + 1]), unit)] : []));
  return parts.join(" ") || iso;
}

/** What moved since it was last applied. */
export const causes: Readonly<Record<Cause, string>> = {
  manifest: "manifest changed",
  drift: "account drifted",
  both: "manifest and account changed",
  new: "not managed before",
};

/** Why a change is planned. */
export const reasons: Readonly<Record<Reason, string>> = {
  declared: "declared, and not in the account",
  differs: "the account differs from the manifest",
  upgraded: "the account has one that can be upgraded to what is declared",
  tombstone: "declared absent",
  exclusive: "in no manifest, and only what is declared may exist",
};
