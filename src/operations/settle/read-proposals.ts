import { AdapterError, type ProposalState, type Reader } from "../../model/adapter.ts";
import type { LedgerState, OpenIntent } from "../../model/ledger/ledger-state.ts";

/** What became of proposals, by the proposal's id. */
export type Proposals = ReadonlyMap<string, ProposalState>;

/**
 * Reads what became of the proposals of open writes whose sender can send nothing more. One that
 * cannot be read is `unknown`.
 */
export async function readProposals(
  reader: Pick<Reader, "proposal">,
  { open }: Pick<LedgerState, "open">,
  signal: AbortSignal,
): Promise<Proposals> {
  const found = new Map<string, ProposalState>();
  for (const intent of Object.values(open)) {
    const { proposal, over } = intent;
    if (proposal !== undefined && over) found.set(proposal, await stateOf(reader, intent, signal));
  }
  return found;
}

async function stateOf(
  reader: Pick<Reader, "proposal">,
  { kind, proposal: id = "", parentId }: OpenIntent,
  signal: AbortSignal,
): Promise<ProposalState> {
  try {
    const asked = { kind, id, ...(parentId !== undefined && { parentId }) };
    return (await reader.proposal?.(asked, signal)) ?? "unknown";
  } catch (error) {
    if (error instanceof AdapterError) return "unknown";
    throw error;
  }
}
