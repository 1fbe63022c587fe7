import { copyFileSync, truncateSync } from "node:fs";
import { type Diagnostic, diagnostic } from "../../../model/diagnostic.ts";
import { LedgerRefused } from "../../../model/ledger/ledger.ts";
import { say } from "../../../model/text/phrase.ts";
import type { LedgerMemory } from "./memory.ts";
import { newestSigned } from "../chain/newest-signed.ts";
import type { Repair, Sighting } from "../chain/stored-ledger.ts";

/**
 * Truncates a ledger's file after its last valid signed append, and keeps a copy of the original
 * beside it. Throws LedgerRefused if entries that this machine has seen are missing there.
 */
export async function repairFile(
  { gone, ...snapshot }: Sighting,
  {
    path,
    now,
    memory,
  }: { readonly path: string; readonly now: () => Date; readonly memory: LedgerMemory | undefined },
): Promise<Repair> {
  const { seq, head, offset } = await newestSigned(snapshot);
  const seen = memory?.seen();
  if (gone !== undefined || (seen && seen.offset > offset))
    throw new LedgerRefused(beyondRepair(path, memory?.place ?? ""));
  if (offset === snapshot.end) return { seq, head };
  const aside = `${path}.aside-${now()
    .toISOString()
    .replaceAll(/[^0-9]/g, "")}`;
  copyFileSync(path, aside);
  truncateSync(path, offset);
  return { seq, head, restored: true, aside };
}

function beyondRepair(path: string, place: string): Diagnostic {
  return diagnostic({
    severity: "error",
    code: "ledger/beyond-repair",
    message: say`What this machine has seen of the ledger ${path} is gone, and it has no copy of it.`,
    hint: say`Restore the file from a backup; if there is none, delete ${place}, and this machine believes what is there.`,
  });
}
