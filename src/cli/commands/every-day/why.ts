import { renewalsOf } from "../../../kinds/subscription/renewal/rows.ts";
import { catalogueByDay } from "../../../operations/project/catalogue-by-day.ts";
import { whyWith } from "../../../operations/why.ts";
import type { Command, Invocation } from "../../parse/command.ts";
import { exitStatus, statusOf } from "../../output/exit-status.ts";
import { inAccount } from "../../project/workspace.ts";
import { unreachable, wrong } from "../../parse/options.ts";

/** The `partnerctl why` command. */
export const whyCommand: Command = {
  name: "why",
  group: "everyDay",
  summary: "explain why an object changes, or why it does not",
  arguments: [
    {
      name: "address",
      description: "an object: Customer/fabrikam",
      required: true,
      values: "address",
    },
  ],
  exits: { 0: "explained", 1: wrong, 7: unreachable },
  examples: ["partnerctl why Subscription/fabrikam/office-e3"],
  shows: ["explanation"],
  load: () => import("./why.ts"),
};

/** Explains why an object changes or does not change. */
export async function run(invocation: Invocation): Promise<number> {
  const { words, terminal } = invocation;
  const [address = ""] = words;
  return inAccount(invocation, async ({ project }, { view }) => {
    const explained = await whyWith(project, view, address);
    if (!explained.ok) {
      terminal.diagnostics(explained.diagnostics);
      return statusOf(explained.diagnostics);
    }
    const { explanation, asOf, object, offers } = explained.value;
    const { renewals } = project.settings;
    const within = "P5Y";
    const catalogueOn = catalogueByDay(view, offers).on;
    const [renewal] = object
      ? renewalsOf([object], { asOf, within, renewals, catalogueOn }).rows
      : [];
    terminal.show({
      kind: "explanation",
      explanation: { ...explanation, ...(renewal && { renewal }) },
    });
    return explanation.verdict === "unknown" ? exitStatus.error : exitStatus.done;
  });
}
