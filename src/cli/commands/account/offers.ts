import { offerRows } from "../../../kinds/prices/offer-rows.ts";
import { readCatalogue } from "../../../operations/catalogue.ts";
import type { Command, Invocation } from "../../parse/command.ts";
import { exitStatus, statusOf } from "../../output/exit-status.ts";
import { inAccount } from "../../project/workspace.ts";
import type { Option } from "../../parse/option.ts";
import { at, unreachable, wrong } from "../../parse/options.ts";

const options = [at] as const satisfies readonly Option[];

/** The `partnerctl offers` command. */
export const offersCommand: Command = {
  name: "offers",
  group: "account",
  summary: "list the catalogue with prices",
  options,
  exits: { 0: "listed", 1: wrong, 7: unreachable },
  examples: ["partnerctl offers", "partnerctl offers --at 2026-12-01 --format json"],
  shows: ["offers"],
  load: () => import("./offers.ts"),
};

/** Lists the catalogue with prices. */
export async function run(invocation: Invocation<typeof options>): Promise<number> {
  const { flags, terminal } = invocation;
  return inAccount(invocation, async ({ project }, { view }) => {
    const read = await readCatalogue(project, view, flags.at ?? view.now().slice(0, 10));
    if (!read.ok) {
      terminal.diagnostics(read.diagnostics);
      return statusOf(read.diagnostics);
    }
    terminal.aside(read.diagnostics);
    const { offers, catalogue } = read.value;
    const rows = offerRows(offers, catalogue, project.settings.offers);
    terminal.show({ kind: "offers", offers: rows });
    return exitStatus.done;
  });
}
