import type { Command, Invocation } from "../../parse/command.ts";
import { exitStatus } from "../../output/exit-status.ts";
import { unreachable } from "../../parse/options.ts";
import { inAccount } from "../../project/workspace.ts";

/** The `partnerctl check` command. */
export const checkCommand: Command = {
  name: "check",
  group: "account",
  summary: "check sign-in and permissions, and show what this backend can and cannot do",
  exits: {
    0: "the account can be reached and allows what is needed",
    1: "wrong input, an error, or something is refused",
    7: unreachable,
  },
  examples: ["partnerctl check"],
  shows: ["capabilities"],
  load: () => import("./check.ts"),
};

/**
 * Signs in, checks the required permissions and shows what the backend supports. Status 1 if a
 * permission is missing.
 */
export async function run(invocation: Invocation): Promise<number> {
  const { terminal } = invocation;
  return inAccount(invocation, async (_, { view }) => {
    const { id, principal } = await view.reader.account(view.signal);
    const probes = (await view.reader.probe?.(view.signal)) ?? [];
    const { name, supports } = view.reader;
    const signedIn = principal === undefined ? {} : { principal };
    const capabilities = { adapter: name, account: id, ...signedIn, supports, probes };
    terminal.show({ kind: "capabilities", capabilities });
    return probes.every(({ allowed, optional }) => allowed || optional)
      ? exitStatus.done
      : exitStatus.error;
  });
}
