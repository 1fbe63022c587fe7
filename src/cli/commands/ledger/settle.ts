import type { Diagnostic } from "../../../model/diagnostic.ts";
import { say } from "../../../model/text/phrase.ts";
import { openOutcomes } from "../../../operations/settle/open-outcomes.ts";
import { settle } from "../../../operations/settle/settle.ts";
import { settleByReading } from "../../../operations/settle/settle-by-reading.ts";
import { exitStatus, statusOf } from "../../output/exit-status.ts";
import type { Terminal } from "../../output/terminal.ts";
import type { Command, Invocation } from "../../parse/command.ts";
import type { Option } from "../../parse/option.ts";
import { unreachable, wrong } from "../../parse/options.ts";
import { actor } from "../../project/actor.ts";
import { openStoredLedger, statesOf } from "../../project/ledger.ts";
import { inAccount, inProject } from "../../project/workspace.ts";

const options = [
  {
    flag: "--by-reading",
    description: "look in the account, record what it tells, and list what stays unknown",
  },
  {
    flag: "--id",
    value: "id",
    description: "it happened, and this is the id of what it made or changed",
  },
  { flag: "--did-not-happen", description: "it did not happen" },
] as const satisfies readonly Option[];

/** The `partnerctl ledger settle` command. */
export const ledgerSettleCommand: Command = {
  name: "ledger settle",
  group: "ledger",
  summary: "list the writes whose outcome stayed unknown, and settle them",
  arguments: [
    {
      name: "change",
      description: "the change, as the receipt names it: Customer/fabrikam#1 (default: list all)",
      values: "open-change",
    },
  ],
  options,
  exits: {
    0: "recorded, or nothing is open",
    1: wrong,
    3: "some outcomes are not known",
    6: "locked by another run",
    7: unreachable,
  },
  examples: [
    "partnerctl ledger settle",
    "partnerctl ledger settle --by-reading",
    "partnerctl ledger settle Customer/fabrikam#1 --did-not-happen",
  ],
  shows: ["diagnostics"],
  load: () => import("./settle.ts"),
};

/**
 * Lists the writes with an unknown outcome, or settles them: by reading the account, or as the user
 * states.
 */
export async function run(invocation: Invocation<typeof options>): Promise<number> {
  const { words, flags, terminal } = invocation;
  const [change] = words;
  const { id, didNotHappen, byReading } = flags;
  const word = id !== undefined || didNotHappen === true;
  if ((change !== undefined) !== word || (byReading && word) || (id !== undefined && didNotHappen))
    return terminal.refuse(
      "usage/incomplete",
      say`Say how it ended: partnerctl ledger settle CHANGE and either --id ID (it happened) or --did-not-happen.`,
    );
  if (change !== undefined) return settleOne(invocation, change);
  if (byReading)
    return inAccount(invocation, async ({ project }, { view, writers }) =>
      listed(await settleByReading(project, view, writers), terminal),
    );
  return inProject(invocation, async (workspace) =>
    listed(openOutcomes(await statesOf(workspace, openStoredLedger(workspace))()), terminal),
  );
}

function settleOne(invocation: Invocation<typeof options>, change: string): Promise<number> {
  const { flags, terminal } = invocation;
  const { id, didNotHappen } = flags;
  return inAccount(invocation, async ({ project }, { view, writers }) => {
    const said = await settle(project, view, writers, {
      change,
      actor: actor(flags.actor, process.env),
      ...(id !== undefined && { id }),
      ...(didNotHappen && { didNotHappen }),
    });
    if (said.length > 0) terminal.diagnostics(said);
    else
      terminal.remark(
        say`Recorded: ${change} ${didNotHappen ? say`did not happen` : say`happened, as ${id ?? ""}`}.`,
      );
    return statusOf(said);
  });
}

function listed(open: readonly Diagnostic[], terminal: Terminal): number {
  terminal.show({ kind: "diagnostics", diagnostics: open });
  if (open.length === 0) terminal.remark(say`No outcome is open.`);
  const wrong = statusOf(open);
  return wrong === exitStatus.done && open.length > 0 ? exitStatus.partly : wrong;
}
