import { say } from "../../../model/text/phrase.ts";
import { didYouMean } from "../../../model/text/similar.ts";
import type { Command, Invocation } from "../../parse/command.ts";
import { exitStatus } from "../../output/exit-status.ts";
import { readSchema, schemaNames } from "../../project/schemas.ts";
import { wrong } from "../../parse/options.ts";

/** `partnerctl schema`, described. */
export const schemaCommand: Command = {
  name: "schema",
  group: "reference",
  summary: "print the JSON Schema of a kind, or of a document this tool writes",
  arguments: [
    {
      name: "kind",
      description: "Customer, Settings, Plan, Receipt, LedgerEntry, …",
      required: true,
      values: "schema",
    },
  ],
  exits: { 0: "printed", 1: wrong },
  examples: ["partnerctl schema Customer > customer.schema.json"],
  load: () => import("./schema.ts"),
};

/** Prints a JSON Schema. */
export async function run({ words, terminal }: Invocation): Promise<number> {
  const [name = ""] = words;
  const schema = await readSchema(name);
  if (schema === undefined) {
    const names = await schemaNames();
    const hint = didYouMean(name, names, say`There are ${{ list: names }}.`);
    return terminal.refuse("explain/unknown", say`There is no schema ${name}.`, hint);
  }
  terminal.result(JSON.stringify(schema, null, 2));
  return exitStatus.done;
}
