import type { Address } from "../model/address.ts";
import type { Entry } from "../model/ledger/ledger.ts";

/** What may have handed out a credential: a creation, as its intent stands in the ledger. */
export interface CredentialSource {
  readonly address: Address;
  readonly requestId: string;
  /** When the intent was recorded: RFC 3339, UTC. */
  readonly since: string;
}

/**
 * The creations that a ledger tells of, oldest first. Which of them left a credential behind, the
 * sink alone knows: its files are named for an address and a request.
 */
export async function credentialSources(entries: AsyncIterable<Entry>): Promise<readonly CredentialSource[]> {
  const found = new Map<string, CredentialSource>();
  for await (const entry of entries) {
    if (entry.type !== "intent" || entry.action !== "create") continue;
    const { address, requestId, at: since } = entry;
    found.set(requestId, { address, requestId, since });
  }
  return [...found.values()];
}
