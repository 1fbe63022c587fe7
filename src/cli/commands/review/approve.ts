import type { Approval } from "../../../model/plan/approval.ts";
import type { Diagnostic } from "../../../model/diagnostic.ts";
import type { Plan } from "../../../model/plan/plan.ts";
import { say } from "../../../model/text/phrase.ts";
import { approve } from "../../../operations/approve.ts";
import { approvalPath, writeApproval } from "../../../store/approvals/approval-files.ts";
import { signWith } from "../../../store/approvals/ssh-signature.ts";
import { examiner, outstandingApprovals } from "../../files/approvals.ts";
import type { Command, Invocation } from "../../parse/command.ts";
import { exitStatus } from "../../output/exit-status.ts";
import { readPlan } from "../../files/plan-file.ts";
import type { Workspace } from "../../project/project.ts";
import { signingKey } from "../../project/signing-key.ts";
import { inProject } from "../../project/workspace.ts";
import type { Option } from "../../parse/option.ts";
import { wrong } from "../../parse/options.ts";

const options = [
  {
    flag: "--key",
    value: "file",
    values: "file",
    description: "the SSH key, or the .pub of one an agent holds (default: the one git signs with)",
  },
  { flag: "--note", value: "text", description: "a remark that is signed too, one line" },
] as const satisfies readonly Option[];

/** The `partnerctl approve` command. */
export const approveCommand: Command = {
  name: "approve",
  group: "review",
  summary: "show a plan and sign that it may be applied, with an SSH key",
  arguments: [
    {
      name: "plan.json",
      description: "the plan's file; the approval is written beside it",
      required: true,
      values: "file",
    },
  ],
  options,
  exits: { 0: "approved", 1: wrong, 5: "this key may not approve" },
  examples: [
    "partnerctl approve plan.json",
    'partnerctl approve plan.json --key ~/.ssh/id_ed25519 --note "as agreed"',
  ],
  shows: ["approval"],
  load: () => import("./approve.ts"),
};

/** Shows a plan and signs its digest. Writes the approval beside the plan and to stdout. */
export async function run(invocation: Invocation<typeof options>): Promise<number> {
  const { words, flags, terminal } = invocation;
  const [file = ""] = words;
  return inProject(invocation, async (workspace) => {
    const [plan, key] = [await readPlan(file), signingKey(flags.key)];
    if (!plan.ok || !key.ok) return refused(invocation, [...plan.diagnostics, ...key.diagnostics]);
    terminal.preview({ kind: "plan", plan: plan.value });
    const approved = await approve({
      plan: plan.value,
      now: new Date().toISOString(),
      ...(flags.note !== undefined && { note: flags.note }),
      sign: (statement) => signWith(key.value, statement),
      examine: examiner(workspace),
    });
    if (!approved.ok) return refused(invocation, approved.diagnostics);
    await keep(invocation, { workspace, file, plan: plan.value, approval: approved.value });
    return exitStatus.done;
  });
}

interface Kept {
  readonly workspace: Workspace;
  readonly file: string;
  readonly plan: Plan;
  readonly approval: Approval;
}

async function keep(
  { terminal }: Invocation<typeof options>,
  { workspace, file, plan, approval }: Kept,
): Promise<void> {
  const path = approvalPath(file, approval.fingerprint);
  writeApproval(path, approval);
  terminal.remark(
    say`Approved as ${approval.principal}; written to ${path}, which travels with the plan.`,
  );
  terminal.aside(await outstandingApprovals(workspace, file, plan));
  terminal.show({ kind: "approval", approval });
}

/**
 * Shows why the plan was not approved. The status is that of a guard if the key may not approve.
 */
function refused(
  { terminal }: Invocation<typeof options>,
  diagnostics: readonly Diagnostic[],
): number {
  terminal.diagnostics(diagnostics);
  const stopped = diagnostics.some(
    ({ code }) => code === "approval/stranger" || code === "approval/key-expired",
  );
  return stopped ? exitStatus.guarded : exitStatus.error;
}
