import { existsSync, statSync } from "node:fs";
import { posix, resolve } from "node:path";
import type { Checked, Diagnostic } from "../../model/diagnostic.ts";
import type { Settings } from "../../model/generated/settings.ts";
import type { Source } from "../../model/source.ts";
import { say } from "../../model/text/phrase.ts";
import { record } from "../../model/text/recorded.ts";
import { readManifests, readRevision } from "../../store/files/files.ts";
import type { Workspace } from "../project/project.ts";

/** The manifests in a folder, or the project's manifests at a git revision. */
export async function sourcesAt(
  { root, project }: Workspace,
  place: string,
): Promise<Checked<readonly Source[]>> {
  const folder = resolve(place);
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    return orNoFolder(place, await revision(root, place, project.settings));
  const read = readManifests(folder, ["."]);
  return read.ok
    ? {
        ...read,
        value: read.value.map((source) => ({ ...source, path: posix.join(place, source.path) })),
      }
    : read;
}

/** Adds a hint to git errors that no such folder exists either. */
function orNoFolder(place: string, read: Checked<readonly Source[]>): Checked<readonly Source[]> {
  if (read.ok) return read;
  const add = (one: Diagnostic): Diagnostic => {
    const neither = say`There is no folder ${place} either.`;
    return one.code.startsWith("git/")
      ? record({
          ...one,
          hint: one.hint === undefined ? neither : say`${neither} Or: ${one.hint}.`,
        })
      : one;
  };
  return { ...read, diagnostics: read.diagnostics.map(add) };
}

/** The manifests at a revision, and the environment's overlay if the revision has it. */
async function revision(
  root: string,
  name: string,
  { manifests, overlay }: Settings,
): Promise<Checked<readonly Source[]>> {
  const read = await readRevision(root, name, [manifests]);
  if (!read.ok || overlay === undefined) return read;
  const over = await readRevision(root, name, [overlay]);
  if (!over.ok) return over.diagnostics.every(({ code }) => code === "file/missing") ? read : over;
  const value = [...read.value, ...over.value.map((source) => ({ ...source, overlay: true }))];
  return { ok: true, value, diagnostics: [...read.diagnostics, ...over.diagnostics] };
}
