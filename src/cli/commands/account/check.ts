import { AdapterError } from "../../../model/adapter.ts";
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
 * Signs in, checks the required permissions and shows what the backend supports, and what is off
 * for the tokens that there are. Status 1 if a permission is missing.
 */
export async function run(invocation: Invocation): Promise<number> {
  const { terminal } = invocation;
  return inAccount(invocation, async (_, { view }) => {
    const who = await view.reader.account(view.signal).catch(refusalOf);
    const probes = (await view.reader.probe?.(view.signal)) ?? [];
    const isRefused = who instanceof AdapterError;
    // What other tokens allow is worth knowing only where there is one.
    if (isRefused && !probes.some(({ allowed }) => allowed)) throw who;
    const { name: adapter, supports } = view.reader;
    const { id, principal } = isRefused ? {} : who;
    const known = { ...(id !== undefined && { account: id }), ...(principal && { principal }) };
    terminal.show({ kind: "capabilities", capabilities: { adapter, ...known, supports, probes } });
    if (isRefused) throw who;
    return probes.every(({ allowed, optional }) => allowed || optional)
      ? exitStatus.done
      : exitStatus.error;
  });
}

/** A refusal, which does not end the questions. Throws any other error again. */
function refusalOf(error: unknown): AdapterError {
  if (error instanceof AdapterError && error.problem === "denied") return error;
  throw error;
}
