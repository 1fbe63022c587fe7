import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "../../model/digest.ts";
import { LedgerBroken } from "../../model/ledger.ts";
import { emptyState, fold, type LedgerState } from "../../model/ledger-state.ts";
import { replaceFile } from "../replace-file.ts";
import { beginning, type Position } from "./chain.ts";
import { batches, type Snapshot, stands, type StoredLedger } from "./stored.ts";

const format = "partnerctl ledger state 1";

/** A new checkpoint is worth its writing once so many entries lie behind the last one. */
const worthwhile = 500;

interface Checkpoint {
  readonly position: Position;
  readonly state: LedgerState;
}

/** What a ledger adds up to now. A checkpoint in the cache folder spares reading what was read before: it is believed only while the ledger still holds its last entry at its place. Throws LedgerBroken. */
export async function openLedgerState(ledger: StoredLedger, cacheFolder?: string): Promise<LedgerState> {
  const file = cacheFolder && join(cacheFolder, `ledger-${sha256(ledger.where).slice(0, 16)}.json`);
  const snapshot = await ledger.snapshot();
  const found = file ? load(file) : undefined;
  const known = found && (await stands(snapshot, found.position)) ? found : undefined;
  const { position, state } = await catchUp(snapshot, known ?? { position: beginning, state: emptyState() });
  if (file && position.seq - (known?.position.seq ?? 0) >= worthwhile) save(file, { position, state });
  return state;
}

async function catchUp(snapshot: Snapshot, { position, state }: Checkpoint): Promise<Checkpoint> {
  let end = position;
  for await (const batch of batches(snapshot, position)) {
    for (const entry of batch.entries) fold(state, entry);
    end = batch.end;
  }
  if (state.seq > 0 && state.id === "") throw new LedgerBroken("the first line does not found a ledger", 1);
  return { position: end, state };
}

function load(file: string): Checkpoint | undefined {
  try {
    const text = readFileSync(file, "utf8");
    const end = text.indexOf("\n");
    const body = text.slice(end + 1);
    return text.slice(0, end) === header(body) ? JSON.parse(body) : undefined;
  } catch {
    return undefined;
  }
}

/** A cache that cannot be written is only slower. */
function save(file: string, checkpoint: Checkpoint): void {
  const body = JSON.stringify(checkpoint);
  try {
    replaceFile(file, `${header(body)}\n${body}`, { mode: 0o600, volatile: true });
  } catch {
    return;
  }
}

function header(body: string): string {
  return `${format} ${sha256(body)}`;
}
