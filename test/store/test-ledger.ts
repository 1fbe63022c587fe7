import { randomUUID } from "node:crypto";
import type { Founding } from "../../src/model/ledger/ledger.ts";
import { signingKey } from "../../src/model/ledger/ledger-keys.ts";

/** The key of the ledgers in tests. */
export const key = Buffer.from("a key of ledgers in tests");

/** What signs them. */
export const signer = signingKey(key);

/** What a test's ledger is founded with: each has an id of its own. */
export function foundingOf(account = "a"): Founding {
  return { id: randomUUID(), account: { id: account, adapter: "local" }, project: "." };
}

/** The key, and what a ledger is founded with: enough to write to one that a test opens. */
export const testLedger = {
  key,
  get founding() {
    return foundingOf();
  },
};
