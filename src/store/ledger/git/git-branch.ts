import { LedgerUnavailable } from "../../../model/ledger/ledger.ts";
import { english, say, type Wording } from "../../../model/text/phrase.ts";
import { type Blob, blobs, contents } from "../../git/blobs.ts";
import { type GitResult, git, withoutPasswords } from "../../git/git.ts";
import { type RemoteBranch, refOf, text, tipOf } from "../../remote-branch.ts";
import type { LedgerSigner } from "../chain/signed.ts";
import type { Snapshot } from "../chain/snapshot.ts";
import { linesInBytes } from "../byte-log.ts";

/** The location of a git ledger. */
export interface GitLedgerOptions extends LedgerSigner {
  /** A folder in the repository that has the remote. */
  readonly folder: string;
  /** The remote's name or URL. */
  readonly remote: string;
  readonly branch: string;
}

/** A remote branch, with this repository's references to it. */
export interface LedgerBranch extends RemoteBranch, Pick<GitLedgerOptions, "now"> {
  /** The remote in messages, without passwords. */
  readonly shown: string;
  /** The reference to the last commit that this clone pushed or found to be signed. */
  readonly seen: string;
  /** The reference to the commit that was fetched or will be pushed. */
  readonly work: string;
  /** Commits known to exist in this repository. */
  readonly here: Set<string>;
  /** The commit of `seen`, once it was read. */
  readonly last: { seen?: string | undefined };
}

/** The branch that the options describe. Throws LedgerUnavailable if its name is invalid. */
export function branchOf({ folder, remote, branch: name, now }: GitLedgerOptions): LedgerBranch {
  if (!/^\w[\w./-]*$/.test(name))
    throw new LedgerUnavailable(say`${name} cannot be the name of a ledger's branch.`);
  const shown = withoutPasswords(remote);
  const refs = { seen: `refs/partnerctl/${name}`, work: `refs/partnerctl-work/${name}` };
  return { folder, remote, now, name, shown, ...refs, here: new Set(), last: {} };
}

/**
 * Fetches the branch and returns its commit on the remote; undefined if it does not exist. Throws
 * LedgerUnavailable.
 */
export async function fetchTip(branch: LedgerBranch): Promise<string | undefined> {
  const commit = await tipOf(branch, async (args) => (await run(branch, args)).stdout);
  if (!commit) return undefined;
  if (!branch.here.has(commit)) await fetch(branch, commit);
  branch.here.add(commit);
  return commit;
}

async function fetch(branch: LedgerBranch, commit: string): Promise<void> {
  for (const ref of [branch.seen, branch.work])
    if ((await commitOf(branch, ref)) === commit) return;
  const refs = `+${refOf(branch)}:${branch.work}`;
  await run(branch, [
    "fetch",
    "--quiet",
    "--no-tags",
    "--no-write-fetch-head",
    "--",
    branch.remote,
    refs,
  ]);
}

/**
 * The ledger at a commit: its files, concatenated in the order of their names. Empty without a
 * commit.
 */
export async function snapshotOf(
  branch: LedgerBranch,
  commit: string | undefined,
): Promise<Snapshot> {
  if (!commit) return linesInBytes({ size: 0, read: async function* () {}, atomic: true });
  const { stdout } = await run(branch, [
    "ls-tree",
    "-r",
    "-z",
    "-l",
    "--full-tree",
    commit,
    "ledger/",
  ]);
  const listing = blobs(stdout, unreadable(branch));
  let size = 0;
  const files = listing.map((blob) => {
    size += blob.size;
    return { ...blob, offset: size - blob.size };
  });
  return linesInBytes({
    size,
    read: (from, to) => readFiles(branch, files, { from, to }),
    atomic: true,
  });
}

async function* readFiles(
  branch: LedgerBranch,
  files: readonly (Blob & { readonly offset: number })[],
  { from, to }: { readonly from: number; readonly to: number },
) {
  const wanted = files.filter(({ offset, size }) => offset < to && offset + size > from);
  for await (const [{ offset }, bytes] of contents(wanted, branch.folder, unreadable(branch)))
    yield bytes.subarray(Math.max(0, from - offset), to - offset);
}

/** Records a commit as seen: from now on, the branch must contain its files. */
export async function remember(branch: LedgerBranch, commit: string): Promise<void> {
  await run(branch, ["update-ref", branch.seen, commit]);
  branch.last.seen = commit;
}

/** Whether a commit is a descendant of `from`, or the same. */
export async function descends(
  branch: LedgerBranch,
  commit: string,
  from: string,
): Promise<boolean> {
  return (await git(["merge-base", "--is-ancestor", from, commit], branch)).ok;
}

/**
 * Whether all ledger files at commit `seen` are unchanged at another commit, regardless of history.
 */
export async function holds(branch: LedgerBranch, commit: string, seen: string): Promise<boolean> {
  const lost = [
    "diff-tree",
    "-r",
    "--no-renames",
    "--name-only",
    "--diff-filter=a",
    seen,
    commit,
    "--",
    "ledger/",
  ];
  return (await run(branch, lost)).stdout.length === 0;
}

/** The commit of a reference; undefined if there is none. */
export async function commitOf(branch: LedgerBranch, ref: string): Promise<string | undefined> {
  const found = await git(["rev-parse", "--quiet", "--verify", ref], branch);
  return text(found.stdout).trim() || undefined;
}

/** Runs git in the branch's repository. Throws LedgerUnavailable if it fails. */
export async function run(
  branch: LedgerBranch,
  args: readonly string[],
  input?: string,
): Promise<GitResult> {
  const result = await git(args, { folder: branch.folder, ...(input !== undefined && { input }) });
  if (!result.ok) throw new LedgerUnavailable(whyUnusable(branch, args, result.stderr));
  return result;
}

function unreadable(branch: LedgerBranch): (why: Wording) => LedgerUnavailable {
  return (why) => new LedgerUnavailable(whyUnusable(branch, ["cat-file"], why));
}

/** Git reports a remote that is not configured as a missing repository. */
function whyUnusable(
  { name, remote, shown }: LedgerBranch,
  args: readonly string[],
  said: Wording,
): Wording {
  if (
    /^[\w-]+$/.test(remote) &&
    english(said).includes(`'${remote}' does not appear to be a git repository`)
  )
    return say`The ledger branch ${name} cannot be used: git knows no remote ${shown} here. In the project's repository, git remote add ${shown} URL adds it; ledger.remote in the settings names another.`;
  return say`The ledger branch ${name} of ${shown} cannot be used: git ${args[0] ?? ""}: ${said}.`;
}
