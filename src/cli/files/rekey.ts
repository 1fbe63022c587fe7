import { existsSync, readFileSync, renameSync } from "node:fs";
import type { Checked, Diagnostic } from "../../model/diagnostic.ts";
import { publicKeyOf } from "../../model/ledger/ledger-keys.ts";
import type { LedgerState } from "../../model/ledger/ledger-state.ts";
import { say, type Wording } from "../../model/text/phrase.ts";
import { record } from "../../model/text/recorded.ts";
import { fileLedgerPath } from "../../store/ledger/index.ts";
import { newLedgerKey } from "../../store/ledger/key.ts";
import { keepsOwnKey } from "../project/ledger.ts";
import type { Workspace } from "../project/project.ts";

/** The next signing key. */
export interface NextKey {
  readonly key: Uint8Array;
  /** It already signs the ledger: an earlier rekey was interrupted after that step. */
  readonly inForce: boolean;
}

/** The minimum length of a given key, in characters. */
const shortest = 32;

/**
 * The next signing key: a generated one if the ledger keeps its own key; else the one in the file;
 * else the configured one if the ledger does not use it yet. Diagnostic if there is none or it is
 * too short.
 */
export function nextKey(
  { root, project }: Workspace,
  state: LedgerState,
  file: string | undefined,
): Checked<NextKey> {
  if (keepsOwnKey(project))
    return found(newLedgerKey(fileLedgerPath(project.settings.ledger.path, root)), state);
  const given = project.settings.ledger.key?.trim() ?? "";
  const current = given === "" ? undefined : Buffer.from(given, "utf8");
  if (file === undefined)
    return current && publicKeyOf(current) !== state.key
      ? found(current, state)
      : refused(noNewKey);
  const text = existsSync(file) ? readFileSync(file, "utf8").trim() : "";
  return text.length < shortest ? refused(weakKey(file)) : found(Buffer.from(text, "utf8"), state);
}

/**
 * Puts the new key in place if the ledger keeps its own key. Returns a message with the steps left
 * to the user.
 */
export function confirmRekey({ root, project }: Workspace, { key }: NextKey): Wording {
  const publicKey = publicKeyOf(key);
  if (!keepsOwnKey(project))
    return say`The ledger is signed with the new key from here on. Give it to every run, and put ledger.publicKey: ${publicKey} into the settings.`;
  const path = `${fileLedgerPath(project.settings.ledger.path, root)}.key`;
  if (existsSync(path)) renameSync(path, `${path}.old`);
  renameSync(`${path}.new`, path);
  return say`The ledger is signed with the new key from here on; its public half is ${publicKey}.`;
}

function found(key: Uint8Array, { key: inForce }: LedgerState): Checked<NextKey> {
  return { ok: true, value: { key, inForce: publicKeyOf(key) === inForce }, diagnostics: [] };
}

function refused(diagnostic: Diagnostic): Checked<never> {
  return { ok: false, diagnostics: [diagnostic] };
}

const noNewKey: Diagnostic = {
  severity: "error",
  code: "ledger/no-new-key",
  message: say`This ledger is given its key, and there is no new one to change it for.`,
  hint: say`Say --new-key FILE, a file with the new key: \`openssl rand -base64 32 > FILE\`.`,
};

function weakKey(file: string): Diagnostic {
  return record({
    severity: "error",
    code: "ledger/weak-key",
    message: say`${file} holds no key of at least ${shortest} characters.`,
    hint: say`Make one with: \`openssl rand -base64 32 > ${file}\`.`,
  });
}
