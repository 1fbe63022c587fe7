import { existsSync, statSync } from "node:fs";
import { posix, resolve } from "node:path";
import type { Checked } from "../model/diagnostic.ts";
import type { Source } from "../model/source.ts";
import { readManifests, readRevision } from "../store/files.ts";
import type { Workspace } from "./project.ts";

/** The manifests in a folder, or those of the project as they were at a git revision. */
export async function sourcesAt({ root, project }: Workspace, place: string): Promise<Checked<readonly Source[]>> {
  const folder = resolve(place);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return readRevision(root, place, [project.settings.manifests ?? "manifests"]);
  const read = readManifests(folder, ["."]);
  return read.ok ? { ...read, value: read.value.map((source) => ({ ...source, path: posix.join(place, source.path) })) } : read;
}
