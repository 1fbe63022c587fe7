import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { type EmulatedAccount, collections, emptyAccount } from "./account/state.ts";
import { commit, type Write } from "./account/transaction.ts";
import { Unusable } from "./unusable.ts";

/**
 * Saves writes to disk before they are answered. `append` returns when the writes are on disk: an
 * answered write survives a crash of the machine.
 */
export interface WriteLog {
  append(writes: readonly Write[]): void;
  /** Replaces the whole journal by this account. */
  rewrite(account: EmulatedAccount): void;
  close(): void;
}

/** A journal that saves nothing. */
export const noJournal: WriteLog = { append: () => {}, rewrite: () => {}, close: () => {} };

/**
 * Opens the journal in `file`: one JSON array of writes per line. An incomplete last line is
 * dropped; `account` is undefined if no line is left. A long journal is compacted. Throws Unusable
 * if a line is not valid.
 */
export function openJournal(file: string): {
  readonly journal: WriteLog;
  readonly account: EmulatedAccount | undefined;
} {
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  const account = whole === "" ? undefined : replay(file, whole);
  let handle = openSync(file, "a", 0o600);
  ftruncateSync(handle, Buffer.byteLength(whole));
  const journal: WriteLog = {
    append: (writes) => {
      if (writes.length === 0) return;
      writeFileSync(handle, `${JSON.stringify(writes)}\n`);
      fdatasyncSync(handle);
    },
    rewrite: (account) => {
      const beside = `${file}.new`;
      const fresh = openSync(beside, "w", 0o600);
      for (const write of snapshot(account)) writeFileSync(fresh, `${JSON.stringify([write])}\n`);
      fsyncSync(fresh);
      closeSync(handle);
      renameSync(beside, file);
      syncFolder(dirname(file));
      handle = fresh;
    },
    close: () => closeSync(handle),
  };
  if (account !== undefined && lines(whole) > 2 * size(account) + 1000) journal.rewrite(account);
  return { journal, account };
}

/** The writes that turn an empty account into this one. */
export function* snapshot(account: EmulatedAccount): Iterable<Write> {
  for (const collection of collections)
    for (const [id, value] of account[collection]) yield { in: collection, id, value };
}

/**
 * Makes a rename durable by syncing its folder. Ignores errors: not every file system supports it.
 */
function syncFolder(folder: string): void {
  try {
    const opened = openSync(folder, "r");
    fsyncSync(opened);
    closeSync(opened);
  } catch {
    // The file's data is on disk already.
  }
}

function replay(file: string, text: string): EmulatedAccount {
  const account = emptyAccount();
  for (const [index, line] of text.trimEnd().split("\n").entries()) {
    try {
      commit(account, JSON.parse(line));
    } catch (cause) {
      throw new Unusable(`${file}:${index + 1} is not a line of an emulator's data`, { cause });
    }
  }
  return account;
}

function lines(text: string): number {
  return text.split("\n").length - 1;
}

function size(account: EmulatedAccount): number {
  return collections.reduce((sum, collection) => sum + account[collection].size, 0);
}
