import type { Clock } from "../../model/clock.ts";
import { readRows, writeRows } from "./authenticated-file.ts";

/** Tells when this machine first saw something, on its monotonic clock: now, where it never did. */
export type FirstSeen = (what: string) => number;

/** What was seen, in which boot, and when. */
type Row = readonly [what: string, boot: string, at: number];

interface Keeping {
  readonly path: string;
  readonly clock: Clock;
  /** The monotonic clock begins anew with each boot; where boots cannot be told apart, nothing is kept. */
  readonly bootId: string | undefined;
}

const format = JSON.stringify({ format: "partnerctl first sights 1" });
/** More are waited for by nobody. */
const most = 10_000;

/** First sights that outlast the process. Only what this user of this machine wrote is believed: a branch may bring files along. */
export function firstSights({ path, clock, bootId }: Keeping): FirstSeen {
  const seen = new Map<string, number>();
  const load = (): void => {
    if (bootId === undefined) return;
    for (const [what, boot, at] of readRows(path, format) as readonly Row[])
      if (boot === bootId && at <= clock.monotonic()) seen.set(what, Math.min(at, seen.get(what) ?? at));
  };
  const save = (boot: string): void => {
    const rows: readonly Row[] = [...seen].map(([what, at]) => [what, boot, at]);
    writeRows(path, format, rows.slice(-most));
  };
  return (what) => {
    const known = seen.get(what);
    if (known !== undefined) return known;
    const now = clock.monotonic();
    // Another process may have seen it before.
    load();
    const first = seen.get(what) ?? now;
    if (seen.has(what)) return first;
    seen.set(what, now);
    if (bootId !== undefined) save(bootId);
    return now;
  };
}
