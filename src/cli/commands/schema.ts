import { say } from "../../model/text/say.ts";
import type { Invocation } from "../parse/command.ts";
import { exitStatus } from "../output/exit-status.ts";
import { readSchema, schemaNames } from "../project/schemas.ts";

/** Prints a JSON Schema. */
export async function run({ words, terminal }: Invocation): Promise<number> {
  const [name = ""] = words;
  const schema = await readSchema(name);
  if (schema === undefined) {
    terminal.problem(say`No schema ${name}: there are ${schemaNames().join(", ")}.`);
    return exitStatus.error;
  }
  terminal.result(JSON.stringify(schema, null, 2));
  return exitStatus.done;
}
