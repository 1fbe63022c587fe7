import type { Diagnostic } from "../../model/diagnostic.ts";
import { canonical } from "../../model/digest.ts";
import type { Verification } from "../../model/history.ts";
import { type Entry, type Hash, noHash } from "../../model/ledger.ts";
import { say } from "../../model/say.ts";
import { parseLine, wholeLines } from "./chain.ts";
import type { StoredLedger } from "./stored.ts";

/** No more problems than this are listed. */
const most = 100;

interface Walk {
  seq: number;
  head: Hash;
  id: string;
  entries: number;
  end: number;
  readonly hashes: Set<Hash>;
  readonly problems: Diagnostic[];
}

/** Reads a whole ledger and says of every entry whether it is what was written, and follows the one before. With a head kept elsewhere it also says whether anything is missing at the end. */
export async function verify(ledger: StoredLedger, head?: Hash): Promise<Verification> {
  const snapshot = await ledger.snapshot();
  const walk: Walk = { seq: 0, head: noHash, id: "", entries: 0, end: 0, hashes: new Set([noHash]), problems: [] };
  for await (const { lines, end } of wholeLines(snapshot.read(0, snapshot.size), 0)) {
    for (const line of lines) step(walk, line);
    walk.end = end;
  }
  const consistent = walk.problems.length === 0;
  const found = head !== undefined && walk.hashes.has(head);
  if (head !== undefined && !found)
    complain(walk, "ledger/incomplete", say`the ledger does not hold the entry ${head}: entries were cut off, or it is another ledger`);
  return {
    ledger: walk.id,
    entries: walk.entries,
    head: walk.head,
    consistent,
    ...(head !== undefined && { complete: consistent && found }),
    ...(snapshot.size > walk.end && { torn: true }),
    problems: walk.problems,
  };
}

function step(walk: Walk, line: string): void {
  walk.entries += 1;
  const entry = parseLine(line);
  if ("wrong" in entry) {
    complain(
      walk,
      entry.wrong.startsWith("was edited") ? "ledger/edited" : "ledger/not-an-entry",
      say`line ${walk.entries} ${entry.wrong}`,
    );
    walk.seq += 1;
    walk.head = "";
    return;
  }
  if (canonical(entry) !== line) complain(walk, "ledger/edited", say`line ${walk.entries} is not spelled as it was written`);
  follows(walk, entry);
  if (entry.type === "founded") walk.id ||= entry.id;
  walk.hashes.add(entry.hash);
  walk.seq = entry.seq;
  walk.head = entry.hash;
}

/** After a line that was edited, what its hash was is unknown: the next one is taken at its word. */
function follows({ seq, head, ...walk }: Walk, entry: Entry): void {
  const missing = entry.seq - seq - 1;
  if (missing > 0)
    complain(
      walk,
      "ledger/dropped",
      missing === 1 ? say`entry ${seq + 1} is missing` : say`entries ${seq + 1} to ${entry.seq - 1} are missing`,
    );
  else if (missing < 0) complain(walk, "ledger/reordered", say`entry ${entry.seq} stands after entry ${seq}`);
  else if (head !== "" && entry.prev !== head)
    complain(walk, "ledger/replaced", say`entry ${entry.seq} was not written after the entry ${seq} that stands before it`);
}

function complain({ problems }: Pick<Walk, "problems">, code: string, message: string): void {
  if (problems.length < most) problems.push({ severity: "error", code, message });
}
