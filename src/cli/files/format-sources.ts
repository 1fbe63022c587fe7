import { existsSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { parse, trees } from "../../manifest/read/parse.ts";
import type { Checked } from "../../model/diagnostic.ts";
import { defaultSetting } from "../../manifest/settings/settings-schema.ts";
import { isSpec, type Json } from "../../model/values/json.ts";
import type { Source } from "../../model/source.ts";
import { readManifests } from "../../store/files/files.ts";
import { most, readOwn } from "../../store/files/read-input.ts";
import { projectFolder, settingsFile } from "../project/project-folder.ts";

/** Source files with their root folder. */
export interface FormatSources {
  readonly root: string;
  readonly sources: readonly Source[];
}

/**
 * The given files and folders, relative to the current folder. Without any, the settings and all
 * folders that they name in any environment; only this needs a project.
 */
export function formatSources(
  project: string | undefined,
  words: readonly string[],
): Checked<FormatSources> {
  const root = projectFolder(project) ?? resolve(project ?? ".");
  const paths =
    words.length > 0
      ? words.map((path) => relative(root, resolve(path)).split(sep).join("/") || ".")
      : usual(root);
  const read = readManifests(root, paths);
  return read.ok ? { ...read, value: { root, sources: read.value } } : read;
}

function usual(root: string): readonly string[] {
  const file = join(root, settingsFile);
  const bytes = readOwn(file, most.manifest);
  // The error is reported when the settings are read like any other file.
  if (!bytes) return [settingsFile];
  // Settings with other errors can still be formatted.
  const { documents } = parse(
    { path: settingsFile, bytes, overlay: true },
    { version: "", trees: trees() },
  );
  const settings = documents[0]?.value;
  const folders = (["manifests", "policies"] as const).flatMap((name) => {
    const named = variants(settings).flatMap((one) => text(one, name));
    const unnamed = String(defaultSetting(name));
    return named.length > 0 ? named : existsSync(join(root, unnamed)) ? [unnamed] : [];
  });
  return [
    settingsFile,
    ...new Set([...folders, ...variants(settings).flatMap((one) => text(one, "overlay"))]),
  ];
}

/** The settings and the patch of each environment. */
function variants(settings: Json | undefined): readonly (Json | undefined)[] {
  const environments =
    isSpec(settings) && isSpec(settings.environments) ? Object.values(settings.environments) : [];
  return [settings, ...environments];
}

function text(settings: Json | undefined, field: string): readonly string[] {
  const value = isSpec(settings) ? settings[field] : undefined;
  return typeof value === "string" ? [value] : [];
}
