import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { say } from "../../../model/text/phrase.ts";
import { exportAccount } from "../../../operations/export/export.ts";
import { most, readOwn } from "../../../store/files/read-input.ts";
import { writeAll } from "../../../store/files/write-all.ts";
import { schemaFolderFrom } from "../../files/schema-folder.ts";
import { exitStatus, statusOf } from "../../output/exit-status.ts";
import type { Terminal } from "../../output/terminal.ts";
import type { Command, Invocation } from "../../parse/command.ts";
import type { Option } from "../../parse/option.ts";
import { unreachable, wrong } from "../../parse/options.ts";
import { inAccount } from "../../project/workspace.ts";

const options = [
  {
    flag: "--out",
    value: "folder",
    values: "file",
    description: "write files here (default: one stream to stdout)",
  },
  { flag: "--force", description: "replace files that differ" },
] as const satisfies readonly Option[];

/** The `partnerctl export` command. */
export const exportCommand: Command = {
  name: "export",
  group: "account",
  summary: "write the live account as manifests; planning them changes nothing",
  options,
  exits: { 0: "exported", 1: wrong, 7: unreachable },
  examples: ["partnerctl export --out manifests"],
  load: () => import("./export.ts"),
};

/** Exports the live account as manifests, to a folder or to stdout. */
export async function run(invocation: Invocation<typeof options>): Promise<number> {
  const { flags, terminal } = invocation;
  return inAccount(invocation, async ({ project, root }, { view }) => {
    const schemas = flags.out === undefined ? undefined : schemaFolderFrom(root, flags.out);
    const exported = await exportAccount(project, view, schemas && { schemas });
    if (!exported.ok) {
      terminal.diagnostics(exported.diagnostics);
      return statusOf(exported.diagnostics);
    }
    terminal.aside(exported.diagnostics);
    if (flags.out !== undefined)
      return write(
        exported.value,
        { folder: resolve(flags.out), force: flags.force ?? false },
        terminal,
      );
    terminal.result([...exported.value].map(([path, text]) => `# ${path}\n${text}`).join("---\n"));
    return exitStatus.done;
  });
}

/**
 * Writes the files that differ, all of them or none. Writes nothing if one of them exists already,
 * unless `force` is set.
 */
function write(
  files: ReadonlyMap<string, string>,
  { folder, force }: { readonly folder: string; readonly force: boolean },
  terminal: Terminal,
): number {
  const changed = [...files].filter(([path, text]) => textOf(join(folder, path)) !== text);
  const replaced = changed.filter(([path]) => existsSync(join(folder, path)));
  if (replaced.length > 0 && !force)
    return terminal.refuse(
      "export/exists",
      say`Nothing was written, because these files exist and differ: ${{ list: replaced.map(([path]) => path) }}.`,
      say`Use --force to replace them.`,
    );
  writeAll(folder, changed);
  const others = existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
        (path) => path.endsWith(".yaml") && !files.has(path),
      )
    : [];
  if (others.length > 0)
    terminal.remark(say`Left as they were, and not part of this export: ${{ list: others }}.`);
  terminal.remark(
    say`${{ count: files.size, noun: "file" }} in ${folder}, ${changed.length} written.`,
  );
  return exitStatus.done;
}

function textOf(path: string): string | undefined {
  return readOwn(path, most.manifest)?.toString("utf8");
}
