import { say, type Wording } from "../../../model/text/phrase.ts";
import { formatsFor } from "../../../report/index.ts";
import { shownApprovals } from "../../files/approvals.ts";
import { readPlan } from "../../files/plan-file.ts";
import { readReceipt } from "../../files/receipt-file.ts";
import { exitStatus } from "../../output/exit-status.ts";
import type { Command, Invocation } from "../../parse/command.ts";
import type { Flags } from "../../parse/flags.ts";
import { wrong } from "../../parse/options.ts";
import { openProject, type Workspace } from "../../project/project.ts";
import { projectFolder } from "../../project/project-folder.ts";

/** The `partnerctl show` command. */
export const showCommand: Command = {
  name: "show",
  group: "review",
  summary: "show a saved plan with the approvals beside it, or a saved receipt",
  arguments: [
    {
      name: "file.json",
      description: "a plan's file, sealed or not, or a receipt that apply --format json printed",
      required: true,
      values: "file",
    },
  ],
  exits: { 0: "shown", 1: wrong },
  examples: ["partnerctl show plan.json --format html > plan.html", "partnerctl show receipt.json"],
  shows: ["plan", "receipt"],
  showsOne: true,
  load: () => import("./show.ts"),
};

/** Shows a saved plan with its approvals, or a saved receipt. */
export async function run(invocation: Invocation): Promise<number> {
  const { words, terminal } = invocation;
  const [file = ""] = words;
  const receipt = await readReceipt(file);
  if (receipt) {
    const refused = unable(file, invocation.flags);
    if (refused !== undefined) return terminal.refuse("usage/format", refused);
    terminal.show({ kind: "receipt", receipt });
    return exitStatus.done;
  }
  const [plan, workspace] = [await readPlan(file), await projectAround(invocation)];
  if (!plan.ok) {
    terminal.diagnostics(plan.diagnostics);
    return exitStatus.error;
  }
  const { held, diagnostics } = await shownApprovals(workspace, file, plan.value);
  terminal.aside(diagnostics);
  terminal.show({ kind: "plan", plan: plan.value, approvals: held });
  return exitStatus.done;
}

/** Why the receipt cannot be shown in a requested format. Undefined if it can. */
function unable(file: string, { format, save = [] }: Flags): Wording | undefined {
  const able = formatsFor(["receipt"]);
  const refused = [format, ...save.map((one) => one.format)].find((name) => !able.includes(name));
  return (
    refused &&
    say`${file} cannot be shown as ${refused}: expected ${{ list: able.map((name) => `"${name}"`) }}.`
  );
}

/** The project, if there is one with valid settings. A plan can be shown without it. */
async function projectAround({
  flags,
  terminal,
  version,
}: Invocation): Promise<Workspace | undefined> {
  if (projectFolder(flags.project) === undefined) return undefined;
  const opened = await openProject(flags, version);
  terminal.aside(opened.diagnostics);
  return opened.ok ? opened.value : undefined;
}
