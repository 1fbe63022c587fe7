import type { Times } from "../../model/adapter.ts";
import type { View } from "../project/project.ts";

/** What is waited for: what this machine knows it by, and when the backend first showed it, if that is known. */
export interface Awaited {
  readonly what: string;
  readonly since?: string;
}

/** For how many seconds something had been waited for, at least, when a reading was made. */
export type Waited = (awaited: Awaited) => number;

/** Makes readings whose moment is known: begin before the first request, and ask once all are made. */
export function beginReading({ reader, clock, firstSeen }: Pick<View, "reader" | "clock" | "firstSeen">): () => ReadingTime {
  const began = clock.monotonic();
  const times = reader.clock?.();
  return () => {
    const made = times?.();
    // Of two times by one clock the difference is sure. Where there is no such clock, this machine counts from when it first saw it.
    const waited: Waited = ({ what, since }) =>
      made && since !== undefined ? (made.earliest - Date.parse(since)) / 1000 : (began - firstSeen(what)) / 1000;
    return { waited, ...(made && { backendTime: backendTime(made) }) };
  };
}

/** When a reading was made. */
export interface ReadingTime {
  readonly waited: Waited;
  /** The latest that it can have been, by the backend's clock; RFC 3339. */
  readonly backendTime?: string;
}

function backendTime({ latest }: Times): string {
  return new Date(latest).toISOString();
}
