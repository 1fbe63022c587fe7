import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { SinkUnavailable } from "../../model/credential.ts";
import { say, sentences, type Wording } from "../../model/text/phrase.ts";
import {
  BranchUnavailable,
  type Files,
  readBranch,
  replaceBranch,
  storeFiles,
} from "../git/branch-files.ts";
import { most, readInput } from "../files/read-input.ts";
import type { RemoteBranch } from "../remote-branch.ts";
import { replaceFile } from "../files/atomic-write.ts";
import { textOf } from "../../model/text/recorded.ts";
import { wordingOf } from "../../model/text/worded-error.ts";

/** Stores encrypted credentials as files. Each call may throw SinkUnavailable. */
export interface CredentialStore {
  /** Writes a file durably. Replaces an existing file of the same name. */
  keep(name: string, bytes: Uint8Array): Promise<void>;
  read(): Promise<Files>;
  remove(name: string): Promise<void>;
}

/** Stores credentials in a local folder; only the owner can read the files. */
export function folderStore(folder: string): CredentialStore {
  return {
    keep: async (name, bytes) =>
      explained(
        (why) => say`A credential cannot be kept in ${folder}: ${why}.`,
        () => replaceFile(join(folder, name), [bytes], { mode: 0o600 }),
      ),
    read: async () =>
      explained(
        (why) => say`The credentials in ${folder} cannot be read: ${why}.`,
        () => new Map(namesIn(folder).flatMap((name) => fileIn(folder, name))),
      ),
    remove: async (name) =>
      explained(
        (why) => say`A credential cannot be removed from ${folder}: ${why}.`,
        () => rmSync(join(folder, name), { force: true }),
      ),
  };
}

/** Turns system errors into SinkUnavailable. */
function explained<T>(tell: (why: string) => Wording, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error)) throw error;
    throw new SinkUnavailable(tell(error.message), { cause: error });
  }
}

function namesIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).filter(isCredential).sort() : [];
}

function fileIn(folder: string, name: string): readonly (readonly [string, Uint8Array])[] {
  const read = readInput(join(folder, name), { limit: most.small });
  if (!read.ok)
    throw new SinkUnavailable(
      sentences(read.diagnostics.map((one) => textOf(one, "message"))) ?? "",
    );
  return [[name, read.value]];
}

/**
 * Stores credentials on a branch of the ledger's repository, for runners without persistent
 * storage.
 */
export function branchStore(branch: RemoteBranch): CredentialStore {
  const adding = grouped((files) => add(branch, files));
  return {
    keep: (name, bytes) => available(branch, () => adding(name, bytes)),
    read: () => available(branch, async () => named((await readBranch(branch)) ?? new Map())),
    remove: (name) =>
      available(branch, () => replaceBranch(branch, message, (there) => without(there, name))),
  };
}

const message = "Credentials";

async function add(branch: RemoteBranch, files: Files): Promise<void> {
  const stored = await storeFiles(branch, files);
  await replaceBranch(branch, message, (there) => new Map([...there, ...stored]));
}

/** Combines files that arrive during a write into the next write. */
function grouped(
  write: (files: Files) => Promise<void>,
): (name: string, bytes: Uint8Array) => Promise<void> {
  let waiting: { files: Map<string, Uint8Array>; done: Promise<void> } | undefined;
  let last: Promise<void> = Promise.resolve();
  return (name, bytes) => {
    if (!waiting) {
      const group = { files: new Map<string, Uint8Array>(), done: last };
      waiting = group;
      const start = async (): Promise<void> => {
        waiting = undefined;
        await write(group.files);
      };
      group.done = last.then(start);
      last = group.done.catch(() => undefined);
    }
    waiting.files.set(name, bytes);
    return waiting.done;
  };
}

async function available<T>({ name }: RemoteBranch, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof BranchUnavailable)) throw error;
    const why = wordingOf(error);
    throw new SinkUnavailable(say`A credential cannot be kept on the branch ${name}: ${why}.`, {
      cause: error,
    });
  }
}

function named(files: Files): Files {
  return new Map([...files].filter(([name]) => isCredential(name)));
}

function without(files: ReadonlyMap<string, string>, name: string): ReadonlyMap<string, string> {
  return new Map([...files].filter(([one]) => one !== name));
}

function isCredential(name: string): boolean {
  return name.endsWith(".age");
}
