import { resolve } from "node:path";
import { loadLogin } from "../../../adapters/index.ts";
import { say } from "../../../model/text/say.ts";
import type { Spec } from "../../../model/values/json.ts";
import { isWritable } from "../../../store/files/is-writable.ts";
import { keepValue } from "../../../store/secrets/secret-source.ts";
import { exitStatus } from "../../output/exit-status.ts";
import { interruption } from "../../output/signals.ts";
import type { Command, Invocation } from "../../parse/command.ts";
import type { Option } from "../../parse/option.ts";
import { unreachable, wrong } from "../../parse/options.ts";
import { readFile } from "../../project/sign-in/read-file.ts";
import { withSecrets } from "../../project/sign-in/secrets.ts";
import { inProject } from "../../project/workspace.ts";

const options = [
  {
    flag: "--out",
    value: "file",
    values: "file",
    description: "keep the refresh token in this file, and not where the settings take it from",
  },
] as const satisfies readonly Option[];

/** The `partnerctl login` command. */
export const loginCommand: Command = {
  name: "login",
  group: "account",
  summary: "sign in as a user in a browser, and keep the refresh token that profiles need",
  options,
  exits: { 0: "signed in", 1: wrong, 7: unreachable },
  examples: ["partnerctl login", "partnerctl login --out refresh-token"],
  load: () => import("./login.ts"),
};

/** Lets a person sign in. Never shows the token. */
export async function run(invocation: Invocation<typeof options>): Promise<number> {
  const { flags, terminal } = invocation;
  const work = async ({ project: { settings }, root, base }: Folders): Promise<number> => {
    const { adapter, adapters } = settings;
    const login = await loadLogin(adapter);
    if (login === undefined)
      return terminal.refuse(
        "login/none",
        say`Nobody signs in to the adapter ${adapter}.`,
        say`Name another one in partnerctl.yaml (adapter: partner-center), or an environment with --env.`,
      );
    const given = (adapters[adapter] ?? {}) as Spec;
    const own = await withSecrets(given, { root, base }, "refreshToken");
    const keeperOf =
      flags.out === undefined ? own.keeperOf : () => keeperAt(flags.out ?? "", { root, base });
    const signal = interruption(() => undefined);
    const {
      tenant = "",
      user = "",
      name = user,
    } = await login(
      own.options,
      { root, base, readFile, isWritable, keeperOf, warn: (one) => terminal.aside([one]) },
      { signal, show: (address, code) => terminal.told(shown(address, code)) },
    );
    terminal.told(
      say`Signed in as ${name} in the tenant ${tenant}. The refresh token is kept; try it with partnerctl check.`,
    );
    return exitStatus.done;
  };
  return inProject(invocation, work, { secretless: false });
}

type Folders = Parameters<Parameters<typeof inProject>[1]>[0];

function keeperAt(out: string, folders: { readonly root: string; readonly base: string }) {
  const place = { field: "--out", ...folders };
  return (value: string) => keepValue({ file: resolve(out) }, value, place);
}

function shown(address: string, code: string | undefined): string {
  return code === undefined
    ? say`Open this address in a browser on this machine, and sign in:\n${address}`
    : say`Open this address in a browser, and enter the code ${code}:\n${address}`;
}
