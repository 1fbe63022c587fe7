import { diff } from "../../../operations/export/diff.ts";
import { blockingProblems } from "../../../operations/plan/plan.ts";
import { readPolicing } from "../../../operations/project/policy.ts";
import type { Command, Invocation } from "../../parse/command.ts";
import { exitStatus, gravest } from "../../output/exit-status.ts";
import { pricedOn } from "../../project/prices.ts";
import { sourcesAt } from "../../files/sources-at.ts";
import { inProject } from "../../project/workspace.ts";
import type { Option } from "../../parse/option.ts";
import { at, detailed, wrong } from "../../parse/options.ts";

const options = [at, detailed] as const satisfies readonly Option[];

/** The `partnerctl diff` command. */
export const diffCommand: Command = {
  name: "diff",
  group: "everyDay",
  summary: "compare two folders or two git revisions, without a backend",
  arguments: [
    { name: "from", description: "a folder or a git revision", required: true, values: "compared" },
    { name: "to", description: "a folder or a git revision", required: true, values: "compared" },
  ],
  options,
  exits: { 0: "compared", 1: wrong, 2: "changes (only with --detailed-exitcode)" },
  examples: [
    "partnerctl diff main HEAD",
    "partnerctl diff old/manifests new/manifests --format markdown",
  ],
  shows: ["plan"],
  load: () => import("./diff.ts"),
};

/** Compares two folders or git revisions, without a backend. */
export async function run(invocation: Invocation<typeof options>): Promise<number> {
  const { words, flags, terminal } = invocation;
  const [from = "", to = ""] = words;
  return inProject(invocation, async (workspace) => {
    const before = await sourcesAt(workspace, from);
    const after = await sourcesAt(workspace, to);
    if (!before.ok || !after.ok) {
      terminal.diagnostics([...before.diagnostics, ...after.diagnostics]);
      return exitStatus.error;
    }
    const asOf = flags.at ?? new Date().toISOString().slice(0, 10);
    const prices = pricedOn(workspace, [], asOf);
    const policies = await readPolicing(workspace.project);
    if (!prices.ok || !policies.ok) {
      terminal.diagnostics([...prices.diagnostics, ...policies.diagnostics]);
      return exitStatus.error;
    }
    const unread = [...before.diagnostics, ...after.diagnostics];
    const options = {
      asOf,
      name: from,
      prices: prices.value,
      ...(policies.value && { policies: policies.value }),
      ...(unread.length > 0 && { partial: true as const }),
    };
    const compared = diff(workspace.project, before.value, after.value, options);
    if (!compared.ok) {
      terminal.diagnostics(compared.diagnostics);
      return exitStatus.error;
    }
    terminal.aside([...unread, ...compared.diagnostics]);
    terminal.show({ kind: "plan", plan: compared.value });
    return gravest([
      ...(blockingProblems(compared.value).length > 0 ? [exitStatus.error] : []),
      ...(flags.detailedExitcode && compared.value.changes.length > 0 ? [exitStatus.pending] : []),
    ]);
  });
}
