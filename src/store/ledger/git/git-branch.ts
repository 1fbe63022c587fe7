import { LedgerUnavailable } from "../../../model/ledger/ledger.ts";
import { say } from "../../../model/text/say.ts";
import { type Blob, blobs, contents } from "../../git/blobs.ts";
import { type GitResult, git, withoutPasswords } from "../../git/git.ts";
import { type RemoteBranch, refOf, text, tipOf } from "../../remote-branch.ts";
import type { LedgerSigner } from "../chain/signed.ts";
import type { Snapshot } from "../chain/snapshot.ts";
import { linesInBytes } from "../byte-log.ts";

/** Where a git ledger lives. */
export interface GitLedgerOptions extends LedgerSigner {
  /** A folder of the repository whose remote is meant. */
  readonly folder: string;
  /** A remote's name or address. */
  readonly remote: string;
  readonly branch: string;
}

/** A branch of a remote, as this repository knows it. */
export interface LedgerBranch extends RemoteBranch, Pick<GitLedgerOptions, "now"> {
  /** What people are shown of its remote. */
  readonly shown: string;
  /** The reference to where it stood when its entries were last found signed: what this clone has seen. */
  readonly seen: string;
  /** The reference to what was fetched, or is to be pushed. */
  readonly work: string;
  /** Commits that are known to be in this repository. */
  readonly here: Set<string>;
  /** What `seen` stands at, once it was asked for. */
  readonly last: { seen?: string | undefined };
}

/** The branch that options mean. Throws LedgerUnavailable where it cannot be one. */
export function branchOf({ folder, remote, branch: name, now }: GitLedgerOptions): LedgerBranch {
  if (!/^\w[\w./-]*$/.test(name)) throw new LedgerUnavailable(say`${name} cannot be the name of a ledger's branch`);
  const shown = withoutPasswords(remote);
  const refs = { seen: `refs/partnerctl/${name}`, work: `refs/partnerctl-work/${name}` };
  return { folder, remote, now, name, shown, ...refs, here: new Set(), last: {} };
}

/** The commit the branch is at on the remote now, fetched; undefined where there is no branch. */
export async function fetchTip(branch: LedgerBranch): Promise<string | undefined> {
  const commit = await tipOf(branch, async (args) => (await run(branch, args)).stdout);
  if (!commit) return undefined;
  if (!branch.here.has(commit)) await fetch(branch, commit);
  branch.here.add(commit);
  return commit;
}

async function fetch(branch: LedgerBranch, commit: string): Promise<void> {
  for (const ref of [branch.seen, branch.work]) if ((await commitOf(branch, ref)) === commit) return;
  const refs = `+${refOf(branch)}:${branch.work}`;
  await run(branch, ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--", branch.remote, refs]);
}

/** The ledger's bytes at a commit: its files, in the order of their names. */
export async function snapshotOf(branch: LedgerBranch, commit: string | undefined): Promise<Snapshot> {
  if (!commit) return linesInBytes({ size: 0, read: async function* () {}, atomic: true });
  const listing = blobs((await run(branch, ["ls-tree", "-r", "-z", "-l", "--full-tree", commit, "ledger/"])).stdout);
  let size = 0;
  const files = listing.map((blob) => {
    size += blob.size;
    return { ...blob, offset: size - blob.size };
  });
  return linesInBytes({ size, read: (from, to) => readFiles(branch, files, { from, to }), atomic: true });
}

async function* readFiles(
  branch: LedgerBranch,
  files: readonly (Blob & { readonly offset: number })[],
  { from, to }: { readonly from: number; readonly to: number },
) {
  const wanted = files.filter(({ offset, size }) => offset < to && offset + size > from);
  for await (const [{ offset }, bytes] of contents(wanted, branch.folder)) yield bytes.subarray(Math.max(0, from - offset), to - offset);
}

/** From now on what the branch has at a commit is demanded to be there. */
export async function remember(branch: LedgerBranch, commit: string): Promise<void> {
  await run(branch, ["update-ref", branch.seen, commit]);
  branch.last.seen = commit;
}

/** Whether a commit came after another. */
export async function descends(branch: LedgerBranch, commit: string, from: string): Promise<boolean> {
  return (await git(["merge-base", "--is-ancestor", from, commit], branch)).ok;
}

/** Whether all files of the ledger at one commit are unchanged at another, however it came to be. */
export async function holds(branch: LedgerBranch, commit: string, seen: string): Promise<boolean> {
  const lost = ["diff-tree", "-r", "--no-renames", "--name-only", "--diff-filter=a", seen, commit, "--", "ledger/"];
  return (await run(branch, lost)).stdout.length === 0;
}

/** The commit a reference stands at; undefined where there is none. */
export async function commitOf(branch: LedgerBranch, ref: string): Promise<string | undefined> {
  const found = await git(["rev-parse", "--quiet", "--verify", ref], branch);
  return text(found.stdout).trim() || undefined;
}

/** Runs git on the branch's repository. Throws LedgerUnavailable where it fails. */
export async function run(branch: LedgerBranch, args: readonly string[], input?: string): Promise<GitResult> {
  const result = await git(args, { folder: branch.folder, ...(input !== undefined && { input }) });
  if (!result.ok) throw new LedgerUnavailable(whyUnusable(branch, args, result.stderr));
  return result;
}

/** A new project's repository has no remote yet, or there is no repository; git calls both the same. */
function whyUnusable({ name, remote, shown }: LedgerBranch, args: readonly string[], said: string): string {
  if (/^[\w-]+$/.test(remote) && said.includes(`'${remote}' does not appear to be a git repository`))
    return say`the ledger branch ${name} cannot be used: git knows no remote ${shown} here. In the project's repository, git remote add ${shown} URL adds it; ledger.remote in the settings names another`;
  return say`the ledger branch ${name} of ${shown} cannot be used: git ${args[0]}: ${said}`;
}
