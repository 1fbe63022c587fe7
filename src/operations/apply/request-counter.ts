import type { Adapter } from "../../model/adapter.ts";
import type { Requests } from "../../model/plan/apply-step.ts";

/** An adapter that counts its requests. */
export interface Counting extends Adapter {
  spent(): Requests;
}

/**
 * Counts the requests that an adapter sends from now on. If the adapter does not count them itself,
 * each call of `read` or `write` counts as one.
 */
export function countRequests(adapter: Adapter): Counting {
  const before = adapter.spent?.();
  let reads = 0;
  let writes = 0;
  return {
    ...adapter,
    read: (query, signal) => {
      reads += 1;
      return adapter.read(query, signal);
    },
    write: (change, context) => {
      writes += 1;
      return adapter.write(change, context);
    },
    spent() {
      const now = adapter.spent?.();
      return before && now
        ? { reads: now.reads - before.reads, writes: now.writes - before.writes }
        : { reads, writes };
    },
  };
}
