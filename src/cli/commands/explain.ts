import { type Explained, explain } from "../../kinds/explain.ts";
import type { Invocation } from "../parse/command.ts";
import { exitStatus } from "../output/exit-status.ts";
import { readSchema } from "../project/schemas.ts";

/** Describes all kinds, a kind, or a field of one. */
export async function run({ words, terminal }: Invocation): Promise<number> {
  const [path] = words;
  const explained = explain(path, await documents(path));
  if (!explained.ok) {
    terminal.diagnostics(explained.diagnostics);
    return exitStatus.error;
  }
  terminal.result(terminal.report.reference(explained.value, terminal.style));
  return exitStatus.done;
}

/** The settings, policies and the like are explained by their names, as kinds are. */
async function documents(path = ""): Promise<readonly Explained[]> {
  const schema = await readSchema(path.split(".", 1)[0] ?? "");
  return typeof schema?.title === "string" ? [{ name: schema.title, schema, fixed: [], personal: [] }] : [];
}
