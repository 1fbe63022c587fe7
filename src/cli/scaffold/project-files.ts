import { existsSync } from "node:fs";
import { join } from "node:path";
import { kinds } from "../../kinds/index.ts";
import { type Checked, diagnostic } from "../../model/diagnostic.ts";
import { say } from "../../model/text/phrase.ts";
import { newIdentity } from "../../store/credentials/credentials.ts";
import { stateTrouble } from "../../store/files/links.ts";
import { writeAll } from "../../store/files/write-all.ts";
import { readText } from "../files/text-file.ts";
import { settingsFile } from "../project/project-folder.ts";
import { editorSchemas } from "./schemas.ts";
import { surroundings } from "./surroundings.ts";

/** Texts of files, by path. */
export type FileTexts = Readonly<Record<string, string>>;

/** A new project: its settings for an age recipient, and files of its own. */
export interface NewProject {
  settings(recipient: string): string;
  readonly files: FileTexts;
}

const identityFile = ".partnerctl/identity.txt";

/**
 * Writes the files of a new project, all of them or none, but for those that are there already.
 * Returns the paths of these. A project that has settings keeps its identity.
 */
export async function writeProject(
  folder: string,
  project: NewProject,
): Promise<Checked<readonly string[]>> {
  const trouble = stateTrouble(folder);
  if (trouble) return { ok: false, diagnostics: [trouble] };
  const own = await settingsAndIdentity(folder, project);
  if (!own.ok) return own;
  const files: FileTexts = {
    ...project.files,
    ...editorSchemas(kinds.filter(({ declared }) => declared)),
    ...surroundings(),
    ...own.value,
  };
  const isThere = (path: string) => existsSync(join(folder, path));
  const wanted = Object.entries(files).filter(([path]) => !isThere(path));
  const kept = [settingsFile, ...Object.keys(files)].filter(isThere);
  writeAll(folder, wanted, { mode: (path) => (path === identityFile ? 0o600 : 0o644) });
  return found([...new Set(kept)]);
}

/** Settings are written for the identity that is there, or a new one. */
async function settingsAndIdentity(
  folder: string,
  { settings }: NewProject,
): Promise<Checked<FileTexts>> {
  if (existsSync(join(folder, settingsFile))) return found({});
  if (existsSync(join(folder, identityFile))) {
    const recipient = await recipientOf(join(folder, identityFile));
    return recipient.ok ? found({ [settingsFile]: settings(recipient.value) }) : recipient;
  }
  const { identity, recipient } = await newIdentity();
  return found({
    [identityFile]: `# The age identity that opens this project's credentials. Keep it to yourself.\n# public key: ${recipient}\n${identity}\n`,
    [settingsFile]: settings(recipient),
  });
}

function found<T>(value: T): Checked<T> {
  return { ok: true, value, diagnostics: [] };
}

async function recipientOf(file: string): Promise<Checked<string>> {
  const text = readText(file);
  if (!text.ok) return text;
  const { identityToRecipient } = await import("age-encryption");
  const lines = text.value.split("\n").map((line) => line.trim());
  try {
    return found(
      await identityToRecipient(lines.find((line) => line.startsWith("AGE-SECRET-KEY-")) ?? ""),
    );
  } catch {
    const message = say`${file} holds no age identity.`;
    const hint = say`Restore the line that starts with AGE-SECRET-KEY-1, or take the file away to have a new one made.`;
    return {
      ok: false,
      diagnostics: [diagnostic({ severity: "error", code: "init/identity", message, hint })],
    };
  }
}
