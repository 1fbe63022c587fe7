import { isAbsolute, relative } from "node:path";
import type { Diagnostic } from "../../../model/diagnostic.ts";
import { type Event, LedgerRefused } from "../../../model/ledger/ledger.ts";
import { notFounded } from "../../../model/ledger/ledger-key-problems.ts";
import { say } from "../../../model/text/say.ts";
import { lockedDiagnostic } from "../../../operations/settle/settle.ts";
import { actor } from "../../project/actor.ts";
import type { Invocation } from "../../parse/command.ts";
import { exitStatus } from "../../output/exit-status.ts";
import { openToAppend, stateUnderAnyKey } from "../../project/ledger.ts";
import type { Repair } from "../../../store/ledger/chain/byte-log.ts";
import { confirmRekey, nextKey } from "../../files/rekey.ts";
import type { Workspace } from "../../project/project.ts";
import { inProject } from "../../project/workspace.ts";

/** Repairs a damaged ledger, or changes its key. */
export async function run(invocation: Invocation): Promise<number> {
  const { words, terminal } = invocation;
  const [what = ""] = words;
  if (what === "repair") return inProject(invocation, (workspace) => repair(workspace, invocation));
  if (what === "rekey") return inProject(invocation, (workspace) => rekey(workspace, invocation));
  terminal.problem(say`Say what to do with the ledger: repair or rekey.`);
  return exitStatus.error;
}

async function repair(workspace: Workspace, { flags, terminal }: Invocation): Promise<number> {
  const { seq, head, restored, aside } = await openToAppend(workspace).repair();
  if (!restored) terminal.remark(say`Nothing to repair: every entry is signed up to entry ${seq} (${head}).`);
  else terminal.remark(say`Repaired: the ledger ends with entry ${seq} (${head}).`);
  if (aside !== undefined)
    terminal.remark(say`What stood there instead is kept: ${aside}. Look through it: it may tell of changes that were made.`);
  if (restored) await recordRepair(workspace, { head, aside }, { flags, terminal });
  return exitStatus.done;
}

/** The ledger tells of its repair itself; whoever has no key for it may repair it, but writes nothing into it. */
async function recordRepair(
  workspace: Workspace,
  { head, aside }: Pick<Repair, "head" | "aside">,
  { flags, terminal }: Pick<Invocation, "flags" | "terminal">,
): Promise<void> {
  const event: Event = {
    at: new Date().toISOString(),
    type: "repaired",
    actor: actor(flags.actor, process.env),
    // The path of a copy means something to others from the project's root on.
    ...(aside !== undefined && { aside: isAbsolute(aside) ? relative(workspace.root, aside) : aside }),
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
  return {
    severity: "warning",
    code: "ledger/repair-unrecorded",
    message: say`The ledger was repaired, but holds no entry about it: ${message}.`,
    hint: say`Repair it with the ledger's key at hand, where there is one.`,
  };
}

async function rekey(workspace: Workspace, { flags, terminal }: Invocation): Promise<number> {
  const state = await stateUnderAnyKey(workspace);
  if (state.id === "") {
    terminal.diagnostics([notFounded]);
    return exitStatus.error;
  }
  const open = Object.values(state.open).map(({ change }) => change);
  if (state.lease ?? open.length > 0) {
    terminal.diagnostics([state.lease ? lockedDiagnostic({ ...state.lease, leftSeconds: state.lease.seconds }) : stillOpen(open)]);
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
  return {
    severity: "error",
    code: "ledger/open-writes",
    message: say`The key cannot be changed while the outcome of ${changes.join(", ")} is open: its digests could not be compared any more.`,
    hint: say`let \`partnerctl apply\` look for it, or settle it`,
  };
}
