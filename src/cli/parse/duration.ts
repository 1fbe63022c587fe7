import type { Settings } from "../../model/generated/settings.ts";

const shape = /^(lease\+)?(\d{1,6})([smh])$/;
const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };

/**
 * Whether a text is a duration: `90s`, `6m`, `1h`, or `lease+1m` for one minute more than a lease.
 */
export function isDuration(text: string): boolean {
  return shape.test(text);
}

/** The seconds of a duration, with the lease time of the settings. */
export function secondsOf(text: string, { ledger: { leaseSeconds } }: Settings): number {
  const [, lease, count, unit = ""] = shape.exec(text) ?? [];
  return (lease ? leaseSeconds : 0) + Number(count) * (units[unit] ?? 1);
}
