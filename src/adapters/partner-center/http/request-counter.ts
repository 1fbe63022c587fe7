import type { Transport } from "./transport.ts";

/** How many requests went out: GET and HEAD are reads. */
export interface Tally {
  reads: number;
  writes: number;
}

/** Counts every request that is sent, each attempt once. */
export function withRequestCount(transport: Transport, tally: Tally): Transport {
  return (request) => {
    const reads = request.method === "GET" || request.method === "HEAD";
    tally[reads ? "reads" : "writes"] += 1;
    return transport(request);
  };
}
