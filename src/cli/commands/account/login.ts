import { loadLogin } from "../../../adapters/index.ts";
import { say } from "../../../model/text/phrase.ts";
import { exitStatus } from "../../output/exit-status.ts";
import { interruption } from "../../output/signals.ts";
import type { Command, Invocation } from "../../parse/command.ts";
import type { Option } from "../../parse/option.ts";
import { unreachable, wrong } from "../../parse/options.ts";
import type { Workspace } from "../../project/project.ts";
import { signInUser } from "../../project/sign-in/sign-in-user.ts";
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
  const work = async (workspace: Workspace): Promise<number> => {
    const { adapter } = workspace.project.settings;
    const login = await loadLogin(adapter);
    if (login === undefined)
      return terminal.refuse(
        "login/none",
        say`Nobody signs in to the adapter ${adapter}.`,
        say`Name another one in partnerctl.yaml (adapter: partner-center), or an environment with --env.`,
      );
    const out = flags.out === undefined ? {} : { out: flags.out };
    const signal = interruption(() => undefined);
    const signedIn = await signInUser(workspace, terminal, {
      ...{ login, signal, ...out, show: terminal.told },
    });
    const { tenant = "", user = "", name = user } = signedIn ?? {};
    terminal.told(
      say`Signed in as ${name} in the tenant ${tenant}. The refresh token is kept; try it with partnerctl check.`,
    );
    return exitStatus.done;
  };
  return inProject(invocation, work, { secretless: false });
}
