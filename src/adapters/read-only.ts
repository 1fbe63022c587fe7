import type { Adapter, Reader } from "../model/adapter.ts";

/** The backend without `write` and `close`, for planning, exporting and other reads. */
export function readOnly(adapter: Adapter): Reader {
  return {
    name: adapter.name,
    ...(adapter.host !== undefined && { host: adapter.host }),
    ...(adapter.simulated && { simulated: true }),
    supports: adapter.supports,
    account: (signal) => adapter.account(signal),
    read: (query, signal) => adapter.read(query, signal),
    ...(adapter.proposal && {
      proposal: async (...asked: Parameters<NonNullable<Reader["proposal"]>>) =>
        (await adapter.proposal?.(...asked)) ?? "unknown",
    }),
    ...(adapter.probe && {
      probe: (signal: AbortSignal) => adapter.probe?.(signal) ?? Promise.resolve([]),
    }),
    ...(adapter.invoices && { invoices: adapter.invoices }),
    ...(adapter.audit && { audit: adapter.audit }),
    ...(adapter.clock && { clock: adapter.clock }),
    ...(adapter.cost && { cost: adapter.cost }),
    ...(adapter.correlation !== undefined && { correlation: adapter.correlation }),
    ...(adapter.spent && { spent: () => adapter.spent?.() ?? { reads: 0, writes: 0 } }),
  };
}
