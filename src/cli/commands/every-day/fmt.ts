import { format, type Schemas } from "../../../manifest/write/format.ts";
import type { Diagnostic } from "../../../model/diagnostic.ts";
import { say } from "../../../model/text/phrase.ts";
import type { Source } from "../../../model/source.ts";
import { unifiedDiff } from "../../../report/machine/unified-diff.ts";
import { most, readStdin } from "../../../store/files/read-input.ts";
import { type Rewriting, rewrite } from "../../../store/files/rewrite.ts";
import type { Command, Invocation } from "../../parse/command.ts";
import { exitStatus } from "../../output/exit-status.ts";
import { formatSources } from "../../files/format-sources.ts";
import { readSchema, writtenNames } from "../../project/schemas.ts";
import { writeResult } from "../../output/streams.ts";
import type { Option } from "../../parse/option.ts";

const options = [
  { flag: "--check", description: "write nothing; list the files that are not formatted" },
] as const satisfies readonly Option[];

/** The `partnerctl fmt` command. */
export const fmtCommand: Command = {
  name: "fmt",
  group: "everyDay",
  summary: "format manifests, overlays, policies and settings; comments are preserved",
  arguments: [
    {
      name: "path",
      description: "files or folders (default: all of the project's); - formats stdin to stdout",
      repeated: true,
      values: "file",
    },
  ],
  options,
  exits: {
    0: "formatted, or formatted already",
    1: "a file is not valid YAML; with --check, a file is not formatted",
  },
  examples: ["partnerctl fmt", "partnerctl fmt --check manifests", "partnerctl fmt - < users.yaml"],
  load: () => import("./fmt.ts"),
};

/** Formats files in place; with --check, lists the files that are not formatted. */
export async function run(invocation: Invocation<typeof options>): Promise<number> {
  const { words, flags, terminal } = invocation;
  if (words.includes("-")) return formatStdin(invocation);
  const found = formatSources(flags.project, words);
  if (!found.ok) {
    terminal.diagnostics(found.diagnostics);
    return exitStatus.error;
  }
  const { root, sources } = found.value;
  const { changed, wrong } = all(sources, await schemas());
  const problems = [...wrong, ...(flags.check ? changed.map(unformatted) : rewrite(root, changed))];
  tell(invocation, { problems, wrong, changed });
  const files = { count: sources.length, noun: "file" } as const;
  const count = flags.check
    ? say`Not formatted: ${changed.length} of ${files}; ${wrong.length} could not be read.`
    : say`Formatted ${changed.length} of ${files}; ${wrong.length} could not be read.`;
  if (problems.length > 0 || changed.length > 0) terminal.remark(count);
  return problems.length > 0 ? exitStatus.error : exitStatus.done;
}

/**
 * Prints the changed files, one per line, to stdout and the problems to stderr. In other formats,
 * prints only diagnostics.
 */
function tell(
  { flags, terminal }: Invocation<typeof options>,
  { problems, wrong, changed }: Outcome & { readonly problems: readonly Diagnostic[] },
): void {
  const machine = flags.format !== "text";
  const told = flags.check && !machine ? wrong : problems;
  if (machine || told.length > 0) terminal.diagnostics(told);
  if (machine) return;
  terminal.result(changed.map(({ source }) => `${source.path}\n`).join(""));
  if (flags.check) terminal.remark(changed.map(firstLines).join(""));
}

interface Outcome {
  readonly changed: readonly Rewriting[];
  readonly wrong: readonly Diagnostic[];
}

function all(sources: readonly Source[], order: Schemas): Outcome {
  const changed: Rewriting[] = [];
  const wrong: Diagnostic[] = [];
  for (const source of sources) {
    const formatted = format(source, order);
    if (!formatted.ok) for (const one of formatted.diagnostics) wrong.push(one);
    else if (!Buffer.from(formatted.value).equals(source.bytes))
      changed.push({ source, text: formatted.value });
  }
  return { changed, wrong };
}

async function formatStdin({
  words,
  flags,
  terminal,
}: Invocation<typeof options>): Promise<number> {
  if (words.length > 1)
    return terminal.refuse("usage/contradiction", say`- stands alone: it formats stdin to stdout.`);
  const read = await readStdin(most.manifest);
  if (!read.ok) {
    terminal.diagnostics(read.diagnostics);
    return exitStatus.error;
  }
  const source = { path: "stdin", bytes: read.value };
  const { changed, wrong } = all([source], await schemas());
  if (wrong.length > 0 || (flags.check && changed.length > 0)) {
    terminal.diagnostics([...wrong, ...changed.map(unformatted)]);
    return exitStatus.error;
  }
  if (!flags.check) writeResult(changed[0]?.text ?? source.bytes);
  return exitStatus.done;
}

async function schemas(): Promise<Schemas> {
  const read = await Promise.all(
    writtenNames.map(async (name) => [name, (await readSchema(name)) ?? {}] as const),
  );
  return new Map(read);
}

function unformatted({ source, text }: Rewriting): Diagnostic {
  const [before, after] = [linesOf(source), text.split("\n")];
  const line = Math.max(
    0,
    before.findIndex((one, index) => one !== after[index]),
  );
  const excerpt = before[line]?.trimEnd() ?? "";
  return {
    severity: "error",
    code: "format/unformatted",
    message: say`This file is not written as partnerctl fmt writes it.`,
    at: {
      file: source.path,
      line: line + 1,
      column: 1,
      endLine: line + 1,
      endColumn: excerpt.length + 1,
      excerpt,
    },
    hint: say`Run partnerctl fmt.`,
  };
}

const mostLines = 12;

function firstLines({ source, text }: Rewriting): string {
  const lines = unifiedDiff(source.path, linesOf(source).join("\n"), text).split("\n");
  return `${lines.slice(0, mostLines).join("\n")}${lines.length > mostLines ? "\n…" : ""}\n`;
}

function linesOf({ bytes }: Source): readonly string[] {
  return Buffer.from(bytes).toString().split("\n");
}
