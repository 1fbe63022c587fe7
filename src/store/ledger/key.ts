import { randomBytes } from "node:crypto";
import { statSync } from "node:fs";
import { LedgerUnavailable } from "../../model/ledger/ledger.ts";
import { say } from "../../model/text/phrase.ts";
import { keepSecret } from "../../model/text/secrets.ts";
import { most, readBounded } from "../files/read-input.ts";
import { replaceFile } from "../files/atomic-write.ts";

const size = 32;

/**
 * The key beside a file ledger, for its signatures and the digests of personal values; undefined if
 * it does not exist. Throws LedgerUnavailable if it cannot be read or is invalid.
 */
export function ledgerKey(path: string, suffix = ".key"): Uint8Array | undefined {
  const file = `${path}${suffix}`;
  let read: ReturnType<typeof readBounded>;
  try {
    read = readBounded(file, most.small);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new LedgerUnavailable(
      say`The ledger's key ${file} cannot be read: ${(error as Error).message}.`,
      {
        cause: error,
      },
    );
  }
  const text = typeof read === "string" ? "" : read.toString("utf8").trim();
  keepSecret(text);
  const key = Buffer.from(text, "base64url");
  if (key.length !== size)
    throw new LedgerUnavailable(
      say`The ledger's key ${file} is not ${size} bytes in base64url; restore it from a backup.`,
    );
  return key;
}

/**
 * Like `ledgerKey`, but creates a missing key: durable, and readable only by its owner. Undefined
 * if the ledger is not empty and has no key, because a new key would not match it.
 */
export function ensureLedgerKey(path: string): Uint8Array | undefined {
  return ledgerKey(path) ?? (isThere(path) ? undefined : made(path, ".key"));
}

/** The next key of a file ledger, created if missing and stored beside the current key. */
export function newLedgerKey(path: string): Uint8Array {
  return ledgerKey(path, ".key.new") ?? made(path, ".key.new");
}

function made(path: string, suffix: string): Uint8Array {
  try {
    replaceFile(`${path}${suffix}`, `${randomBytes(size).toString("base64url")}\n`, {
      mode: 0o600,
      keep: true,
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST")
      throw new LedgerUnavailable(
        say`The ledger's key cannot be written: ${(error as Error).message}.`,
        { cause: error },
      );
  }
  // Another process may have created the key first: that one counts.
  return ledgerKey(path, suffix) ?? made(path, suffix);
}

function isThere(path: string): boolean {
  return (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0;
}
