import { existsSync } from "node:fs";
import { say } from "../../../model/text/phrase.ts";
import { wordingOf } from "../../../model/text/worded-error.ts";
import { most } from "../../../store/files/read-input.ts";
import { HostFailed, reviewOf, writeComment } from "../../../store/hosts/index.ts";
import { readText } from "../../files/text-file.ts";
import { exitStatus } from "../../output/exit-status.ts";
import type { Command, Invocation } from "../../parse/command.ts";
import type { Option } from "../../parse/option.ts";
import { wrong } from "../../parse/options.ts";

const options = [
  { flag: "--name", value: "name", description: "which comment is replaced (default: plan)" },
] as const satisfies readonly Option[];

/** The `partnerctl ci comment` command. */
export const ciCommentCommand: Command = {
  name: "ci comment",
  group: "ci",
  summary:
    "put a report on the pull request or merge request this pipeline runs for, in place of the last one",
  arguments: [
    {
      name: "report.md",
      description: "a file of Markdown, as --format markdown prints it",
      required: true,
      values: "file",
    },
  ],
  options,
  exits: { 0: "commented", 1: wrong },
  examples: ["partnerctl ci comment plan.md", "partnerctl ci comment drift.md --name drift"],
  load: () => import("./comment.ts"),
};

/**
 * Posts a report as a comment on the pull request or merge request, or replaces the earlier
 * comment.
 */
export async function run({
  words: [file = ""],
  flags,
  terminal,
}: Invocation<typeof options>): Promise<number> {
  if (!existsSync(file)) return terminal.refuse("file/missing", say`There is no file ${file}.`);
  const text = readText(file, most.manifest);
  if (!text.ok) {
    terminal.diagnostics(text.diagnostics);
    return exitStatus.error;
  }
  try {
    const done = await writeComment(reviewOf(process.env), flags.name ?? "plan", text.value);
    terminal.remark(done === "added" ? say`Commented.` : say`Commented, in place of the last one.`);
    return exitStatus.done;
  } catch (error) {
    if (!(error instanceof HostFailed)) throw error;
    return terminal.refuse("comment/failed", say`Not commented: ${wordingOf(error)}.`);
  }
}
