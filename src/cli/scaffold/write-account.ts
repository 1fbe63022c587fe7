import { existsSync } from "node:fs";
import { join } from "node:path";
import { loadOptionsSchemas } from "../../adapters/index.ts";
import { readSettings } from "../../manifest/settings/settings.ts";
import { type Checked, diagnostic } from "../../model/diagnostic.ts";
import { say } from "../../model/text/phrase.ts";
import type { Spec } from "../../model/values/json.ts";
import { equal } from "../../model/values/json.ts";
import { covers, valueAt } from "../../model/values/pointer.ts";
import type { Terminal } from "../output/terminal.ts";
import type { Flags } from "../parse/flags.ts";
import { openProject } from "../project/project.ts";
import { settingsFile } from "../project/project-folder.ts";
import { askAccount, type GivenAccount } from "./ask-account.ts";
import { givenOptions } from "./given-options.ts";
import { type FileTexts, writeProject } from "./project-files.ts";
import { type AccountOptions, accountSettings } from "./settings.ts";

/** A project to write for an account that is there already. */
export interface AccountProject {
  readonly folder: string;
  readonly given: GivenAccount;
  /** The pipeline's file, if one is wanted. */
  readonly pipeline?: FileTexts;
  readonly flags: Flags;
  readonly version: string;
}

/**
 * Writes the settings and editor files of a project for an account, all of them or none. Settings
 * that are there already stay as they are; they must say what is given. Returns the paths that were
 * there.
 */
export async function writeAccount(
  project: AccountProject,
  terminal: Pick<Terminal, "interactive" | "ask">,
  signal: AbortSignal,
): Promise<Checked<readonly string[]>> {
  const { folder, given, pipeline = {} } = project;
  const isThere = existsSync(join(folder, settingsFile));
  const account = isThere ? await agreeing(project) : await askAccount(given, { terminal, signal });
  if (!account.ok) return account;
  const settings = (recipient: string) =>
    accountSettings(account.value, recipient, project.pipeline !== undefined);
  const valid = isThere ? account : await validated(account.value, settings);
  return valid.ok ? writeProject(folder, { settings, files: pipeline }) : valid;
}

/** Any age recipient, to validate settings with before an identity is made. */
const anyRecipient = "age193gwh9z29uaav2dqcnckumaml8e460033vs7d6mvq3w03tl0re8qa5382f";

/** Validates settings before they are written. */
async function validated(
  { adapter }: AccountOptions,
  settings: (recipient: string) => string,
): Promise<Checked<unknown>> {
  return readSettings(
    { path: settingsFile, bytes: new TextEncoder().encode(settings(anyRecipient)) },
    {
      adapters: await loadOptionsSchemas([adapter]),
      variables: process.env,
      secretless: true,
    },
  );
}

/** The account of the settings that are there. Fails if what is given says otherwise. */
async function agreeing(project: AccountProject): Promise<Checked<AccountOptions>> {
  const { folder, given, flags, version } = project;
  const opened = await openProject({ ...flags, project: folder }, version, { secretless: true });
  if (!opened.ok) return opened;
  const { adapter, adapters } = opened.value.project.settings;
  const options = (adapters[adapter] ?? {}) as Spec;
  const schema = (await loadOptionsSchemas([adapter]))[adapter]?.schema;
  const read = givenOptions(given.set ?? [], schema);
  if (!read.ok) return read;
  // Secrets are not compared: the settings were read without them.
  const differing = read.value.filter(
    ({ pointer, value }) =>
      !covers(["/secrets"], pointer) && !equal(valueAt(options, pointer) ?? null, value),
  );
  const names = differing.map(({ pointer }) => pointer.slice(1).replaceAll("/", "."));
  const isOther = given.adapter !== undefined && given.adapter !== adapter;
  const otherwise = isOther ? ["adapter"] : names;
  return otherwise.length > 0
    ? refused(otherwise)
    : { ok: true, value: { adapter, options }, diagnostics: [] };
}

function refused(names: readonly string[]): Checked<never> {
  const message = say`${settingsFile} is there already, and has other values for ${{ all: names }} than the command line.`;
  const hint = say`Change them there, or leave them out here.`;
  return {
    ok: false,
    diagnostics: [diagnostic({ severity: "error", code: "init/other-settings", message, hint })],
  };
}
