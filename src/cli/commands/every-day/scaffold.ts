import { existsSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { kinds } from "../../../kinds/index.ts";
import type { Checked } from "../../../model/diagnostic.ts";
import type { Kind } from "../../../model/kind.ts";
import { say } from "../../../model/text/phrase.ts";
import { didYouMean } from "../../../model/text/similar.ts";
import { kebabCase } from "../../../model/values/kebab-case.ts";
import { replaceFile } from "../../../store/files/atomic-write.ts";
import { most, readInput } from "../../../store/files/read-input.ts";
import { schemaFolderFrom } from "../../files/schema-folder.ts";
import { exitStatus } from "../../output/exit-status.ts";
import type { Command, Invocation } from "../../parse/command.ts";
import type { Option } from "../../parse/option.ts";
import { wrong } from "../../parse/options.ts";
import { projectFolder } from "../../project/project-folder.ts";
import { inProject } from "../../project/workspace.ts";
import { manifestText } from "../../scaffold/manifest-text.ts";
import { readTable } from "../../scaffold/table/read-table.ts";
import { tableManifests } from "../../scaffold/table/table-manifests.ts";

const declared = kinds.filter((kind) => kind.declared);

const options = [
  { flag: "--name", value: "name", description: "what the object is called in the manifest" },
  {
    flag: "--from",
    value: "file",
    values: "file",
    description: "a table (CSV) whose rows become manifests; its first row names the fields",
  },
  {
    flag: "--out",
    value: "file",
    values: "file",
    description: "write this file, which must not exist yet (default: stdout)",
  },
] as const satisfies readonly Option[];

/** The `partnerctl scaffold` command. */
export const scaffoldCommand: Command = {
  name: "scaffold",
  group: "everyDay",
  summary: "write a commented manifest to start with, or manifests from a table",
  arguments: [
    {
      name: "kind",
      description: "Customer, Subscription, User, …",
      required: true,
      values: declared.map(({ name }) => name),
    },
  ],
  options,
  exits: { 0: "printed or written", 1: wrong },
  examples: [
    "partnerctl scaffold Customer --name fabrikam --out manifests/customers/fabrikam.yaml",
    "partnerctl scaffold Subscription --from subscriptions.csv --out manifests/subscriptions.yaml",
  ],
  load: () => import("./scaffold.ts"),
};

/** Prints or writes a manifest of a kind, or those of a table's rows. Never overwrites a file. */
export async function run(invocation: Invocation<typeof options>): Promise<number> {
  const {
    words: [name = ""],
    flags,
    terminal,
  } = invocation;
  const kind = declared.find((one) => plain(one.name) === plain(name));
  if (kind === undefined) {
    const names = declared.map((one) => one.name);
    const hint = didYouMean(name, names, say`There are ${{ list: names }}.`);
    return terminal.refuse("explain/unknown", say`No manifest declares a kind ${name}.`, hint);
  }
  if (flags.out !== undefined && existsSync(flags.out))
    return terminal.refuse(
      "scaffold/exists",
      say`${flags.out} exists already, so nothing was written.`,
      say`Give another file with --out.`,
    );
  if (flags.from !== undefined) return fromTable(invocation, kind, flags.from);
  const schema = schemaOf(kind, flags.out, projectFolder(flags.project));
  const own = flags.name === undefined ? {} : { name: flags.name };
  return put(invocation, manifestText(kind, { ...own, ...schema, style: terminal.style }));
}

/** The letters of a name, so that `partner-profile` is `PartnerProfile`. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z]/g, "");
}

async function fromTable(
  invocation: Invocation<typeof options>,
  kind: Kind,
  file: string,
): Promise<number> {
  const { flags, terminal } = invocation;
  return inProject(invocation, async ({ project, root }) => {
    const bytes = readInput(resolve(file), { shown: file, limit: most.priceList });
    const table = bytes.ok ? readTable(bytes.value, file) : bytes;
    const schema = schemaOf(kind, flags.out, root).schema;
    const editors = schema === undefined ? {} : { schema: () => schema };
    const made: Checked<string> = table.ok
      ? await tableManifests(table.value, { kind, project, root, ...editors })
      : table;
    if (!made.ok) {
      terminal.diagnostics(made.diagnostics);
      return exitStatus.error;
    }
    terminal.aside(made.diagnostics);
    return put(invocation, made.value);
  });
}

/** The schema for editors, seen from the file, or from a file among the manifests. */
function schemaOf(
  kind: Kind,
  out: string | undefined,
  root: string | undefined,
): { readonly schema?: string } {
  if (root === undefined) return {};
  const file = resolve(out ?? join(root, "manifests", "manifest.yaml"));
  const folder = schemaFolderFrom(root, dirname(file))?.(basename(file));
  return folder === undefined ? {} : { schema: `${folder}/${kebabCase(kind.name)}.schema.json` };
}

function put({ flags, terminal }: Invocation<typeof options>, text: string): number {
  if (flags.out === undefined) {
    terminal.result(text);
    return exitStatus.done;
  }
  replaceFile(flags.out, text, { mode: 0o644, keep: true });
  terminal.remark(say`Written to ${relative(process.cwd(), resolve(flags.out))}.`);
  return exitStatus.done;
}
