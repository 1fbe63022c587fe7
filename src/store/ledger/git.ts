import { randomUUID } from "node:crypto";
import { type Event, LedgerBroken, LedgerMoved, LedgerUnavailable, noHash } from "../../model/ledger.ts";
import { say } from "../../model/say.ts";
import { type Blob, blobs, contents, type GitResult, git, withoutPasswords } from "../git.ts";
import { auditorsReadme } from "./auditors-readme.ts";
import { chain, type Position } from "./chain.ts";
import { lastPosition, readerOf, type Snapshot, type StoredLedger } from "./stored.ts";

/** Where a git ledger lives. */
export interface GitLedgerOptions {
  /** A folder of the repository whose remote is meant. */
  readonly folder: string;
  /** A remote's name or address. */
  readonly remote: string;
  readonly branch: string;
  readonly now: () => Date;
}

/** So many are in memory at a time. */
const filesAtOnce = 1_000;

interface Place extends GitLedgerOptions {
  /** What people are shown of it. */
  readonly shown: string;
  /** Where the branch stands on the remote, as this repository knows it. */
  readonly tracking: string;
  /** Commits that are known to be in this repository. */
  readonly here: Set<string>;
}

/** The branch as it was last seen on the remote; without a commit it is not there yet. */
interface Tip {
  readonly commit?: string;
  readonly end: Position;
}

/** A ledger on an orphan branch of a remote repository: every append is a commit that adds one file, pushed on condition that the branch is where it was. Nothing that is written is written again, and no work tree is touched. */
export function gitLedger(options: GitLedgerOptions): StoredLedger {
  if (!/^\w[\w./-]*$/.test(options.branch)) throw new LedgerUnavailable(say`${options.branch} cannot be the name of a ledger's branch`);
  const shown = withoutPasswords(options.remote);
  const place = { ...options, shown, tracking: `refs/partnerctl/${options.branch}`, here: new Set<string>() };
  let tip: Tip | undefined;
  const snapshot = async () => snapshotOf(place, await fetchTip(place));
  const current = async (): Promise<Tip> => {
    const commit = await fetchTip(place);
    const seen = await snapshotOf(place, commit);
    const end = await lastPosition(seen);
    if (end.offset !== seen.size) throw new LedgerBroken(say`the last file does not end with a line break`, end.seq + 1);
    return { ...(commit && { commit }), end };
  };
  return {
    ...readerOf(snapshot),
    where: `${shown} ${place.branch}`,
    snapshot,
    append: async (events, after) => {
      if (tip?.end.head !== after) tip = await current();
      if (tip.end.head !== after)
        throw new LedgerMoved(say`the ledger branch ${place.branch} has moved on: its head is ${tip.end.head}, not ${after}`);
      const from = tip;
      // Until the push is known to have worked, nothing is known of the branch.
      tip = undefined;
      tip = await appendAfter(place, events, from);
      return tip.end.head;
    },
  };
}

async function appendAfter(place: Place, events: readonly Event[], from: Tip): Promise<Tip> {
  const founding: Event[] =
    from.end.head === noHash ? [{ at: place.now().toISOString(), type: "founded", id: randomUUID(), version: 1 }] : [];
  const { text: lines, end } = chain([...founding, ...events], from.end);
  const commit = await write(place, lines, { ...from, first: from.end.seq + 1, last: end.seq });
  place.here.add(commit);
  await push(place, commit, from.commit);
  return { commit, end };
}

/** Makes the commit. The number in its message keeps two writers of the same events apart. */
async function write(place: Place, lines: string, at: Tip & { readonly first: number; readonly last: number }): Promise<string> {
  const seconds = Math.floor(place.now().getTime() / 1000);
  const files = [[fileOf(at.first), lines], ...(at.commit ? [] : [["README.md", auditorsReadme]])];
  const stream = [
    `commit ${place.tracking}\nmark :1\ncommitter partnerctl <partnerctl@localhost> ${seconds} +0000\n`,
    data(`Entries ${at.first} to ${at.last}\n\nWrite: ${randomUUID()}\n`),
    at.commit ? `from ${at.commit}\n` : "",
    ...files.map(([path, content = ""]) => `M 100644 inline ${path}\n${data(content)}`),
    "get-mark :1\ndone\n",
  ].join("");
  const made = await run(place, ["fast-import", "--quiet", "--done", "--force", "--date-format=raw"], stream);
  return text(made.stdout).trim();
}

/** A thousand entries' worth of files to a folder keeps every tree small. */
function fileOf(seq: number): string {
  return `ledger/${String(Math.floor(seq / 1000)).padStart(6, "0")}/${String(seq).padStart(9, "0")}.jsonl`;
}

function data(content: string): string {
  return `data ${Buffer.byteLength(content)}\n${content}\n`;
}

/** A push whose reply was lost is settled by looking: the branch holds the commit, or it is where it was, or it has moved. */
async function push(place: Place, commit: string, before: string | undefined): Promise<void> {
  const ref = `refs/heads/${place.branch}`;
  const pushed = await git(
    ["push", "--quiet", "--no-verify", `--force-with-lease=${ref}:${before ?? ""}`, "--", place.remote, `${commit}:${ref}`],
    place,
  );
  if (pushed.ok) return;
  const there = await fetchTip(place);
  if (there === before)
    throw new LedgerUnavailable(say`the ledger branch ${place.branch} could not be pushed to ${place.shown}: ${pushed.stderr}`);
  if (there === undefined || !(await git(["merge-base", "--is-ancestor", commit, there], place)).ok) {
    throw new LedgerMoved(say`somebody else has written to the ledger branch ${place.branch} of ${place.shown}`);
  }
}

/** The commit the branch is at on the remote now, fetched; undefined where there is no branch. */
async function fetchTip(place: Place): Promise<string | undefined> {
  const ref = `refs/heads/${place.branch}`;
  const listed = await run(place, ["ls-remote", "--", place.remote, ref]);
  // The pattern also matches longer names that end with it.
  const commit = text(listed.stdout)
    .split("\n")
    .find((row) => row.endsWith(`\t${ref}`))
    ?.split("\t")[0];
  if (!commit) return undefined;
  if (!place.here.has(commit)) await fetch(place, commit);
  place.here.add(commit);
  return commit;
}

async function fetch(place: Place, commit: string): Promise<void> {
  const known = await git(["rev-parse", "--quiet", "--verify", place.tracking], place);
  if (text(known.stdout).trim() === commit) return;
  const refs = `+refs/heads/${place.branch}:${place.tracking}`;
  await run(place, ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--", place.remote, refs]);
}

async function snapshotOf(place: Place, commit: string | undefined): Promise<Snapshot> {
  if (!commit) return { size: 0, read: async function* () {} };
  const listing = blobs((await run(place, ["ls-tree", "-r", "-z", "-l", "--full-tree", commit, "ledger/"])).stdout);
  let size = 0;
  const files = listing.map((blob) => {
    size += blob.size;
    return { ...blob, offset: size - blob.size };
  });
  return { size, read: (from, to) => readFiles(place, files, { from, to }) };
}

async function* readFiles(
  place: Place,
  files: readonly (Blob & { readonly offset: number })[],
  { from, to }: { readonly from: number; readonly to: number },
) {
  const wanted = files.filter(({ offset, size }) => offset < to && offset + size > from);
  for (let at = 0; at < wanted.length; at += filesAtOnce) {
    const some = wanted.slice(at, at + filesAtOnce);
    const hashes = some.map(({ hash }) => hash);
    const found = await contents(hashes, place.folder);
    for (const [index, bytes] of found.entries()) {
      const { offset } = some[index] as Blob & { readonly offset: number };
      yield bytes.subarray(Math.max(0, from - offset), to - offset);
    }
  }
}

async function run(place: Place, args: readonly string[], input?: string): Promise<GitResult> {
  const result = await git(args, { folder: place.folder, ...(input !== undefined && { input }) });
  if (!result.ok)
    throw new LedgerUnavailable(say`the ledger branch ${place.branch} of ${place.shown} cannot be used: git ${args[0]}: ${result.stderr}`);
  return result;
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("utf8");
}
