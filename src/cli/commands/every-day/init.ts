import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { kinds } from "../../../kinds/index.ts";
import type { Checked } from "../../../model/diagnostic.ts";
import { say } from "../../../model/text/say.ts";
import { newIdentity } from "../../../store/credentials/credentials.ts";
import { stateTrouble } from "../../../store/files/links.ts";
import { replaceFile } from "../../../store/files/atomic-write.ts";
import type { Command, Invocation } from "../../parse/command.ts";
import { exitStatus } from "../../output/exit-status.ts";
import { firstAccount } from "../../scaffold/account.ts";
import { editorSchemas } from "../../scaffold/schemas.ts";
import { settings } from "../../scaffold/settings.ts";
import { surroundings } from "../../scaffold/surroundings.ts";
import { type PipelineFile, pipelineFile, pipelineHosts } from "../../pipeline-file.ts";
import { readText } from "../../files/text-file.ts";
import type { Option } from "../../parse/option.ts";
import { wrong } from "../../parse/options.ts";

const options = [
  {
    flag: "--pipeline",
    value: "host",
    choices: pipelineHosts,
    description:
      "also a pipeline for github or gitlab, with settings for the account it applies to",
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
  exits: { 0: "written; what was there already is left as it was", 1: wrong },
  examples: ["partnerctl init my-account", "partnerctl init my-account --pipeline github"],
  load: () => import("./init.ts"),
};

const identityFile = ".partnerctl/identity.txt";

/** Creates the files of a new project. Keeps existing files. */
export async function run({
  words,
  flags: { pipeline },
  terminal,
}: Invocation<typeof options>): Promise<number> {
  const folder = resolve(words[0] ?? ".");
  const trouble = stateTrouble(folder);
  if (trouble) {
    terminal.diagnostics([trouble]);
    return exitStatus.error;
  }
  const own = await secrets(folder, pipeline !== undefined);
  if (!own.ok) {
    terminal.diagnostics(own.diagnostics);
    return exitStatus.error;
  }
  const files = {
    ...own.value,
    ...firstAccount(pipeline !== undefined),
    ...editorSchemas(kinds.filter(({ declared }) => declared)),
    ...surroundings(),
    ...(pipeline !== undefined && fileOf(pipelineFile(pipeline))),
  };
  const kept = existsSync(join(folder, "partnerctl.yaml")) ? ["partnerctl.yaml"] : [];
  for (const [path, text] of Object.entries(files)) {
    if (existsSync(join(folder, path))) kept.push(path);
    else
      replaceFile(join(folder, path), text, {
        mode: path === identityFile ? 0o600 : 0o644,
        keep: true,
      });
  }
  if (kept.length > 0) terminal.remark(say`Left as they were: ${kept.join(", ")}`);
  const here = relative(process.cwd(), folder);
  if (terminal.quiet) return exitStatus.done;
  terminal.told(
    `${here === "" ? say`A project in this folder. Next:` : say`A project in ${here}. Next:`}\n${here === "" ? "" : `  cd ${here}\n`}  partnerctl validate\n  partnerctl plan\n  partnerctl apply\n`,
  );
  return exitStatus.done;
}

function fileOf({ path, text }: PipelineFile): Readonly<Record<string, string>> {
  return { [path]: text };
}

/**
 * The settings and the age identity for a new project. Keeps existing settings, and reuses an
 * existing identity.
 */
async function secrets(
  folder: string,
  withPipeline: boolean,
): Promise<Checked<Readonly<Record<string, string>>>> {
  if (existsSync(join(folder, "partnerctl.yaml"))) return found({});
  if (existsSync(join(folder, identityFile))) {
    const recipient = await recipientOf(join(folder, identityFile));
    return recipient.ok
      ? found({ "partnerctl.yaml": settings(recipient.value, withPipeline) })
      : recipient;
  }
  const { identity, recipient } = await newIdentity();
  return found({
    "partnerctl.yaml": settings(recipient, withPipeline),
    [identityFile]: `# The age identity that opens this project's credentials. Keep it to yourself.\n# public key: ${recipient}\n${identity}\n`,
  });
}

function found<T>(value: T): Checked<T> {
  return { ok: true, value, diagnostics: [] };
}

async function recipientOf(file: string): Promise<Checked<string>> {
  const text = readText(file);
  if (!text.ok) return text;
  const { identityToRecipient } = await import("age-encryption");
  const lines = text.value.split("\n").map((line) => line.trim());
  try {
    return found(
      await identityToRecipient(lines.find((line) => line.startsWith("AGE-SECRET-KEY-")) ?? ""),
    );
  } catch {
    const message = say`${file} holds no age identity.`;
    const hint = say`Restore the line that starts with AGE-SECRET-KEY-1, or take the file away to have a new one made.`;
    return {
      ok: false,
      diagnostics: [{ severity: "error", code: "init/identity", message, hint }],
    };
  }
}
