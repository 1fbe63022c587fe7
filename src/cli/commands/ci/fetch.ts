import { resolve } from "node:path";
import { say } from "../../../model/text/phrase.ts";
import { replaceFile } from "../../../store/files/atomic-write.ts";
import type { Files } from "../../../store/git/branch-files.ts";
import { publishedFiles } from "../../../store/published-plans.ts";
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
import type { Option } from "../../parse/option.ts";
import { inProject } from "../../project/workspace.ts";

const options = [
  {
    flag: "--out",
    value: "file",
    values: "file",
    description: "the plan's file (default: plan.json)",
  },
] as const satisfies readonly Option[];

/** The `partnerctl ci fetch` command. */
export const ciFetchCommand: Command = {
  name: "ci fetch",
  group: "ci",
  summary:
    "get the plan that was published for these manifests, settings and policies, with its approvals",
  options,
  exits: { 0: "fetched", 1: "none was published, or an error" },
  examples: ["partnerctl ci fetch --out plan.json"],
  load: () => import("./fetch.ts"),
};

/**
 * Writes the published plan and its approvals to files. With the ledger's key, verifies who
 * published it.
 */
export async function run(invocation: Invocation<typeof options>): Promise<number> {
  const { flags, terminal } = invocation;
  return inProject(invocation, async (workspace) => {
    const found = await shelfOf(workspace);
    if (!found.ok) return showFailure(invocation, found.diagnostics);
    const { shelf, key } = found.value;
    const files = await onShelf(() => publishedFiles(shelf, key));
    if (!files.ok) return showFailure(invocation, files.diagnostics);
    const plan = files.value?.get(chief);
    if (files.value === undefined || plan === undefined)
      return showFailure(invocation, none.diagnostics);
    const mark = markOf(workspace, key, plan);
    if (mark !== undefined && !isMarked(files.value, mark))
      return showFailure(invocation, unmarked.diagnostics);
    const out = resolve(flags.out ?? chief);
    const approvals = [...files.value].filter(([name]) => approval.test(name));
    replaceFile(out, [plan], { mode: 0o600 });
    for (const [name, bytes] of approvals)
      replaceFile(out + name.slice(chief.length), [bytes], { mode: 0o600 });
    if (mark === undefined)
      terminal.remark(
        say`Who published it was not checked, for the ledger's key is not given here; where it is, fetch checks it.`,
      );
    terminal.told(say`Fetched ${key}; approvals: ${approvals.length}.`);
    return exitStatus.done;
  });
}

/** Anyone with push access can choose the file names, so a name must not lead out of the folder. */
const approval = /^plan\.json\.[A-Za-z0-9]+\.approval$/;

function isMarked(files: Files, mark: string): boolean {
  return (
    Buffer.from(files.get(markFile) ?? [])
      .toString("latin1")
      .trim() === mark
  );
}

const unmarked = refusal(
  "plan/unmarked",
  say`The published plan was not put there by anybody who has this ledger's key.`,
  say`Plan again where the key is set, and publish that: \`partnerctl plan --out plan.json\`, then \`partnerctl ci publish plan.json\`.`,
);

const none = refusal(
  "plan/none-published",
  say`No plan was published for these manifests, settings and policies.`,
  say`Plan them and publish that: \`partnerctl plan --out plan.json\`, then \`partnerctl ci publish plan.json\`.`,
);
