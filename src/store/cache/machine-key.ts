import { createHmac, type Hmac, randomBytes } from "node:crypto";
import { join } from "node:path";
import { homeFolder } from "../files/home-folder.ts";
import { readOwn } from "../files/read-input.ts";
import { replaceFile } from "../files/atomic-write.ts";

const size = 32;

let known: { readonly key: Uint8Array | undefined } | undefined;

/** A sum that only this user of this machine can make: a cache lies in the project's folder, where a branch may bring one along. Undefined where there is no place for its key, so that nothing can be kept. */
export function ownSum(): Hmac | undefined {
  const home = homeFolder();
  known ??= { key: home === undefined ? undefined : keyIn(join(home, ".cache", "partnerctl", "key")) };
  return known.key && createHmac("sha256", known.key);
}

/** The key in a file, made where there is none; undefined where it can be neither read nor made. @internal */
export function keyIn(path: string): Uint8Array | undefined {
  return read(path) ?? made(path);
}

function made(path: string): Uint8Array | undefined {
  try {
    replaceFile(path, [randomBytes(size)], { mode: 0o600, volatile: true, keep: true });
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error)) throw error;
  }
  // Another process may have been faster.
  return read(path);
}

function read(path: string): Uint8Array | undefined {
  const key = readOwn(path, size);
  return key?.length === size ? key : undefined;
}
