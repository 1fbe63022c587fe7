import { relative, resolve } from "node:path";
import { say, type Wording } from "../../../model/text/phrase.ts";
import { exitStatus } from "../../output/exit-status.ts";
import type { Command, Invocation } from "../../parse/command.ts";
import type { Option } from "../../parse/option.ts";
import { unreachable, wrong } from "../../parse/options.ts";
import { type PipelineFile, pipelineFile, pipelineHosts } from "../../pipeline-file.ts";
import { firstAccount } from "../../scaffold/account.ts";
import { writeProject } from "../../scaffold/project-files.ts";
import { settings } from "../../scaffold/settings.ts";

const options = [
  {
    flag: "--pipeline",
    value: "host",
    choices: pipelineHosts,
    description:
      "also a pipeline for github or gitlab, with settings for the account it applies to",
  },
  {
    flag: "--from-account",
    description:
      "for an account that is there: sign in, export it and plan it; given again, it goes on",
  },
  {
    flag: "--adapter",
    value: "name",
    values: ["local", "partner-center"],
    description: "with --from-account: the adapter, local or partner-center (default: asked for)",
  },
  {
    flag: "--set",
    value: "option=value",
    many: "each",
    description:
      "with --from-account: an option of the adapter; once for each (default: asked for)",
  },
] as const satisfies readonly Option[];

/** The `partnerctl init` command. */
export const initCommand: Command = {
  name: "init",
  group: "everyDay",
  order: 1,
  summary: "write settings, a first account and editor files",
  arguments: [
    { name: "dir", description: "the new project's folder (default: this one)", values: "file" },
  ],
  options,
  exits: {
    0: "written; what was there already is left as it was",
    1: wrong,
    7: unreachable,
    130: "stopped at a question",
  },
  examples: [
    "partnerctl init my-account",
    "partnerctl init my-account --pipeline github",
    "partnerctl init my-account --from-account",
    "partnerctl init . --from-account --adapter partner-center --set tenant=contoso.partner.onmschina.cn --set clientId=6baccf25-558c-5fab-8c6e-3ce03d3ba3c7",
  ],
  shows: ["plan"],
  load: () => import("./init.ts"),
};

/** Creates the files of a new project. Keeps existing files. */
export async function run(invocation: Invocation<typeof options>): Promise<number> {
  const { words, flags, terminal, version } = invocation;
  const { pipeline, fromAccount: isFromAccount, adapter, set } = flags;
  const folder = resolve(words[0] ?? ".");
  const own = pipeline === undefined ? undefined : fileOf(pipelineFile(pipeline));
  if (isFromAccount) {
    const given = { ...(adapter !== undefined && { adapter }), ...(set && { set }) };
    const project = { folder, given, flags, version, ...(own && { pipeline: own }) };
    return (await import("../../scaffold/from-account.ts")).fromAccount(project, terminal);
  }
  if (adapter !== undefined || set !== undefined)
    return terminal.refuse(
      "usage/incomplete",
      say`--adapter and --set are about an account that is there: say --from-account too.`,
    );
  const written = await writeProject(folder, {
    settings: (recipient) => settings(recipient, own !== undefined),
    files: { ...firstAccount(own !== undefined), ...own },
  });
  if (!written.ok) {
    terminal.diagnostics(written.diagnostics);
    return exitStatus.error;
  }
  const kept = written.value;
  if (kept.length > 0) terminal.remark(say`Left as they were: ${{ list: kept }}.`);
  if (!terminal.quiet) terminal.told(...nextSteps(relative(process.cwd(), folder)));
  return exitStatus.done;
}

function nextSteps(here: string): readonly Wording[] {
  return [
    ...(here === ""
      ? [say`A project in this folder. Next:`]
      : [say`A project in ${here}. Next:`, `  cd ${here}`]),
    ...["validate", "plan", "apply"].map((command) => `  partnerctl ${command}`),
    "",
  ];
}

function fileOf({ path, text }: PipelineFile): Readonly<Record<string, string>> {
  return { [path]: text };
}
