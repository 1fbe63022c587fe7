import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { LoggedIn, Login } from "../../../adapters/factory.ts";
import { say, type Wording } from "../../../model/text/phrase.ts";
import { isSpec, type Json, type Spec } from "../../../model/values/json.ts";
import { isWritable } from "../../../store/files/is-writable.ts";
import { keepValue } from "../../../store/secrets/secret-source.ts";
import type { Terminal } from "../../output/terminal.ts";
import type { Workspace } from "../project.ts";
import { readFile } from "./read-file.ts";
import { withSecrets } from "./secrets.ts";

/** How a person signs in to a backend. */
export interface SigningIn {
  readonly login: Login;
  readonly signal: AbortSignal;
  /** The file that keeps the refresh token, instead of the place that the settings name. */
  readonly out?: string;
  /** Asks nobody where the settings have no use for a user, or a token is there. */
  readonly onlyIfNeeded?: true;
  /** Shows the address to open. */
  show(text: Wording): void;
}

/**
 * Lets a person sign in to the project's backend, and keeps the refresh token. Never shows it.
 * Returns undefined where nobody needs to.
 */
export async function signInUser(
  { project: { settings }, root, base }: Pick<Workspace, "project" | "root" | "base">,
  terminal: Pick<Terminal, "aside">,
  { login, signal, out, onlyIfNeeded, show }: SigningIn,
): Promise<LoggedIn | undefined> {
  const given = (settings.adapters[settings.adapter] ?? {}) as Spec;
  const isToBeMade = !onlyIfNeeded || isMissing(given, root);
  const own = await withSecrets(given, { root, base }, isToBeMade ? "refreshToken" : undefined);
  const keeperOf = out === undefined ? own.keeperOf : () => keeperAt(out, { root, base });
  return login(
    own.options,
    { root, base, readFile, isWritable, keeperOf, warn: (one) => terminal.aside([one]) },
    {
      signal,
      show: (address, code) => show(shown(address, code)),
      ...(!isToBeMade && { onlyIfNeeded }),
    },
  );
}

/** The settings name a file for the refresh token, which is not there yet. */
function isMissing({ secrets }: Spec, root: string): boolean {
  const source: Json | undefined = isSpec(secrets) ? secrets.refreshToken : undefined;
  const file = isSpec(source) ? source.file : undefined;
  return typeof file === "string" && !existsSync(resolve(root, file));
}

function keeperAt(out: string, folders: Pick<Workspace, "root" | "base">) {
  const place = { field: "--out", ...folders };
  return (value: string) => keepValue({ file: resolve(out) }, value, place);
}

function shown(address: string, code: string | undefined): Wording {
  return code === undefined
    ? say`Open this address in a browser on this machine, and sign in:\n${address}`
    : say`Open this address in a browser, and enter the code ${code}:\n${address}`;
}
