import { randomUUID } from "node:crypto";
import { tooLarge } from "../files/manifest-file.ts";
import { most } from "../files/read-input.ts";
import { type Blob, blobs, contents } from "./blobs.ts";
import { git, withoutPasswords } from "./git.ts";
import { type RemoteBranch, refOf, text, tipOf } from "../remote-branch.ts";
import { WordedError } from "../../model/text/worded-error.ts";
import { labelText, type Wording } from "../../model/text/phrase.ts";
import { textOf } from "../../model/text/recorded.ts";

/** File contents by file name, without folders. */
export type Files = ReadonlyMap<string, Uint8Array>;

/** The remote could not be read or written; the message contains the reason. */
export class BranchUnavailable extends WordedError {
  override readonly name = "BranchUnavailable";
}

/**
 * Reads all files of a branch; undefined if the remote has no such branch. Throws
 * BranchUnavailable, also if a file is larger than `limit` bytes.
 */
export async function readBranch(
  branch: RemoteBranch,
  limit: number = most.document,
): Promise<Files | undefined> {
  const tip = await tipOf(branch, (args) => run(branch, args));
  if (tip === undefined) return undefined;
  const listed = await filesOf(branch, tip);
  const huge = listed.find(({ size }) => size > limit);
  if (huge) throw unavailable(branch, "cat-file", textOf(tooLarge(huge.path, limit), "message"));
  const files = new Map<string, Uint8Array>();
  for await (const [{ path }, bytes] of contents(listed, branch.folder, unreadable(branch)))
    files.set(path, bytes);
  return files;
}

/** Git blob hashes by file name. */
export type FileHashes = ReadonlyMap<string, string>;

/**
 * Adds files to the local repository's object store and returns their hashes, for `replaceBranch`.
 * Throws BranchUnavailable.
 */
export async function storeFiles(branch: RemoteBranch, files: Files): Promise<FileHashes> {
  const hashes = new Map<string, string>();
  for (const [name, bytes] of files)
    hashes.set(name, text(await run(branch, ["hash-object", "-w", "--stdin"], bytes)).trim());
  return hashes;
}

/**
 * Replaces a branch by a single commit with the files that `change` returns for the current ones.
 * Calls `change` again if another writer was faster. Throws BranchUnavailable.
 */
export async function replaceBranch(
  branch: RemoteBranch,
  message: string,
  change: (there: FileHashes) => FileHashes,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const tip = await tipOf(branch, (args) => run(branch, args));
    const there =
      tip === undefined ? new Map<string, string>() : hashesOf(await filesOf(branch, tip));
    const commit = await commitOf(branch, message, change(there));
    const lease = `--force-with-lease=${refOf(branch)}:${tip ?? ""}`;
    const pushed = await git(
      ["push", "--quiet", "--no-verify", lease, "--", branch.remote, `${commit}:${refOf(branch)}`],
      branch,
    );
    if (pushed.ok) return;
    if (attempt === mostAttempts || (await tipOf(branch, (args) => run(branch, args))) === tip)
      throw unavailable(branch, "push", pushed.stderr);
  }
}

function hashesOf(files: readonly Blob[]): FileHashes {
  return new Map(files.map(({ path, hash }) => [path, hash]));
}

/** Maximum attempts while other writers keep changing the branch. */
const mostAttempts = 10;

/**
 * The commit has no parent, so --depth is not needed. It would take a lock that the ledger may
 * hold.
 */
async function filesOf(branch: RemoteBranch, commit: string): Promise<readonly Blob[]> {
  await run(branch, [
    "fetch",
    "--quiet",
    "--no-tags",
    "--no-write-fetch-head",
    "--",
    branch.remote,
    commit,
  ]);
  return blobs(await run(branch, ["ls-tree", "-z", "-l", commit]), unreadable(branch));
}

async function commitOf(branch: RemoteBranch, message: string, files: FileHashes): Promise<string> {
  const rows = [...files].map(([name, hash]) => `100644 blob ${hash}\t${name}\0`);
  const tree = text(await run(branch, ["mktree", "-z"], rows.join(""))).trim();
  const who = [
    "-c",
    "user.name=partnerctl",
    "-c",
    "user.email=partnerctl@localhost",
    "-c",
    "commit.gpgSign=false",
  ];
  return text(
    await run(branch, [...who, "commit-tree", tree, "-m", `${message}\n\nWrite: ${randomUUID()}`]),
  ).trim();
}

async function run(
  branch: RemoteBranch,
  args: readonly string[],
  input?: string | Uint8Array,
): Promise<Uint8Array> {
  const { ok, stdout, stderr } = await git(args, {
    folder: branch.folder,
    ...(input !== undefined && { input }),
  });
  if (!ok)
    throw unavailable(branch, args.find((arg) => /^[a-z]+-?[a-z]+$/.test(arg)) ?? "", stderr);
  return stdout;
}

function unavailable({ remote }: RemoteBranch, command: string, why: Wording): BranchUnavailable {
  return new BranchUnavailable(labelText(`${withoutPasswords(remote)}: git ${command}`, why));
}

function unreadable(branch: RemoteBranch): (why: Wording) => BranchUnavailable {
  return (why) => unavailable(branch, "cat-file", why);
}
