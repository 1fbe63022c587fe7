import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { LedgerRefused } from "../../model/ledger/ledger.ts";
import type { Plan } from "../../model/plan/plan.ts";
import { say } from "../../model/text/phrase.ts";
import { encryptAge, UnknownRecipient } from "./age-file.ts";
import { diagnostic } from "../../model/diagnostic.ts";

/**
 * Maximum characters per part, to keep ledger lines short. A multiple of four: each part is valid
 * base64.
 */
const longestPart = 30_000;

/**
 * Encrypts a plan for age recipients. Returns the base64 of an age file of gzipped JSON, split into
 * parts. Throws LedgerRefused if a recipient is not an age public key.
 */
export async function sealPlan(
  plan: Plan,
  recipients: readonly string[],
): Promise<readonly string[]> {
  const sealed = await encryptFor(await promisify(gzip)(JSON.stringify(plan)), recipients);
  const text = Buffer.from(sealed).toString("base64");
  return Array.from({ length: Math.ceil(text.length / longestPart) }, (_, index) =>
    text.slice(index * longestPart, (index + 1) * longestPart),
  );
}

async function encryptFor(bytes: Uint8Array, recipients: readonly string[]): Promise<Uint8Array> {
  try {
    return await encryptAge(bytes, recipients);
  } catch (error) {
    if (!(error instanceof UnknownRecipient)) throw error;
    throw new LedgerRefused(
      diagnostic({
        severity: "error",
        code: "ledger/recipient",
        message: say`${error.recipient}, under ledger.recipients, is not an age recipient.`,
        hint: say`One looks like age1…; age-keygen makes them.`,
      }),
    );
  }
}
