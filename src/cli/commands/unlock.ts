import { say } from "../../model/say.ts";
import { endLease } from "../../store/ledger/lease.ts";
import { actor } from "../actor.ts";
import type { Invocation } from "../command.ts";
import { exitStatus } from "../exit-status.ts";
import { openToAppend, owner } from "../ledger.ts";
import { inProject } from "../workspace.ts";

/** Shows who holds the lease, and ends a dead one. */
export async function run(invocation: Invocation): Promise<number> {
  const { flags, terminal } = invocation;
  return inProject(
    invocation,
    async (workspace) => {
      const { leaseSeconds = 300 } = workspace.project.settings.ledger ?? {};
      const { force } = flags;
      const held = await endLease(openToAppend(workspace), {
        owner: owner(actor(flags.actor, process.env)),
        now: () => new Date(),
        leaseSeconds,
        ...(force && { force }),
      });
      terminal.result(terminal.report.lease(held && { owner: held.heldBy, since: held.since, until: held.until }, terminal.style));
      if (held?.ended) terminal.remark(say`The lease was ended.`);
      return held && !held.ended ? exitStatus.locked : exitStatus.done;
    },
    { secretless: false },
  );
}
