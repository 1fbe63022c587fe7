import type { Code } from "../../../model/codes.ts";
import { diagnostic, type Diagnostic } from "../../../model/diagnostic.ts";
import { canonical } from "../../../model/values/digest.ts";
import type { Verification } from "../../../model/ledger/history.ts";
import { type Entry, type Hash, noHash } from "../../../model/ledger/ledger.ts";
import { say, type Wording } from "../../../model/text/phrase.ts";
import { isWhole, findMisplacement, parseLine } from "./chain.ts";
import { distrust, keyInForce, type Trust, trustBehind } from "./signing.ts";
import type { StoredLedger } from "./stored-ledger.ts";

/** Maximum number of problems reported. */
const most = 100;

interface Walk {
  seq: number;
  head: Hash;
  entries: number;
  end: number;
  /** The entries so far of the append being read. */
  append: Entry[];
  /** Lines are missing, and the next append has not started yet. */
  adrift: boolean;
  trust?: Trust;
  readonly hashes: Set<Hash>;
  readonly problems: Diagnostic[];
}

/**
 * Verifies a whole ledger: every entry's content and order, and every append's signature. With a
 * head that was kept elsewhere, also that this entry is present. Reports an invalid ledger as
 * problems; does not throw LedgerBroken.
 */
export async function verify(ledger: StoredLedger, head?: Hash): Promise<Verification> {
  const snapshot = await ledger.look();
  const walk: Walk = {
    seq: 0,
    head: noHash,
    entries: 0,
    end: 0,
    append: [],
    adrift: false,
    hashes: new Set([noHash]),
    problems: [],
  };
  for await (const { lines, end } of snapshot.lines(0)) {
    for (const line of lines) step(walk, line);
    walk.end = end;
  }
  const broken = walk.append.length > 0 || snapshot.end > walk.end;
  if (broken && snapshot.atomic)
    complain(
      walk,
      "ledger/unsigned",
      say`What ends with entry ${walk.seq} has no end, and is not signed.`,
    );
  const doubt = walk.trust && distrust(walk.trust, ledger.publicKey);
  if (doubt !== undefined)
    complain(
      walk,
      "ledger/other-public-key",
      say`The ledger is not the one the settings mean: ${doubt}.`,
    );
  if (snapshot.gone !== undefined) complain(walk, "ledger/rolled-back", snapshot.gone);
  return found(walk, { head, torn: broken && !snapshot.atomic });
}

function found(
  walk: Walk,
  { head, torn }: { readonly head: Hash | undefined; readonly torn: boolean },
): Verification {
  const consistent = walk.problems.length === 0;
  const held = head !== undefined && walk.hashes.has(head);
  if (head !== undefined && !held)
    complain(
      walk,
      "ledger/incomplete",
      say`The ledger does not hold the entry ${head}: entries were cut off, or it is another ledger.`,
    );
  return {
    ledger: walk.trust?.ledger ?? "",
    entries: walk.entries - walk.append.length,
    head: walk.append[0]?.prev ?? walk.head,
    ...(walk.trust && { publicKey: keyInForce(walk.trust) }),
    consistent,
    ...(head !== undefined && { complete: consistent && held }),
    ...(torn && { torn: true }),
    problems: walk.problems,
  };
}

function step(walk: Walk, line: string): void {
  walk.entries += 1;
  const entry = parseLine(line);
  if ("wrong" in entry) {
    const code = entry.edited ? "ledger/edited" : "ledger/not-an-entry";
    complain(walk, code, say`Line ${walk.entries} ${entry.wrong}.`);
    walk.seq += 1;
    walk.head = "";
    walk.adrift = true;
    return;
  }
  if (canonical(entry) !== line)
    complain(walk, "ledger/edited", say`Line ${walk.entries} is not spelled as it was written.`);
  const follows = isNext(walk, entry);
  walk.hashes.add(entry.hash);
  walk.seq = entry.seq;
  walk.head = entry.hash;
  signed(walk, entry, { line, follows });
}

/**
 * Whether an entry follows the one before; reports a problem if not. The hash of an edited line is
 * unknown, so the next entry's link is not checked.
 */
function isNext(walk: Walk, entry: Entry): boolean {
  const { seq, head } = walk;
  const missing = entry.seq - seq - 1;
  if (missing > 0)
    complain(
      walk,
      "ledger/dropped",
      missing === 1
        ? say`Entry ${seq + 1} is missing.`
        : say`Entries ${seq + 1} to ${entry.seq - 1} are missing.`,
    );
  else if (missing < 0)
    complain(walk, "ledger/reordered", say`Entry ${entry.seq} stands after entry ${seq}.`);
  else if (head !== "" && entry.prev !== head)
    complain(
      walk,
      "ledger/replaced",
      say`Entry ${entry.seq} was not written after the entry ${seq} that stands before it.`,
    );
  else return head !== "";
  return false;
}

/** If lines of an append are missing, only the signature on its last line is verified. */
function signed(
  walk: Walk,
  entry: Entry,
  { line, follows }: { readonly line: string; readonly follows: boolean },
): void {
  const { appendLines, appendSignature } = entry;
  walk.adrift = appendLines === undefined && (walk.adrift || !follows);
  if (walk.adrift && appendSignature === undefined) return;
  if (walk.adrift || !follows) walk.append = [];
  walk.adrift = false;
  walk.append.push(entry);
  const wrong = findMisplacement(walk.append);
  if (wrong === undefined && !isWhole(walk.append)) return;
  const trust = wrong === undefined ? trustBehind(walk.trust, walk.append, line) : { wrong };
  if ("wrong" in trust) complain(walk, "ledger/unsigned", say`Entry ${entry.seq} ${trust.wrong}.`);
  else walk.trust = trust;
  walk.append = [];
}

function complain({ problems }: Pick<Walk, "problems">, code: Code, message: Wording): void {
  if (problems.length < most) problems.push(diagnostic({ severity: "error", code, message }));
}
