import { say } from "../../../model/text/phrase.ts";
import { type Pulled, pull } from "../../../operations/export/pull.ts";
import { textsIn } from "../../../model/text/quotes.ts";
import type { DocumentOf } from "../../../report/document.ts";
import { unifiedDiff } from "../../../report/machine/unified-diff.ts";
import { rewrite } from "../../../store/files/rewrite.ts";
import type { Command, Invocation } from "../../parse/command.ts";
import { exitStatus, statusOf } from "../../output/exit-status.ts";
import { interruption } from "../../output/signals.ts";
import { inAccount } from "../../project/workspace.ts";
import type { Option } from "../../parse/option.ts";
import { only, unreachable } from "../../parse/options.ts";

const options = [
  {
    ...only,
    description: "only these objects: addresses, kinds (User) or patterns (Subscription/*/office)",
  },
  {
    flag: "--all",
    description: "also overwrite fields that were changed in the manifests",
  },
  { flag: "--dry-run", description: "show the edits and write nothing" },
  { flag: "--yes", description: "do not ask" },
] as const satisfies readonly Option[];

/** The `partnerctl pull` command. */
export const pullCommand: Command = {
  name: "pull",
  group: "account",
  summary: "bring what changed in the account back into the manifests, in place",
  arguments: [
    {
      name: "address",
      description: "objects (default: all): Customer/fabrikam",
      repeated: true,
      values: "address",
    },
  ],
  options,
  exits: {
    0: "pulled, or nothing to pull",
    1: "wrong input, an error, or something that could not be pulled",
    7: unreachable,
    130: "stopped at the question",
  },
  examples: [
    "partnerctl pull",
    "partnerctl pull Subscription/fabrikam/office --dry-run",
    "partnerctl pull --yes",
  ],
  shows: ["edits"],
  load: () => import("./pull.ts"),
};

/**
 * Writes changes made in the account back to the manifests: shows the edits, asks for confirmation,
 * then writes them.
 */
export async function run(invocation: Invocation<typeof options>): Promise<number> {
  const { words, flags, terminal } = invocation;
  const only = [...words, ...(flags.only ?? [])];
  if (!flags.yes && !flags.dryRun && !terminal.interactive)
    return terminal.refuse(
      "usage/nobody-to-ask",
      say`Nothing was pulled, because this is not an interactive terminal.`,
      say`Use --dry-run to see the edits, or --yes to write them.`,
    );
  return inAccount(invocation, async ({ project, root }, { view }) => {
    const pulled = await pull(project, view, {
      ...(only.length > 0 && { only }),
      all: flags.all ?? false,
    });
    if (!pulled.ok) {
      terminal.diagnostics(pulled.diagnostics);
      return statusOf(pulled.diagnostics);
    }
    const told = [...pulled.diagnostics, ...pulled.value.refused, ...pulled.value.wishes];
    terminal.aside(told);
    if (pulled.value.files.length > 0 || flags.format === "json")
      terminal.show({ kind: "edits", ...editsOf(pulled.value) });
    const status = pulled.value.refused.length > 0 ? exitStatus.error : exitStatus.done;
    if (pulled.value.files.length === 0 && told.length === 0)
      terminal.remark(say`Nothing to pull.`);
    if (pulled.value.files.length === 0 || flags.dryRun) return status;
    const answered = await answer(invocation, pulled.value);
    if (answered !== "yes") return answered === "stopped" ? exitStatus.stopped : status;
    const changed = rewrite(root, pulled.value.files);
    if (changed.length > 0) terminal.diagnostics(changed);
    else
      terminal.remark(
        say`Fields written: ${pulled.value.done.length}; files: ${pulled.value.files.length}.`,
      );
    return changed.length > 0 ? exitStatus.error : status;
  });
}

/** The edits as a document, with the personal data in them. */
function editsOf({ files, done, refused, wishes, quotes }: Pulled): Omit<Shown, "kind"> {
  const diffs = files.map(({ source, text }) =>
    unifiedDiff(source.path, new TextDecoder().decode(source.bytes), text),
  );
  const diff = diffs.join("");
  const values = done.flatMap(({ value }) => [...textsIn(value)]);
  const paths = files.map(({ source }) => source.path);
  return {
    edits: { fields: done, files: paths, diff, diagnostics: [...refused, ...wishes] },
    quotes: quotes(diff, ...values).quotes ?? [],
  };
}

type Shown = DocumentOf<"edits">;

/** The user's answer, or "stopped" after Ctrl-C. */
async function answer(
  { flags, terminal }: Invocation<typeof options>,
  { files }: Pulled,
): Promise<"yes" | "no" | "stopped"> {
  if (flags.yes) return "yes";
  const signal = interruption(() => undefined);
  const said = await terminal.ask(
    say`Write these edits (files: ${files.length})? Type yes: `,
    signal,
  );
  if (signal.aborted) return "stopped";
  return said.trim().toLowerCase() === "yes" ? "yes" : "no";
}
