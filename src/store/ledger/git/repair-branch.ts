import { LedgerMoved, LedgerUnavailable } from "../../../model/ledger/ledger.ts";
import { english, say } from "../../../model/text/phrase.ts";
import { git } from "../../git/git.ts";
import { text } from "../../remote-branch.ts";
import type { Position } from "../chain/chain.ts";
import {
  type LedgerBranch,
  commitOf,
  descends,
  fetchTip,
  holds,
  remember,
  run,
  snapshotOf,
} from "./git-branch.ts";
import { newestSigned } from "../chain/newest-signed.ts";
import type { Repair } from "../chain/stored-ledger.ts";

interface Found {
  readonly commit: string;
  readonly end: Position;
}

/**
 * Resets a ledger's branch to the newest signed commit that contains everything this clone has
 * seen. Keeps the replaced commit on another branch. Throws LedgerUnavailable if there is no such
 * commit, LedgerMoved if another writer pushes meanwhile.
 */
export async function repairBranch(branch: LedgerBranch): Promise<Repair> {
  const [there, seen] = [await fetchTip(branch), await commitOf(branch, branch.seen)];
  const best = await newest(branch, there, seen);
  if (!best)
    throw new LedgerUnavailable(
      say`Neither ${branch.shown} nor this clone has a commit of ${branch.name} that is signed.`,
    );
  const { seq, head } = best.end;
  const aside =
    there === undefined || there === best.commit
      ? undefined
      : `${branch.name}-aside-${there.slice(0, 12)}`;
  if (aside !== undefined) await push(branch, `${there}:refs/heads/${aside}`);
  if (there !== best.commit)
    await push(branch, `${best.commit}:refs/heads/${branch.name}`, there ?? "");
  await remember(branch, best.commit);
  return {
    seq,
    head,
    ...(there !== best.commit && { restored: true }),
    ...(aside !== undefined && { aside }),
  };
}

/** The newest pushed commit that is valid, otherwise the commit that this clone has seen. */
async function newest(
  branch: LedgerBranch,
  there: string | undefined,
  seen: string | undefined,
): Promise<Found | undefined> {
  for (const commit of there === undefined ? [] : await candidates(branch, there, seen)) {
    const found = await signed(branch, commit);
    if (found && (seen === undefined || (await holds(branch, commit, seen)))) return found;
  }
  return seen === undefined ? undefined : signed(branch, seen);
}

async function candidates(
  branch: LedgerBranch,
  there: string,
  seen: string | undefined,
): Promise<readonly string[]> {
  if (seen !== undefined && !(await descends(branch, there, seen))) return [there];
  const listed = await run(branch, [
    "rev-list",
    there,
    ...(seen === undefined ? [] : [`^${seen}`]),
  ]);
  return text(listed.stdout).split("\n").filter(Boolean);
}

async function signed(branch: LedgerBranch, commit: string): Promise<Found | undefined> {
  const snapshot = await snapshotOf(branch, commit);
  const end = await newestSigned(snapshot);
  return end.seq > 0 && end.offset === snapshot.end ? { commit, end } : undefined;
}

async function push(branch: LedgerBranch, refs: string, before?: string): Promise<void> {
  const lease =
    before === undefined ? [] : [`--force-with-lease=refs/heads/${branch.name}:${before}`];
  const pushed = await git(
    ["push", "--quiet", "--no-verify", ...lease, "--", branch.remote, refs],
    branch,
  );
  if (pushed.ok) return;
  if (english(pushed.stderr).includes("stale info"))
    throw new LedgerMoved(
      say`Somebody else has written to the ledger branch ${branch.name} of ${branch.shown}.`,
    );
  throw new LedgerUnavailable(
    say`The ledger branch ${branch.name} could not be pushed to ${branch.shown}: ${pushed.stderr}.`,
  );
}
