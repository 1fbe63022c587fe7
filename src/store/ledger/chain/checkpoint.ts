import { join } from "node:path";
import { sha256 } from "../../../model/values/digest.ts";
import { emptyState, foldEntry, type LedgerState } from "../../../model/ledger/ledger-state.ts";
import { ownSum } from "../../cache/machine-key.ts";
import { readOwn } from "../../files/read-input.ts";
import { replaceFile } from "../../files/atomic-write.ts";
import { beginning, type Position } from "./chain.ts";
import { stands } from "./ends.ts";
import { batches, demandTrust, type Sighting, type StoredLedger } from "./stored-ledger.ts";

const format = "partnerctl ledger state 6";

/** A new checkpoint is written once this many entries follow the last one. */
const worthwhile = 500;

interface Checkpoint {
  readonly position: Position;
  readonly state: LedgerState;
}

/**
 * The ledger's current state: read from a local checkpoint if this user wrote it and the ledger
 * still contains it, otherwise replayed from the start. Throws LedgerBroken or LedgerRefused.
 */
export async function openLedgerState(
  ledger: StoredLedger,
  cacheFolder?: string,
): Promise<LedgerState> {
  return (await read(ledger, await ledger.snapshot(), cacheFolder)).state;
}

/**
 * Like `openLedgerState`, for repeated calls: returns the same state, which callers must not
 * change, until the ledger changes.
 */
export function ledgerStates(
  ledger: StoredLedger,
  cacheFolder: string,
): () => Promise<LedgerState> {
  let last: Checkpoint | undefined;
  return async () => {
    const snapshot = await ledger.snapshot();
    const same = last?.position.offset === snapshot.end && (await stands(snapshot, last.position));
    if (!last || !same) last = await read(ledger, snapshot, cacheFolder);
    return last.state;
  };
}

async function read(
  ledger: StoredLedger,
  snapshot: Sighting,
  cacheFolder: string | undefined,
): Promise<Checkpoint> {
  const file = cacheFolder && join(cacheFolder, `ledger-${sha256(ledger.where).slice(0, 16)}.json`);
  const found = file ? load(file) : undefined;
  const known = found && (await stands(snapshot, found.position)) ? found : undefined;
  const now = await catchUp(snapshot, known ?? { position: beginning, state: emptyState() });
  demandTrust(now.position, ledger.publicKey);
  if (now.position.seq > 0) await snapshot.saw(now.position);
  if (file && now.position.seq - (known?.position.seq ?? 0) >= worthwhile) save(file, now);
  return now;
}

async function catchUp(snapshot: Sighting, { position, state }: Checkpoint): Promise<Checkpoint> {
  let end = position;
  for await (const batch of batches(snapshot, position)) {
    for (const entry of batch.entries) foldEntry(state, entry);
    end = batch.end;
  }
  return { position: end, state };
}

function load(file: string): Checkpoint | undefined {
  try {
    const bytes = readOwn(file);
    if (!bytes) return undefined;
    const body = bytes.subarray(bytes.indexOf(10) + 1);
    const end = body.indexOf(10);
    const head = header(body);
    if (
      head === undefined ||
      bytes.toString("latin1", 0, bytes.length - body.length) !== `${head}\n`
    )
      return undefined;
    const { position, state }: Checkpoint = JSON.parse(body.toString("utf8", 0, end));
    const next = body.indexOf(10, end + 1);
    return {
      position,
      state: later(
        later(state, "bindings", body.subarray(end + 1, next)),
        "applied",
        body.subarray(next + 1),
      ),
    };
  } catch {
    return undefined;
  }
}

/** Parses a field on first access. `applied` and `bindings` are the largest parts of a state. */
function later(state: LedgerState, field: "applied" | "bindings", json: Buffer): LedgerState {
  const settle = <T>(value: T): T => {
    Object.defineProperty(state, field, {
      value,
      enumerable: true,
      writable: true,
      configurable: true,
    });
    return value;
  };
  const get = () => settle(JSON.parse(json.toString("utf8")));
  return Object.defineProperty(state, field, {
    get,
    set: settle,
    enumerable: true,
    configurable: true,
  });
}

/** Failure to write is ignored: without the checkpoint, reading is only slower. */
function save(file: string, checkpoint: Checkpoint): void {
  const { position, state } = checkpoint;
  const { applied, bindings } = state;
  const parts = [{ position, state: { ...state, applied: {}, bindings: {} } }, bindings, applied];
  const body = Buffer.from(parts.map((part) => JSON.stringify(part)).join("\n"));
  const head = header(body);
  if (head === undefined) return;
  try {
    replaceFile(file, [Buffer.from(`${head}\n`), body], { mode: 0o600, volatile: true });
  } catch {
    return;
  }
}

function header(body: Uint8Array): string | undefined {
  const sum = ownSum();
  return sum && `${format} ${sum.update(body).digest("hex")}`;
}
