import { resolve } from "node:path";
import { type Checked, diagnostic } from "../../model/diagnostic.ts";
import { systemReason } from "../../model/system-error.ts";
import { keepSecret } from "../../model/text/secrets.ts";
import { say, type Wording } from "../../model/text/phrase.ts";
import { isWritable } from "../files/is-writable.ts";
import { most, readInput } from "../files/read-input.ts";
import { replaceFile } from "../files/atomic-write.ts";
import { runTool } from "./run-tool.ts";
import { textOf } from "../../model/text/recorded.ts";

/** Where a secret is read from, as the settings say it: a file, or a command that prints it. */
export type SecretSource =
  | { readonly file: string }
  | { readonly exec: readonly string[]; readonly keep?: readonly string[] };

/** A secret's place. */
export interface SecretPlace {
  /** The secret in messages: `secrets.refreshToken`. */
  readonly field: string;
  /** The project's folder, in which files are looked for. */
  readonly root: string;
  /** The folder of the settings, in which commands run. */
  readonly base: string;
  /** How many seconds a command may take. Default: 60. */
  readonly seconds?: number;
}

/**
 * Reads a secret and registers it, so that messages hide it. Fails with a code of files, or
 * secret/command or secret/value.
 */
export async function readSecret(
  source: SecretSource,
  place: SecretPlace,
): Promise<Checked<string>> {
  const read = "file" in source ? fileIn(source.file, place) : await runTool(source.exec, place);
  if (!read.ok) return read;
  const secret = read.value.trim();
  keepSecret(secret);
  if (secret === "") return refused(say`The secret of ${place.field} is empty.`);
  return /[\r\n]/.test(secret) && !secret.startsWith("-----BEGIN ")
    ? refused(
        say`The secret of ${place.field} holds a line break, which only a key in PEM form has.`,
      )
    : { ok: true, value: secret, diagnostics: [] };
}

function fileIn(file: string, { root }: SecretPlace): Checked<string> {
  const read = readInput(resolve(root, file), { shown: file, limit: most.small });
  return read.ok ? { ...read, value: read.value.toString("utf8") } : read;
}

function refused(message: Wording): Checked<never> {
  const hint = say`Make the file or the command give the secret alone, on one line.`;
  return {
    ok: false,
    diagnostics: [diagnostic({ severity: "error", code: "secret/value", message, hint })],
  };
}

/** Whether a new value of the secret can be kept where it is read from. */
export function canKeep(source: SecretSource, { root }: Pick<SecretPlace, "root">): boolean {
  return "file" in source ? isWritable(resolve(root, source.file)) : source.keep !== undefined;
}

/**
 * Keeps a new value of the secret where it is read from: in its file, or by its `keep` command,
 * which gets it on stdin. Returns why it could not.
 */
export async function keepValue(
  source: SecretSource,
  value: string,
  place: SecretPlace,
): Promise<Wording | undefined> {
  keepSecret(value);
  if ("file" in source) return writeFile(resolve(place.root, source.file), value);
  const kept = await runTool(source.keep ?? [], { ...place, input: value });
  const [problem] = kept.diagnostics;
  return kept.ok || !problem ? undefined : textOf(problem, "message");
}

function writeFile(path: string, value: string): Wording | undefined {
  try {
    replaceFile(path, `${value}\n`, { mode: 0o600, exact: true });
    return undefined;
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error)) throw error;
    return say`${path} cannot be written: ${systemReason(error) ?? error.message}.`;
  }
}
