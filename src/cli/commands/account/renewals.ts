import { renewalsOf } from "../../../kinds/subscription/renewal/rows.ts";
import { readTerms } from "../../../operations/renewals.ts";
import { exitStatus, statusOf } from "../../output/exit-status.ts";
import type { Command, Invocation } from "../../parse/command.ts";
import type { Option } from "../../parse/option.ts";
import { at, unreachable, wrong } from "../../parse/options.ts";
import { inAccount } from "../../project/workspace.ts";

const options = [
  {
    flag: "--within",
    value: "period",
    shape: "period",
    description: "the ends of terms in the next days, weeks or months (default: P60D)",
  },
  at,
] as const satisfies readonly Option[];

/** The `partnerctl renewals` command. */
export const renewalsCommand: Command = {
  name: "renewals",
  group: "account",
  summary: "list the ends of terms, what is decided about them, and what they cost then",
  options,
  exits: { 0: "listed", 1: wrong, 7: unreachable },
  examples: [
    "partnerctl renewals --within P3M",
    "partnerctl renewals --format html > renewals.html",
    "partnerctl renewals --within P1Y --format ics > renewals.ics",
  ],
  shows: ["renewals"],
  load: () => import("./renewals.ts"),
};

/** Lists the ends of terms. */
export async function run(invocation: Invocation<typeof options>): Promise<number> {
  const { flags, terminal } = invocation;
  return inAccount(invocation, async ({ project }, { view }) => {
    const read = await readTerms(project, view, flags.at);
    if (!read.ok) {
      terminal.diagnostics(read.diagnostics);
      return statusOf(read.diagnostics);
    }
    const { asOf, objects, catalogue } = read.value;
    const renewals = renewalsOf(objects, {
      asOf,
      within: flags.within ?? "P60D",
      renewals: project.settings.renewals,
      catalogueOn: catalogue.on,
    });
    terminal.aside([...read.diagnostics, ...catalogue.problems]);
    terminal.show({ kind: "renewals", renewals });
    return exitStatus.done;
  });
}
