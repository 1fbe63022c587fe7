import type { Transport } from "./transport.ts";

/** The number of requests sent. GET and HEAD count as reads. */
export interface Tally {
  reads: number;
  writes: number;
}

/** Counts every request sent, including retries. */
export function withRequestCount(transport: Transport, tally: Tally): Transport {
  return (request) => {
    const reads = request.method === "GET" || request.method === "HEAD";
    tally[reads ? "reads" : "writes"] += 1;
    return transport(request);
  };
}
