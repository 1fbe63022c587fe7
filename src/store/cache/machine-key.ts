import { createHmac, type Hmac, randomBytes } from "node:crypto";
import { join } from "node:path";
import { homeFolder } from "../files/home-folder.ts";
import { readOwn } from "../files/read-input.ts";
import { replaceFile } from "../files/atomic-write.ts";

const size = 32;

let known: { readonly key: Uint8Array | undefined } | undefined;

/**
 * An HMAC-SHA-256 with a key that only this user on this machine has. It authenticates files in the
 * project folder, where a branch could put forged ones. Undefined if the key cannot be read or
 * created: nothing can be cached then.
 */
export function ownSum(): Hmac | undefined {
  const home = homeFolder();
  known ??= {
    key: home === undefined ? undefined : keyIn(join(home, ".cache", "partnerctl", "key")),
  };
  return known.key && createHmac("sha256", known.key);
}

/** Reads the key in a file, or creates it if missing. Undefined if both fail. @internal */
export function keyIn(path: string): Uint8Array | undefined {
  return read(path) ?? made(path);
}

function made(path: string): Uint8Array | undefined {
  try {
    replaceFile(path, [randomBytes(size)], { mode: 0o600, volatile: true, keep: true });
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error)) throw error;
  }
  // Another process may have created it first.
  return read(path);
}

function read(path: string): Uint8Array | undefined {
  const key = readOwn(path, size);
  return key?.length === size ? key : undefined;
}
