import type { Invocation } from "../parse/command.ts";
import { exitStatus } from "../output/exit-status.ts";
import { inAccount } from "../project/workspace.ts";

/** Signs in, asks whether what is needed is allowed, and shows what the backend can and cannot do. */
export async function run(invocation: Invocation): Promise<number> {
  const { terminal } = invocation;
  return inAccount(invocation, async (_, { view }) => {
    const { id, principal } = await view.reader.account(view.signal);
    const probes = (await view.reader.probe?.(view.signal)) ?? [];
    const { name, supports } = view.reader;
    terminal.result(
      terminal.report.capabilities(
        { adapter: name, account: id, ...(principal !== undefined && { principal }), supports, probes },
        terminal.style,
      ),
    );
    return probes.every(({ allowed }) => allowed) ? exitStatus.done : exitStatus.error;
  });
}
