import type { Adapter } from "../model/adapter.ts";

/** An adapter that counts what is asked of it. */
export interface Counting extends Adapter {
  spent(): { readonly reads: number; readonly writes: number };
}

/** Counts an adapter's readings and writes. */
export function counting(adapter: Adapter): Counting {
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
    spent: () => ({ reads, writes }),
  };
}
