import { offerRows } from "../../kinds/prices/offer-rows.ts";
import { readCatalogue } from "../../operations/catalogue.ts";
import type { Invocation } from "../parse/command.ts";
import { exitStatus } from "../output/exit-status.ts";
import { inAccount } from "../project/workspace.ts";

/** Lists the catalogue with prices. */
export async function run(invocation: Invocation): Promise<number> {
  const { flags, terminal } = invocation;
  return inAccount(invocation, async ({ project }, { view }) => {
    const read = await readCatalogue(project, view, flags.at ?? view.now().slice(0, 10));
    if (!read.ok) {
      terminal.diagnostics(read.diagnostics);
      return exitStatus.error;
    }
    terminal.aside(read.diagnostics);
    terminal.result(
      terminal.report.offers(offerRows(read.value.offers, read.value.catalogue, project.settings.offers ?? {}), terminal.style),
    );
    return exitStatus.done;
  });
}
