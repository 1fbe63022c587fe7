import { resolve } from "node:path";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { say } from "../../model/say.ts";
import { taken } from "../../store/plan-shelf.ts";
import { replaceFile } from "../../store/replace-file.ts";
import type { Invocation } from "../command.ts";
import { exitStatus } from "../exit-status.ts";
import { chief, onShelf, refused, shelfOf } from "../shelf.ts";
import { inProject } from "../workspace.ts";

/** Writes the published plan and its approvals to files. */
export async function run(invocation: Invocation): Promise<number> {
  const { flags, terminal } = invocation;
  return inProject(invocation, async (workspace) => {
    const found = await shelfOf(workspace);
    if (!found.ok) return failed(invocation, found.diagnostics);
    const { shelf, key } = found.value;
    const files = await onShelf(() => taken(shelf, key));
    if (!files.ok) return failed(invocation, files.diagnostics);
    if (files.value === undefined) return failed(invocation, none.diagnostics);
    const out = resolve(flags.out ?? chief);
    for (const [name, bytes] of files.value)
      if (name.startsWith(chief)) replaceFile(out + name.slice(chief.length), [bytes], { mode: 0o600 });
    terminal.told(say`Fetched ${key}; approvals: ${files.value.size - 1}.`);
    return exitStatus.done;
  });
}

const none = refused(
  "plan/none-published",
  say`no plan was published for these manifests, settings and policies`,
  say`plan them and publish that: partnerctl plan --out plan.json, then partnerctl publish plan.json`,
);

function failed({ terminal }: Invocation, diagnostics: readonly Diagnostic[]): number {
  terminal.diagnostics(diagnostics);
  return exitStatus.error;
}
