import type { Times } from "../../model/adapter.ts";
import type { View } from "../project/project.ts";

/**
 * What is waited for: its name on this machine, and when the backend first showed it, if known (RFC
 * 3339).
 */
export interface Awaited {
  readonly what: string;
  readonly since?: string;
}

/** The least number of seconds that something had been waited for when a read was made. */
export type Waited = (awaited: Awaited) => number;

/** Starts timing a read: call it before the first request, and the result after the last one. */
export function beginReading({
  reader,
  clock,
  firstSeen,
}: Pick<View, "reader" | "clock" | "firstSeen">): () => ReadingTime {
  const began = clock.monotonic();
  const times = reader.clock?.();
  return () => {
    const made = times?.();
    // Two times of the same clock can be compared. Without the backend's clock, this machine counts
    // from when it first saw the write.
    const waited: Waited = ({ what, since }) =>
      made && since !== undefined
        ? (made.earliest - Date.parse(since)) / 1000
        : (began - firstSeen(what)) / 1000;
    return { waited, ...(made && { backendTime: backendTime(made) }) };
  };
}

/** When a read was made. */
export interface ReadingTime {
  readonly waited: Waited;
  /** The latest possible time, by the backend's clock; RFC 3339. */
  readonly backendTime?: string;
}

function backendTime({ latest }: Times): string {
  return new Date(latest).toISOString();
}
