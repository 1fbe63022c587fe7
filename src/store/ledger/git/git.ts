import { randomUUID } from "node:crypto";
import {
  LedgerBroken,
  LedgerMoved,
  type LedgerTraits,
  LedgerUnavailable,
} from "../../../model/ledger/ledger.ts";
import { say } from "../../../model/text/phrase.ts";
import { git } from "../../git/git.ts";
import { text } from "../../remote-branch.ts";
import { auditorsReadme } from "./auditors-readme.ts";
import { type Appended, beginning, type Position } from "../chain/chain.ts";
import { lastAppend } from "../chain/ends.ts";
import {
  type LedgerBranch,
  branchOf,
  commitOf,
  descends,
  fetchTip,
  type GitLedgerOptions,
  holds,
  remember,
  run,
  snapshotOf,
} from "./git-branch.ts";
import { repairBranch } from "./repair-branch.ts";
import { signedLedger } from "../chain/signed.ts";
import type { Sighting, Storage, StoredLedger } from "../chain/stored-ledger.ts";
import { joinLines, measureBytes } from "../byte-log.ts";

/** The capabilities of a git ledger. */
export const gitTraits: LedgerTraits = { lasts: true, ownKey: false, publishesPlans: true };

/** The branch as it was last seen on the remote. Without a commit, it does not exist yet. */
interface Tip {
  readonly commit?: string;
  readonly end: Position;
}

/**
 * A ledger on an orphan branch of a remote repository. Each append is a commit that adds one file,
 * and is pushed only if the branch has not moved. Entries are never rewritten, and no work tree is
 * touched.
 */
export function gitLedger(options: GitLedgerOptions): StoredLedger {
  return signedLedger(gitStorage(options), options);
}

function gitStorage(options: GitLedgerOptions): Storage {
  const branch = branchOf(options);
  const { name, shown } = branch;
  let tip: Tip | undefined;
  return {
    traits: gitTraits,
    where: `${shown} ${name}`,
    measure: measureBytes,
    look: async () => {
      // Read before the remote: if another writer in this clone pushes meanwhile, `seen` must not
      // be newer than the fetched commit.
      const seen = await seenOf(branch);
      return sightingOf(branch, { commit: await fetchTip(branch), seen });
    },
    repair: () => repairBranch(branch),
    extend: async (after, lines) => {
      if (tip?.end.head !== after) tip = await tipOf(branch);
      if (tip.end.head !== after)
        throw new LedgerMoved(
          say`The ledger branch ${name} has moved on: its head is ${tip.end.head}, not ${after}.`,
        );
      const from = tip;
      // The branch's tip is unknown until the push has succeeded.
      tip = undefined;
      const made = await lines(from.end, () => snapshotOf(branch, from.commit));
      tip = await push(branch, made, from);
      return tip.end.head;
    },
  };
}

async function tipOf(branch: LedgerBranch): Promise<Tip> {
  const commit = await fetchTip(branch);
  const seen = await snapshotOf(branch, commit);
  const end = (await lastAppend(seen))?.position ?? beginning;
  if (end.offset !== seen.end)
    throw new LedgerBroken(say`What begins with entry ${end.seq + 1} has no end.`, end.seq + 1);
  return { ...(commit && { commit }), end };
}

async function push(branch: LedgerBranch, { lines, end }: Appended, from: Tip): Promise<Tip> {
  const commit = await write(branch, joinLines(lines), {
    ...from,
    first: from.end.seq + 1,
    last: end.seq,
  });
  branch.here.add(commit);
  await pushOnto(branch, commit, from.commit);
  await remember(branch, commit);
  return { commit, end };
}

async function seenOf(branch: LedgerBranch): Promise<string | undefined> {
  if (!("seen" in branch.last)) branch.last.seen = await commitOf(branch, branch.seen);
  return branch.last.seen;
}

/** The branch's lines at a commit, and whether something that this clone has seen is gone. */
async function sightingOf(
  branch: LedgerBranch,
  { commit, seen }: { readonly commit: string | undefined; readonly seen: string | undefined },
): Promise<Sighting> {
  const snapshot = await snapshotOf(branch, commit);
  const gone =
    seen !== undefined && seen !== commit && !(commit && (await holds(branch, commit, seen)));
  return {
    ...snapshot,
    ...(gone && {
      gone: say`The ledger branch ${branch.name} of ${branch.shown} does not hold what this clone has seen of it (commit ${seen}).`,
    }),
    saw: async ({ offset }) => {
      if (commit && branch.last.seen === seen && commit !== seen && offset === snapshot.end)
        await remember(branch, commit);
    },
  };
}

/** Creates the commit. The UUID in its message distinguishes two writers of the same events. */
async function write(
  branch: LedgerBranch,
  lines: string,
  at: Tip & { readonly first: number; readonly last: number },
): Promise<string> {
  const seconds = Math.floor(branch.now().getTime() / 1000);
  const files = [[fileOf(at.first), lines], ...(at.commit ? [] : [["README.md", auditorsReadme]])];
  const stream = [
    `commit ${branch.work}\nmark :1\ncommitter partnerctl <partnerctl@localhost> ${seconds} +0000\n`,
    data(`Entries ${at.first} to ${at.last}\n\nWrite: ${randomUUID()}\n`),
    at.commit ? `from ${at.commit}\n` : "",
    ...files.map(([path, content = ""]) => `M 100644 inline ${path}\n${data(content)}`),
    "get-mark :1\ndone\n",
  ].join("");
  const made = await run(
    branch,
    ["fast-import", "--quiet", "--done", "--force", "--date-format=raw"],
    stream,
  );
  return text(made.stdout).trim();
}

/** One folder per 1000 entries keeps each tree small. */
function fileOf(seq: number): string {
  return `ledger/${String(Math.floor(seq / 1000)).padStart(6, "0")}/${String(seq).padStart(9, "0")}.jsonl`;
}

function data(content: string): string {
  return `data ${Buffer.byteLength(content)}\n${content}\n`;
}

/**
 * If the push fails or its response is lost, the branch decides: it contains the commit (success),
 * has not moved (LedgerUnavailable) or has moved (LedgerMoved).
 */
async function pushOnto(
  branch: LedgerBranch,
  commit: string,
  before: string | undefined,
): Promise<void> {
  const ref = `refs/heads/${branch.name}`;
  const pushed = await git(
    [
      "push",
      "--quiet",
      "--no-verify",
      `--force-with-lease=${ref}:${before ?? ""}`,
      "--",
      branch.remote,
      `${commit}:${ref}`,
    ],
    branch,
  );
  if (pushed.ok) return;
  const there = await fetchTip(branch);
  if (there === before)
    throw new LedgerUnavailable(
      say`The ledger branch ${branch.name} could not be pushed to ${branch.shown}: ${pushed.stderr}.`,
    );
  if (there === undefined || !(await descends(branch, there, commit)))
    throw new LedgerMoved(
      say`Somebody else has written to the ledger branch ${branch.name} of ${branch.shown}.`,
    );
}
