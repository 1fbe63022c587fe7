import { createHash } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { AdapterError } from "../../../model/adapter.ts";
import { say, type Wording } from "../../../model/text/phrase.ts";
import { keepSecret } from "../../../model/text/secrets.ts";
import type { SecretKeeper } from "../../factory.ts";
import { syncFolder } from "../../sync-folder.ts";
import type { ReadFile } from "./certificate.ts";

/** The refresh token. The authority may replace it at any time. */
export interface RefreshToken {
  /** Empty if there is none yet. */
  current(): string;
  /** Stores a new token durably. Throws AdapterError `denied` if that fails. */
  keep(token: string): Promise<void>;
}

/**
 * Returns the token stored in the file, or the configured one if the file is missing or was made
 * from another configured token. The file is readable only by its owner.
 */
export function refreshToken(
  file: string,
  configured: string,
  readFile: ReadFile = readFileSync,
): RefreshToken {
  const from = createHash("sha256").update(configured).digest("hex");
  let held: string | undefined;
  return {
    current: () => {
      const kept = stored(file, readFile);
      held ??= kept?.from === from ? kept.token : configured;
      keepSecret(held);
      return held;
    },
    async keep(token) {
      if (token === held) return;
      keepSecret(token);
      replace(file, `${JSON.stringify({ version: 1, from, token })}\n`);
      held = token;
    },
  };
}

/** A token whose newer ones are kept where it comes from; without `keeper`, only in memory. */
export function keptRefreshToken(configured: string, keeper?: SecretKeeper): RefreshToken {
  let held = configured;
  return {
    current: () => held,
    async keep(token) {
      if (token === held) return;
      keepSecret(token);
      const trouble = await keeper?.(token);
      if (trouble !== undefined) throw notKept(say`the place it comes from (${trouble})`);
      held = token;
    },
  };
}

function stored(
  file: string,
  readFile: ReadFile,
): { readonly from: string; readonly token: string } | undefined {
  if (!existsSync(file)) return undefined;
  try {
    const { from, token } = JSON.parse(Buffer.from(readFile(file)).toString("utf8")) as Readonly<
      Record<string, unknown>
    >;
    return typeof from === "string" && typeof token === "string" ? { from, token } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Writes a temporary file and renames it, so that a crash leaves either the old or the new token.
 */
function replace(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const beside = `${file}.${process.pid}`;
    const opened = openSync(beside, "w", 0o600);
    writeFileSync(opened, text);
    fsyncSync(opened);
    closeSync(opened);
    renameSync(beside, file);
    syncFolder(dirname(file));
  } catch (error) {
    const place =
      error instanceof Error && "code" in error ? `${file} (${String(error.code)})` : file;
    throw notKept(place, error);
  }
}

function notKept(place: Wording, cause?: unknown): AdapterError {
  const message = say`The new refresh token cannot be kept in ${place}, so it is not used.`;
  return new AdapterError("denied", message, { cause });
}
