import { isAbsolute, relative } from "node:path";
import type { Diagnostic } from "../../../model/diagnostic.ts";
import { type Event, LedgerRefused } from "../../../model/ledger/ledger.ts";
import { say } from "../../../model/text/phrase.ts";
import { record } from "../../../model/text/recorded.ts";
import type { Repair } from "../../../store/ledger/chain/stored-ledger.ts";
import { exitStatus } from "../../output/exit-status.ts";
import type { Command, Invocation } from "../../parse/command.ts";
import type { Option } from "../../parse/option.ts";
import { wrong } from "../../parse/options.ts";
import { actor } from "../../project/actor.ts";
import { openToAppend } from "../../project/ledger.ts";
import type { Workspace } from "../../project/project.ts";
import { inProject } from "../../project/workspace.ts";

const options = [
  { flag: "--reason", value: "text", description: "why, which is recorded" },
] as const satisfies readonly Option[];

/** The `partnerctl ledger repair` command. */
export const ledgerRepairCommand: Command = {
  name: "ledger repair",
  group: "ledger",
  summary:
    "bring a damaged ledger back to the last entry that is signed; what stood there instead is kept",
  options,
  exits: { 0: "repaired, or nothing to repair", 1: wrong },
  examples: ["partnerctl ledger repair", 'partnerctl ledger repair --reason "The disk was full."'],
  load: () => import("./repair.ts"),
};

/** Restores a damaged ledger to its last validly signed state. */
export function run(invocation: Invocation<typeof options>): Promise<number> {
  return inProject(invocation, (workspace) => repair(workspace, invocation));
}

async function repair(
  workspace: Workspace,
  { flags, terminal }: Invocation<typeof options>,
): Promise<number> {
  const { seq, head, restored, aside } = await openToAppend(workspace).repair();
  if (!restored)
    terminal.remark(say`Nothing to repair: every entry is signed up to entry ${seq} (${head}).`);
  else terminal.remark(say`Repaired: the ledger ends with entry ${seq} (${head}).`);
  if (aside !== undefined)
    terminal.remark(
      say`What stood there instead is kept: ${aside}. Look through it: it may tell of changes that were made.`,
    );
  if (restored) await recordRepair(workspace, { head, aside }, { flags, terminal });
  return exitStatus.done;
}

/**
 * Records the repair in the ledger. Shows a warning if the ledger refuses it, for example without
 * its key.
 */
async function recordRepair(
  workspace: Workspace,
  { head, aside }: Pick<Repair, "head" | "aside">,
  { flags, terminal }: Pick<Invocation<typeof options>, "flags" | "terminal">,
): Promise<void> {
  const event: Event = {
    at: new Date().toISOString(),
    type: "repaired",
    actor: actor(flags.actor, process.env),
    // Relative to the project root, because absolute paths mean nothing on other machines.
    ...(aside !== undefined && {
      aside: isAbsolute(aside) ? relative(workspace.root, aside) : aside,
    }),
    ...(flags.reason !== undefined && { reason: flags.reason }),
  };
  try {
    await openToAppend(workspace).append([event], head);
  } catch (error) {
    if (!(error instanceof LedgerRefused)) throw error;
    terminal.diagnostics([unrecorded(error)]);
  }
}

function unrecorded({ message }: LedgerRefused): Diagnostic {
  return record({
    severity: "warning",
    code: "ledger/repair-unrecorded",
    message: say`The ledger was repaired, but holds no entry about it: ${message}.`,
    hint: say`Repair it with the ledger's key at hand, where there is one.`,
  });
}
