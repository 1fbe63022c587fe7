import { randomUUID } from "node:crypto";
import { blobs, contents, git, withoutPasswords } from "./git.ts";

/** Files by their names, without folders. */
export type Files = ReadonlyMap<string, Uint8Array>;

/** A remote repository, as a folder knows it. */
export interface Shelf {
  readonly folder: string;
  readonly remote: string;
}

/** The remote could not be read or written; the message says why. */
export class ShelfUnavailable extends Error {
  override readonly name = "ShelfUnavailable";
}

/** What lies under a key, each key a branch of its own; undefined where nothing does. Throws ShelfUnavailable. */
export async function taken(shelf: Shelf, key: string): Promise<Files | undefined> {
  const tip = await tipOf(shelf, key);
  return tip === undefined ? undefined : filesOf(shelf, tip);
}

/** Puts files under a key. Where the one called `chief` lies there already, byte for byte, the other files there stay beside the new ones; else all are replaced. Throws ShelfUnavailable. */
export async function put(shelf: Shelf, key: string, { chief, files }: { readonly chief: string; readonly files: Files }): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const tip = await tipOf(shelf, key);
    const there = tip === undefined ? new Map<string, Uint8Array>() : await filesOf(shelf, tip);
    const same = Buffer.from(there.get(chief) ?? []).equals(files.get(chief) ?? new Uint8Array());
    const commit = await commitOf(shelf, new Map([...(same ? there : []), ...files]));
    const lease = `--force-with-lease=${refOf(key)}:${tip ?? ""}`;
    const pushed = await git(["push", "--quiet", "--no-verify", lease, "--", shelf.remote, `${commit}:${refOf(key)}`], shelf);
    if (pushed.ok) return;
    if (attempt === most || (await tipOf(shelf, key)) === tip) throw unavailable(shelf, "push", pushed.stderr);
  }
}

/** Others may put something there at the same moment; not for ever. */
const most = 10;

function refOf(key: string): string {
  return `refs/heads/partnerctl-plan/${key}`;
}

async function tipOf(shelf: Shelf, key: string): Promise<string | undefined> {
  const listed = text(await run(shelf, ["ls-remote", "--", shelf.remote, refOf(key)]));
  return listed
    .split("\n")
    .find((row) => row.endsWith(`\t${refOf(key)}`))
    ?.split("\t")[0];
}

async function filesOf(shelf: Shelf, commit: string): Promise<Files> {
  await run(shelf, ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--depth=1", "--", shelf.remote, commit]);
  const listed = blobs(await run(shelf, ["ls-tree", "-z", "-l", commit]));
  const found = await contents(
    listed.map(({ hash }) => hash),
    shelf.folder,
  );
  return new Map(listed.map(({ path }, index) => [path, found[index] ?? new Uint8Array()]));
}

async function commitOf(shelf: Shelf, files: Files): Promise<string> {
  const rows: string[] = [];
  for (const [name, bytes] of files) {
    const hash = text(await run(shelf, ["hash-object", "-w", "--stdin"], bytes)).trim();
    rows.push(`100644 blob ${hash}\t${name}\0`);
  }
  const tree = text(await run(shelf, ["mktree", "-z"], rows.join(""))).trim();
  const who = ["-c", "user.name=partnerctl", "-c", "user.email=partnerctl@localhost", "-c", "commit.gpgSign=false"];
  return text(await run(shelf, [...who, "commit-tree", tree, "-m", `A plan to be reviewed\n\nWrite: ${randomUUID()}`])).trim();
}

async function run(shelf: Shelf, args: readonly string[], input?: string | Uint8Array): Promise<Uint8Array> {
  const { ok, stdout, stderr } = await git(args, { folder: shelf.folder, ...(input !== undefined && { input }) });
  if (!ok) throw unavailable(shelf, args.find((arg) => /^[a-z]+-?[a-z]+$/.test(arg)) ?? "", stderr);
  return stdout;
}

function unavailable({ remote }: Shelf, command: string, why: string): ShelfUnavailable {
  return new ShelfUnavailable(`${withoutPasswords(remote)}: git ${command}: ${why}`);
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("utf8");
}
