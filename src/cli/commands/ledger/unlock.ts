import type { WatchedLease } from "../../../model/ledger/ledger.ts";
import { say } from "../../../model/text/phrase.ts";
import type { LeaseHolder } from "../../../report/document.ts";
import { endLease } from "../../../store/ledger/lease/lease.ts";
import { exitStatus } from "../../output/exit-status.ts";
import type { Command, Invocation } from "../../parse/command.ts";
import type { Option } from "../../parse/option.ts";
import { wrong } from "../../parse/options.ts";
import { actor } from "../../project/actor.ts";
import { firstSeenIn, leasingOf, ownSurroundings } from "../../project/leasing.ts";
import { openToAppend } from "../../project/ledger.ts";
import { inProject } from "../../project/workspace.ts";

const options = [
  {
    flag: "--force",
    description: "end it at once, even if its holder may be alive; with --reason",
  },
  { flag: "--reason", value: "text", description: "why it is ended by force, for the record" },
] as const satisfies readonly Option[];

/** The `partnerctl ledger unlock` command. */
export const ledgerUnlockCommand: Command = {
  name: "ledger unlock",
  group: "ledger",
  summary: "show who holds the lease, and end a dead one",
  options,
  exits: { 0: "nobody holds it now", 1: wrong, 6: "its holder may be alive" },
  examples: [
    "partnerctl ledger unlock",
    'partnerctl ledger unlock --force --reason "the runner was switched off"',
  ],
  shows: ["lease"],
  load: () => import("./unlock.ts"),
};

function holderOf({ heldBy: owner, since, seconds, leftSeconds }: WatchedLease): LeaseHolder {
  return { owner, since, seconds, leftSeconds };
}

/**
 * Shows the holder of the lease. Ends a lease that has expired or whose process is dead; with
 * --force, any.
 */
export async function run(invocation: Invocation<typeof options>): Promise<number> {
  const { flags, terminal } = invocation;
  const { force, reason = "" } = flags;
  if ((force === true) !== (reason.trim() !== ""))
    return terminal.refuse(
      "usage/incomplete",
      say`Ending a lease by force takes both --force and --reason TEXT, which goes on record.`,
    );
  return inProject(
    invocation,
    async (workspace) => {
      const surroundings = ownSurroundings();
      const judging = {
        actor: actor(flags.actor, process.env),
        firstSeen: firstSeenIn(workspace, surroundings),
        ...surroundings,
      };
      const held = await endLease(openToAppend(workspace), {
        ...leasingOf(workspace, judging),
        ...(force && { reason }),
      });
      terminal.show({ kind: "lease", lease: held && holderOf(held) });
      if (held && !held.ended)
        terminal.remark(
          say`If its holder is dead, \`partnerctl ledger unlock --force --reason TEXT\` ends it at once.`,
        );
      if (held?.ended) terminal.remark(say`The lease was ended.`);
      return held && !held.ended ? exitStatus.locked : exitStatus.done;
    },
    { secretless: false },
  );
}
