import { existsSync, realpathSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { adapterNames, loadOptionsSchemas } from "../../adapters/index.ts";
import { kinds } from "../../kinds/index.ts";
import { readPlainSettings } from "../../manifest/settings/plain-settings.ts";
import type { Checked, Diagnostic } from "../../model/diagnostic.ts";
import type { Settings } from "../../model/generated/settings.ts";
import type { Source } from "../../model/source.ts";
import { say } from "../../model/text/phrase.ts";
import { record } from "../../model/text/recorded.ts";
import type { Project } from "../../operations/project/project.ts";
import { openParseCache } from "../../store/cache/parse-cache.ts";
import { readManifests } from "../../store/files/files.ts";
import { linkTrouble, stateTrouble } from "../../store/files/links.ts";
import { most, readInput } from "../../store/files/read-input.ts";
import { notCheckedOut } from "../../store/git/not-checked-out.ts";
import type { Flags } from "../parse/flags.ts";
import { commit, hasLocalChanges } from "./actor.ts";
import { policiesIn } from "./policies.ts";
import {
  folderInRepository,
  isInRepository,
  projectFolder,
  settingsFile,
} from "./project-folder.ts";

/** A project and its folders. */
export interface Workspace {
  /** The folder of the manifests and local state. */
  readonly root: string;
  /**
   * The folder of settings, modules, policies and price lists. Same as `root` unless --base names a
   * revision.
   */
  readonly base: string;
  readonly project: Project;
  readonly cache: { save(): void };
}

declare const PARTNERCTL_BUILD: string | undefined;

/** SHA-256 of the bundle. Undefined when run from source. */
const build = typeof PARTNERCTL_BUILD === "string" ? PARTNERCTL_BUILD : undefined;

/**
 * Reads the settings of the project in --project, or in the nearest folder upwards that has
 * settings. With `secretless`, variables of secrets need not be set.
 */
export async function openProject(
  flags: Flags,
  version: string,
  { secretless = false } = {},
): Promise<Checked<Workspace>> {
  const root = projectFolder(flags.project);
  if (root === undefined)
    return { ok: false, diagnostics: [noProject(resolve(flags.project ?? "."))] };
  const based = flags.base === undefined ? here(root) : await checkedOut(root, flags.base);
  if (!based.ok) return based;
  const base = based.value;
  if (!existsSync(join(base, settingsFile)))
    return { ok: false, diagnostics: [noBase(flags.base ?? "")] };
  const bytes = settingsIn(root, base);
  if (!bytes.ok) return bytes;
  const source = { path: settingsFile, bytes: bytes.value };
  const environment = flags.env === undefined ? {} : { environment: flags.env };
  // Skips the schemas of adapters that the settings do not mention.
  const adapters = await loadOptionsSchemas(
    adapterNames.filter((name) => bytes.value.includes(name)),
  );
  const options = { adapters, variables: process.env, secretless, ...environment };
  const read =
    readPlainSettings(source, options) ??
    (await import("../../manifest/settings/settings.ts")).readSettings(source, options);
  if (!read.ok) return read;
  const cache = openParseCache(join(root, ".partnerctl", "cache"), build ?? version);
  const { settings, digest } = read.value;
  const policies = policiesIn(base, settings);
  let found: { readonly commit: string | undefined } | undefined;
  let changed: { readonly here: boolean } | undefined;
  let wrote: Promise<readonly string[] | undefined> | undefined;
  const project: Project = {
    settings,
    settingsDigest: digest,
    kinds,
    cache,
    ...(build !== undefined && { build }),
    ...environment,
    name: settings.ledger.project ?? (folderInRepository(root).slice(0, -1) || "."),
    ...(policies && { policies }),
    get commit() {
      found ??= { commit: commit(root, process.env) };
      return found.commit;
    },
    get localChanges() {
      changed ??= { here: hasLocalChanges(root, decidingFiles(settings)) };
      return changed.here || undefined;
    },
    authors: async (applied) => {
      wrote ??= settings.approvals && (await import("./authors.ts")).authors(root, flags, applied);
      return wrote;
    },
    sources: (paths = []) => sources(root, settings, paths),
  };
  return { ok: true, value: { root, base, project, cache }, diagnostics: read.diagnostics };
}

/** The project files that a plan depends on. */
function decidingFiles({ manifests, overlay, policies, priceLists, approvals }: Settings) {
  const named = [
    settingsFile,
    manifests,
    policies,
    ...priceLists.map(({ file }) => file),
    overlay,
    approvals?.signers,
  ];
  return named.flatMap((one) => one ?? []);
}

/** The bytes of the settings. Refuses links out of the project and local state outside it. */
function settingsIn(root: string, base: string): Checked<Buffer> {
  const path = join(base, settingsFile);
  const trouble = stateTrouble(root) ?? linkTrouble(base, path, settingsFile);
  return trouble
    ? { ok: false, diagnostics: [trouble] }
    : readInput(path, { shown: settingsFile, limit: most.manifest });
}

function here(root: string): Checked<string> {
  return { ok: true, value: root, diagnostics: [] };
}

/**
 * Checks out the settings and related files of a base revision. Only the tip of the default branch
 * is trusted as a base.
 */
async function checkedOut(root: string, revision: string): Promise<Checked<string>> {
  const [{ trustedBase }, { checkout }, { hostEvent }] = await Promise.all([
    import("../../store/git/base.ts"),
    import("../../store/git/checkout.ts"),
    import("../../store/hosts/event.ts"),
  ]);
  const base = await trustedBase(root, revision, hostEvent(process.env));
  return base.ok ? checkout(root, base.value) : base;
}

function noProject(folder: string): Diagnostic {
  return record({
    severity: "error",
    code: "project/none",
    message: say`There is no ${settingsFile} in ${folder}.`,
    hint: say`Go to a project's folder, name one with --project, or make one with partnerctl init.`,
  });
}

function noBase(revision: string): Diagnostic {
  return record({
    severity: "error",
    code: "project/no-base",
    message: say`There is no ${settingsFile} in ${revision}.`,
    hint: say`A change that brings the first settings has nothing to be judged by: let those in first.`,
  });
}

/**
 * The manifests, or those at the given paths relative to the current folder, followed by the
 * environment's overlay.
 */
async function sources(
  root: string,
  settings: Settings,
  paths: readonly string[],
): Promise<Checked<readonly Source[]>> {
  const { manifests, overlay } = settings;
  const wanted =
    paths.length === 0
      ? [manifests]
      : paths.map((path) => relative(root, resolve(path)).split(sep).join("/") || ".");
  const read = readManifests(root, wanted);
  if (!read.ok) return read;
  const over =
    overlay === undefined ? undefined : readManifests(root, [overlay], { overlay: true });
  if (over && !over.ok) return over;
  const folders = [...read.folders, ...(over?.folders ?? [])];
  const missing = isInRepository(root) ? await notCheckedOut(realpathSync(root), folders) : [];
  const diagnostics = [...read.diagnostics, ...(over?.diagnostics ?? []), ...missing];
  return { ok: true, value: [...read.value, ...(over?.value ?? [])], diagnostics };
}
