import type { Invocation } from "../command.ts";
import { exitStatus } from "../exit-status.ts";
import { verify } from "../../store/ledger/index.ts";
import { inLedger } from "../workspace.ts";

/** Checks whether the ledger was tampered with. */
export async function run(invocation: Invocation): Promise<number> {
  const { flags, terminal } = invocation;
  return inLedger(invocation, async (_, ledger) => {
    const found = await verify(ledger, flags.head);
    terminal.result(terminal.report.verification(found, terminal.style));
    return found.consistent && found.complete !== false ? exitStatus.done : exitStatus.error;
  });
}
