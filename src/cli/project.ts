import { existsSync, readFileSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import schema from "../../schemas/settings.schema.json" with { type: "json" };
import { settings as validate } from "../kinds/generated/settings-validator.js";
import { kinds } from "../kinds/index.ts";
import { readPlainSettings } from "../manifest/plain-settings.ts";
import type { Checked, Diagnostic } from "../model/diagnostic.ts";
import type { JsonSchema } from "../model/json.ts";
import { say } from "../model/say.ts";
import type { Source } from "../model/source.ts";
import type { Project } from "../operations/project.ts";
import { readManifests } from "../store/files.ts";
import { openParseCache } from "../store/parse-cache.ts";
import { commit, knownActor } from "./actor.ts";
import { authors } from "./authors.ts";
import type { Flags } from "./flags.ts";
import { policiesIn } from "./policies.ts";
import { projectFolder, settingsFile } from "./project-folder.ts";

/** A project with the folder it lives in. */
export interface Workspace {
  /** Where manifests are read and state is kept. */
  readonly root: string;
  /** Where all that decides is read: settings, modules, policies, price lists. The same folder, unless --base names a revision. */
  readonly base: string;
  readonly project: Project;
  readonly cache: { save(): void };
}

declare const PARTNERCTL_BUILD: string | undefined;

/** SHA-256 of all that is bundled; unknown where the sources themselves run. */
const build = typeof PARTNERCTL_BUILD === "string" ? PARTNERCTL_BUILD : undefined;

/** Reads the settings of the project the flags mean: the folder given, else the nearest one upwards that has settings. What is secretless needs no variable to be set. */
export async function openProject(flags: Flags, version: string, { secretless = false } = {}): Promise<Checked<Workspace>> {
  const root = projectFolder(flags.project);
  if (root === undefined) return { ok: false, diagnostics: [noProject(resolve(flags.project ?? "."))] };
  const based = flags.base === undefined ? here(root) : await (await import("../store/checkout.ts")).checkout(root, flags.base);
  if (!based.ok) return based;
  const base = based.value;
  if (!existsSync(join(base, settingsFile))) return { ok: false, diagnostics: [noBase(flags.base ?? "")] };
  const source = { path: settingsFile, bytes: readFileSync(join(base, settingsFile)) };
  const environment = flags.env === undefined ? {} : { environment: flags.env };
  const options = { validate, schema: schema as object as JsonSchema, variables: process.env, secretless, ...environment };
  const read = readPlainSettings(source, options) ?? (await import("../manifest/settings.ts")).readSettings(source, options);
  if (!read.ok) return read;
  const cache = openParseCache(join(root, ".partnerctl", "cache"), build ?? version);
  const { settings, digest } = read.value;
  const policies = policiesIn(base, settings);
  let found: { readonly commit: string | undefined } | undefined;
  const project: Project = {
    settings,
    settingsDigest: digest,
    kinds,
    cache,
    ...(build !== undefined && { build }),
    ...environment,
    ...(policies && { policies }),
    get commit() {
      found ??= { commit: commit(root, process.env) };
      return found.commit;
    },
    get authors() {
      return settings.approvals && authors(root, project.commit, knownActor(flags.actor, process.env));
    },
    sources: (paths = []) => sources(root, project, paths),
  };
  return { ok: true, value: { root, base, project, cache }, diagnostics: read.diagnostics };
}

function here(root: string): Checked<string> {
  return { ok: true, value: root, diagnostics: [] };
}

function noProject(folder: string): Diagnostic {
  return {
    severity: "error",
    code: "project/none",
    message: say`there is no ${settingsFile} in ${folder}`,
    hint: say`go to a project's folder, name one with --project, or make one with partnerctl init`,
  };
}

function noBase(revision: string): Diagnostic {
  return {
    severity: "error",
    code: "project/no-base",
    message: say`there is no ${settingsFile} in ${revision}`,
    hint: say`a change that brings the first settings has nothing to be judged by: let those in first`,
  };
}

/** The manifests, or those under the paths (as seen from where the user is), and after them the environment's overlay. */
function sources(root: string, { settings }: Project, paths: readonly string[]): Checked<readonly Source[]> {
  const wanted =
    paths.length === 0
      ? [settings.manifests ?? "manifests"]
      : paths.map((path) => relative(root, resolve(path)).split(sep).join("/") || ".");
  const manifests = readManifests(root, wanted);
  if (!manifests.ok || settings.overlay === undefined) return manifests;
  const overlay = readManifests(root, [settings.overlay], { overlay: true });
  if (!overlay.ok) return overlay;
  return { ok: true, value: [...manifests.value, ...overlay.value], diagnostics: [...manifests.diagnostics, ...overlay.diagnostics] };
}
