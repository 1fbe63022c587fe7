import type { Address } from "../model/address.ts";
import type { Entry } from "../model/ledger/ledger.ts";

/** A create that may have handed out a credential, from its intent in the ledger. */
export interface CredentialSource {
  readonly address: Address;
  readonly requestId: string;
  /** When the intent was recorded: RFC 3339, UTC. */
  readonly since: string;
}

/**
 * All creates that a ledger records, oldest first. Only the sink knows which of them left a
 * credential: its files are named by address and request id.
 */
export async function credentialSources(
  entries: AsyncIterable<Entry>,
): Promise<readonly CredentialSource[]> {
  const found = new Map<string, CredentialSource>();
  for await (const entry of entries) {
    if (entry.type !== "intent" || entry.action !== "create") continue;
    const { address, requestId, at: since } = entry;
    found.set(requestId, { address, requestId, since });
  }
  return [...found.values()];
}
