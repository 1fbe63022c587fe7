import type { Diagnostic } from "../../../model/diagnostic.ts";
import { notFounded } from "../../../model/ledger/ledger-key-problems.ts";
import { say } from "../../../model/text/phrase.ts";
import { record } from "../../../model/text/recorded.ts";
import { lockedDiagnostic } from "../../../operations/settle/settle.ts";
import { confirmRekey, nextKey } from "../../files/rekey.ts";
import { exitStatus } from "../../output/exit-status.ts";
import type { Command, Invocation } from "../../parse/command.ts";
import type { Option } from "../../parse/option.ts";
import { wrong } from "../../parse/options.ts";
import { actor } from "../../project/actor.ts";
import { openToAppend, stateUnderAnyKey } from "../../project/ledger.ts";
import type { Workspace } from "../../project/project.ts";
import { inProject } from "../../project/workspace.ts";

const options = [
  {
    flag: "--new-key",
    value: "file",
    values: "file",
    description: "the file of the new key, where the ledger is given its key",
  },
  {
    flag: "--reason",
    value: "text",
    description: "why, which is recorded; needed where the old key is lost",
  },
] as const satisfies readonly Option[];

/** The `partnerctl ledger rekey` command. */
export const ledgerRekeyCommand: Command = {
  name: "ledger rekey",
  group: "ledger",
  summary: "change the ledger's key",
  options,
  exits: { 0: "changed, or the key is in force already", 1: wrong, 6: "locked by another run" },
  examples: ["partnerctl ledger rekey --new-key new-key.txt --reason 'A keeper has left.'"],
  load: () => import("./rekey.ts"),
};

/** Replaces the ledger's signing key. Refuses while a lease is held or an outcome is unknown. */
export function run(invocation: Invocation<typeof options>): Promise<number> {
  return inProject(invocation, (workspace) => rekey(workspace, invocation));
}

async function rekey(
  workspace: Workspace,
  { flags, terminal }: Invocation<typeof options>,
): Promise<number> {
  const state = await stateUnderAnyKey(workspace);
  if (state.id === "") {
    terminal.diagnostics([notFounded]);
    return exitStatus.error;
  }
  const open = Object.values(state.open).map(({ change }) => change);
  if (state.lease ?? open.length > 0) {
    terminal.diagnostics([
      state.lease
        ? lockedDiagnostic({ ...state.lease, leftSeconds: state.lease.seconds })
        : stillOpen(open),
    ]);
    return state.lease ? exitStatus.locked : exitStatus.error;
  }
  const next = nextKey(workspace, state, flags.newKey);
  if (!next.ok) {
    terminal.diagnostics(next.diagnostics);
    return exitStatus.error;
  }
  const { reason } = flags;
  if (!next.value.inForce)
    await openToAppend(workspace).rekey({
      next: next.value.key,
      actor: actor(flags.actor, process.env),
      ...(reason !== undefined && { reason }),
    });
  terminal.remark(confirmRekey(workspace, next.value));
  return exitStatus.done;
}

function stillOpen(changes: readonly string[]): Diagnostic {
  return record({
    severity: "error",
    code: "ledger/open-writes",
    message: say`The key cannot be changed while the outcome of ${{ list: changes }} is open: its digests could not be compared any more.`,
    hint: say`Let \`partnerctl apply\` look for it, or settle it.`,
  });
}
