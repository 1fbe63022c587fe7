import { randomBytes } from "node:crypto";
import { statSync } from "node:fs";
import { LedgerUnavailable } from "../../model/ledger.ts";
import { say } from "../../model/say.ts";
import { keepSecret } from "../../model/secrets.ts";
import { most, readBounded } from "../read-input.ts";
import { replaceFile } from "../replace-file.ts";

const size = 32;

/** The key beside a file ledger that personal values are digested with; undefined where none was made yet. */
export function ledgerKey(path: string): Uint8Array | undefined {
  const file = `${path}.key`;
  let read: ReturnType<typeof readBounded>;
  try {
    read = readBounded(file, most.small);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new LedgerUnavailable(say`the ledger's key ${file} cannot be read: ${(error as Error).message}`, {
      cause: error,
    });
  }
  const text = typeof read === "string" ? "" : read.toString("utf8").trim();
  keepSecret(text);
  const key = Buffer.from(text, "base64url");
  if (key.length !== size)
    throw new LedgerUnavailable(say`the ledger's key ${file} is not ${size} bytes in base64url; restore it from a backup`);
  return key;
}

/** The same, made where there is none yet; readable by its owner alone, and durable when it returns. Undefined where the ledger is there and its key is not: another one would be of no use. */
export function ensureLedgerKey(path: string): Uint8Array | undefined {
  const found = ledgerKey(path);
  if (found || isThere(path)) return found;
  try {
    replaceFile(`${path}.key`, `${randomBytes(size).toString("base64url")}\n`, { mode: 0o600, keep: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST")
      throw new LedgerUnavailable(say`the ledger's key cannot be written: ${(error as Error).message}`, { cause: error });
  }
  // Whoever was first made the key that counts.
  return ledgerKey(path) ?? ensureLedgerKey(path);
}

function isThere(path: string): boolean {
  return (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0;
}
