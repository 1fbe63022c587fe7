import { existsSync } from "node:fs";
import type { Diagnostic } from "../../../model/diagnostic.ts";
import { say } from "../../../model/text/phrase.ts";
import { ofAnotherDay } from "../../../operations/another-day.ts";
import { approvalFiles } from "../../../store/approvals/approval-files.ts";
import { isSealed } from "../../../store/credentials/seal.ts";
import { most, readInput, readOwn } from "../../../store/files/read-input.ts";
import { publishFiles } from "../../../store/published-plans.ts";
import { readPlan } from "../../files/plan-file.ts";
import {
  chief,
  markFile,
  markOf,
  onShelf,
  refusal,
  shelfOf,
  showFailure,
} from "../../files/published-plans.ts";
import { exitStatus } from "../../output/exit-status.ts";
import type { Command, Invocation } from "../../parse/command.ts";
import { wrong } from "../../parse/options.ts";
import { inProject } from "../../project/workspace.ts";

/** The `partnerctl ci publish` command. */
export const ciPublishCommand: Command = {
  name: "ci publish",
  group: "ci",
  summary:
    "put a plan and its approvals where ci fetch finds them: on a branch beside the git ledger",
  arguments: [
    {
      name: "plan.json",
      description: "the plan's file; the approvals beside it go along",
      required: true,
      values: "file",
    },
  ],
  exits: { 0: "published", 1: wrong },
  examples: ["partnerctl ci publish plan.json"],
  load: () => import("./publish.ts"),
};

/** Publishes a plan and its approvals for `ci fetch`. */
export async function run(invocation: Invocation): Promise<number> {
  const { words, terminal } = invocation;
  const [file = ""] = words;
  return inProject(invocation, async (workspace) => {
    const found = existsSync(file)
      ? await shelfOf(workspace)
      : refusal("plan/missing", say`${file}: there is no such file.`);
    if (!found.ok) return showFailure(invocation, found.diagnostics);
    const { shelf, key } = found.value;
    const read = readInput(file, { limit: most.document });
    if (!read.ok) return showFailure(invocation, read.diagnostics);
    const plan = read.value;
    const wrong = isSealed(plan) ? [] : await problemsOf(file);
    if (wrong.length > 0) return showFailure(invocation, wrong);
    const approvals = approvalFiles(file).flatMap((path): [string, Uint8Array][] => {
      const bytes = readOwn(path, most.small);
      return bytes ? [[chief + path.slice(file.length), bytes]] : [];
    });
    const mark = markOf(workspace, key, plan);
    const marked: readonly [string, Uint8Array][] =
      mark === undefined ? [] : [[markFile, Buffer.from(`${mark}\n`)]];
    const done = await onShelf(() =>
      publishFiles(shelf, key, { chief, files: new Map([[chief, plan], ...marked, ...approvals]) }),
    );
    if (!done.ok) return showFailure(invocation, done.diagnostics);
    if (!isSealed(plan))
      terminal.remark(
        say`The plan is not sealed: whoever can read the repository can read it (partnerctl plan --seal).`,
      );
    terminal.told(say`Published as ${key}; approvals: ${approvals.length}.`);
    return exitStatus.done;
  });
}

/**
 * Why an unencrypted plan may not be published: it is invalid, or was made for another day (--at).
 */
async function problemsOf(file: string): Promise<readonly Diagnostic[]> {
  const plan = await readPlan(file);
  const looking = plan.ok ? ofAnotherDay(plan.value) : undefined;
  return looking ? [looking] : plan.diagnostics;
}
