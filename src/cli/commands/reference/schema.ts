import { resolve } from "node:path";
import { kinds } from "../../../kinds/index.ts";
import { say } from "../../../model/text/phrase.ts";
import { didYouMean } from "../../../model/text/similar.ts";
import { writeAll } from "../../../store/files/write-all.ts";
import { schemaFolder } from "../../files/schema-folder.ts";
import { exitStatus } from "../../output/exit-status.ts";
import type { Command, Invocation } from "../../parse/command.ts";
import type { Option } from "../../parse/option.ts";
import { wrong } from "../../parse/options.ts";
import { readSchema, schemaNames } from "../../project/schemas.ts";
import { inProject } from "../../project/workspace.ts";

const options = [
  {
    flag: "--out",
    value: "folder",
    values: "file",
    description:
      "with --project and no kind: write the schemas here (default: .vscode/schemas of the project)",
  },
] as const satisfies readonly Option[];

/** `partnerctl schema`, described. */
export const schemaCommand: Command = {
  name: "schema",
  group: "reference",
  summary:
    "print the JSON Schema of a kind or document; with --project alone, write a project's for editors",
  arguments: [
    {
      name: "kind",
      description: "Customer, Settings, Plan, Receipt, LedgerEntry, …",
      values: "schema",
    },
  ],
  options,
  exits: { 0: "printed or written", 1: wrong },
  examples: ["partnerctl schema Customer > customer.schema.json", "partnerctl schema --project"],
  load: () => import("./schema.ts"),
};

/** Prints a JSON Schema, or writes those of a project for editors. */
export async function run(invocation: Invocation<typeof options>): Promise<number> {
  const { words, flags, terminal } = invocation;
  const [name] = words;
  if (name === undefined && flags.project !== undefined) return writeProjectSchemas(invocation);
  if (name === undefined || flags.out !== undefined)
    return terminal.refuse(
      "usage/incomplete",
      say`Say which schema, or --project for those of the project.`,
      say`There are ${{ list: await schemaNames() }}.`,
    );
  const schema = await readSchema(name);
  if (schema === undefined) {
    const names = await schemaNames();
    const hint = didYouMean(name, names, say`There are ${{ list: names }}.`);
    return terminal.refuse("explain/unknown", say`There is no schema ${name}.`, hint);
  }
  terminal.result(JSON.stringify(schema, null, 2));
  return exitStatus.done;
}

/** Replaces the schemas that editors use by those with the names of the project. */
function writeProjectSchemas(invocation: Invocation<typeof options>): Promise<number> {
  const { flags, terminal } = invocation;
  const { project: folder, ...others } = flags;
  const own = folder ? { ...others, project: folder } : others;
  return inProject({ ...invocation, flags: own }, async ({ project, root }) => {
    const [{ projectNames, schemaWithNames }, { editorSchemas }] = await Promise.all([
      import("../../scaffold/project-schemas.ts"),
      import("../../scaffold/schemas.ts"),
    ]);
    const names = await projectNames(project);
    if (!names.ok) {
      terminal.diagnostics(names.diagnostics);
      return exitStatus.error;
    }
    const declared = kinds
      .filter((kind) => kind.declared)
      .map((kind) => ({ name: kind.name, schema: schemaWithNames(kind, names.value) }));
    const files = Object.entries(editorSchemas(declared)).map(
      ([path, text]) => [path.slice(schemaFolder.length + 1), text] as const,
    );
    const place = resolve(flags.out ?? resolve(root, schemaFolder));
    writeAll(place, files);
    const count = [...names.value.values()].flat().length;
    terminal.told(say`${files.length} schemas in ${place}, with ${count} names of this project.`);
    return exitStatus.done;
  });
}
