import { createHmac } from "node:crypto";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { AccountSnapshot, StoredSnapshot } from "../../model/snapshot/account-snapshot.ts";
import type { Hash } from "../../model/ledger/ledger.ts";
import { replaceFile } from "../files/atomic-write.ts";
import { readOwn } from "../files/read-input.ts";
import { openShard, sealShard } from "./sealed-shard.ts";
import { combine, divide, type Shard } from "./shards.ts";

interface Index {
  readonly account: string;
  readonly head: Hash;
  /** By part: the digest of its content. Its file is named by both. */
  readonly parts: Readonly<Record<string, string>>;
}

/** The name of the index among the files of a snapshot. */
const indexFile = "index.sealed";
const format = "partnerctl snapshot 1";

/** A snapshot as files, without a folder: the index and the parts, by name. */
type SnapshotFiles = ReadonlyMap<string, () => Uint8Array>;

/**
 * The files of a snapshot. A part whose content did not change keeps its name, so it need not be
 * written again.
 */
function snapshotFiles(
  key: Uint8Array,
  snapshot: AccountSnapshot,
  ledger: { readonly id: string; readonly head: Hash },
): SnapshotFiles {
  const { account } = snapshot;
  const parts: Record<string, string> = {};
  const files = new Map<string, () => Uint8Array>();
  for (const [index, content] of divide(snapshot).entries()) {
    if (content.lists.length + content.objects.length + content.manifests.length === 0) continue;
    const digest = createHmac("sha256", key)
      .update(JSON.stringify(content))
      .digest("hex")
      .slice(0, 32);
    parts[index] = digest;
    const header = { format, account, ledger: ledger.id, part: index, digest };
    files.set(partFile(index, digest), () => sealShard(key, { header, content }));
  }
  const index: Index = { account, head: ledger.head, parts };
  const header = { format, ledger: ledger.id };
  files.set(indexFile, () => sealShard(key, { header, content: index }));
  return files;
}

/**
 * Opens a snapshot. Undefined if its index was not sealed under this key for this ledger, or if a
 * part is missing or damaged.
 */
function openSnapshot(
  key: Uint8Array,
  ledgerId: string,
  read: (name: string) => Uint8Array | undefined,
): StoredSnapshot | undefined {
  const sealed = read(indexFile);
  const opened = sealed && openShard(key, sealed);
  if (opened?.header.format !== format || opened.header.ledger !== ledgerId) return undefined;
  const { account, head, parts } = opened.content as Index;
  const shards: Shard[] = [];
  for (const [index, digest] of Object.entries(parts)) {
    const bytes = read(partFile(index, digest));
    const part = bytes && openShard(key, bytes);
    const { header } = part ?? {};
    if (header?.format !== format || header.ledger !== ledgerId) return undefined;
    if (header.account !== account || String(header.part) !== index || header.digest !== digest)
      return undefined;
    shards.push(part?.content as Shard);
  }
  return { snapshot: combine(account, shards), head };
}

/** A folder with a snapshot. It can be deleted at any time. */
export function snapshotFolder(folder: string, key: Uint8Array) {
  return {
    load: async (ledgerId: string): Promise<StoredSnapshot | undefined> =>
      openSnapshot(key, ledgerId, (name) => readOwn(join(folder, name))),
    /** Does nothing if the file system refuses. */
    save: async (
      snapshot: AccountSnapshot,
      ledger: { readonly id: string; readonly head: Hash },
    ): Promise<void> => {
      try {
        writeChanged(folder, snapshotFiles(key, snapshot, ledger));
      } catch (error) {
        if (!(error instanceof Error && "syscall" in error)) throw error;
      }
    },
  };
}

/** Writes new parts, then the index that names them, then removes the parts that it does not. */
function writeChanged(folder: string, files: SnapshotFiles): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const there = new Set(readdirSync(folder));
  for (const [name, content] of files)
    if (name !== indexFile && !there.has(name))
      replaceFile(join(folder, name), [content()], { mode: 0o600, volatile: true });
  const index = files.get(indexFile);
  if (index) replaceFile(join(folder, indexFile), [index()], { mode: 0o600, volatile: true });
  for (const name of there)
    if (name.endsWith(".sealed") && !files.has(name)) rmSync(join(folder, name), { force: true });
}

function partFile(part: number | string, digest: string): string {
  return `${String(part).padStart(3, "0")}-${digest}.sealed`;
}
