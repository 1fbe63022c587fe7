import { provenance } from "../../../manifest/resolve/provenance.ts";
import { compileContext } from "../../../operations/project/validate.ts";
import type { Command, Invocation } from "../../parse/command.ts";
import { exitStatus } from "../../output/exit-status.ts";
import { inProject } from "../../project/workspace.ts";
import { paths, wrong } from "../../parse/options.ts";

/** The `partnerctl render` command. */
export const renderCommand: Command = {
  name: "render",
  group: "everyDay",
  summary: "show what the manifests amount to, and where each field came from",
  arguments: [paths],
  exits: { 0: "rendered", 1: wrong },
  examples: ["partnerctl render --env production"],
  shows: ["provenance"],
  load: () => import("./render.ts"),
};

/** Shows the manifests with overlays applied, and where each field comes from. */
export async function run(invocation: Invocation): Promise<number> {
  const { words, terminal } = invocation;
  return inProject(invocation, async ({ project }) => {
    const sources = await project.sources(words);
    const rendered = sources.ok ? provenance(sources.value, compileContext(project)) : sources;
    if (!rendered.ok) {
      terminal.diagnostics(rendered.diagnostics);
      return exitStatus.error;
    }
    terminal.aside(rendered.diagnostics);
    terminal.show({ kind: "provenance", resources: rendered.value });
    return exitStatus.done;
  });
}
