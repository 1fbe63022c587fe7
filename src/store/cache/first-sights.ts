import type { Clock } from "../../model/clock.ts";
import { readRows, writeRows } from "./authenticated-file.ts";

/**
 * Returns when this machine first saw `what`, in milliseconds of its monotonic clock; the current
 * time if it is new.
 */
export type FirstSeen = (what: string) => number;

/** What was seen, the boot in which it was seen, and when. */
type Row = readonly [what: string, boot: string, at: number];

interface Keeping {
  readonly path: string;
  readonly clock: Clock;
  /**
   * The current boot, because the monotonic clock restarts at boot. If undefined, nothing is
   * stored.
   */
  readonly bootId: string | undefined;
}

const format = JSON.stringify({ format: "partnerctl first sights 1" });
/** Maximum number of rows in the file; the newest are kept. */
const most = 10_000;

/**
 * First sightings that survive the process. Only a file that this user wrote on this machine is
 * trusted, because a branch can contain files.
 */
export function firstSights({ path, clock, bootId }: Keeping): FirstSeen {
  const seen = new Map<string, number>();
  const load = (): void => {
    if (bootId === undefined) return;
    for (const [what, boot, at] of readRows(path, format) as readonly Row[])
      if (boot === bootId && at <= clock.monotonic())
        seen.set(what, Math.min(at, seen.get(what) ?? at));
  };
  const save = (boot: string): void => {
    const rows: readonly Row[] = [...seen].map(([what, at]) => [what, boot, at]);
    writeRows(path, format, rows.slice(-most));
  };
  return (what) => {
    const known = seen.get(what);
    if (known !== undefined) return known;
    const now = clock.monotonic();
    // Another process may have recorded it since.
    load();
    const first = seen.get(what) ?? now;
    if (seen.has(what)) return first;
    seen.set(what, now);
    if (bootId !== undefined) save(bootId);
    return now;
  };
}
