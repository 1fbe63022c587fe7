import { hasErrors } from "../../../model/diagnostic.ts";
import { say } from "../../../model/text/phrase.ts";
import { judgeManifests } from "../../../operations/project/policy.ts";
import { validateSources } from "../../../operations/project/validate.ts";
import { exitStatus } from "../../output/exit-status.ts";
import type { Command, Invocation } from "../../parse/command.ts";
import { paths } from "../../parse/options.ts";
import { inProject } from "../../project/workspace.ts";

/** The `partnerctl validate` command. */
export const validateCommand: Command = {
  name: "validate",
  group: "everyDay",
  order: 2,
  summary: "check schemas, references and rules, without a backend",
  arguments: [paths],
  exits: { 0: "no errors", 1: "errors" },
  examples: ["partnerctl validate", "partnerctl validate manifests/customers --format json"],
  shows: ["validation"],
  load: () => import("./validate.ts"),
};

/** Checks that need an account and its catalogue. */
const notChecked = [
  say`that offers exist, can be bought, and allow these quantities and billing cycles`,
  say`that add-ons fit what they add to, and that customers stay within offers' limits`,
  say`guards, which judge what a plan changes`,
];

/** Validates manifests without a backend. */
export async function run(invocation: Invocation): Promise<number> {
  const { words, flags, terminal } = invocation;
  return inProject(invocation, async ({ project }) => {
    const sources = await project.sources(words);
    const compiled = sources.ok ? await validateSources(project, sources.value) : sources;
    const partial = words.length > 0 || sources.diagnostics.length > 0;
    const asked = { today: new Date().toISOString().slice(0, 10), ...(partial && { partial }) };
    const checked = compiled.ok ? await judgeManifests(project, compiled, asked) : compiled;
    const notRead = sources.ok ? sources.diagnostics : [];
    const validation = {
      resources: checked.ok ? checked.value.resources.length : 0,
      files: sources.ok ? sources.value.length : 0,
      diagnostics: [...notRead, ...checked.diagnostics],
      notChecked: checked.ok && !(terminal.quiet && flags.format === "text") ? notChecked : [],
    };
    terminal.show({ kind: "validation", validation });
    return checked.ok && !hasErrors(checked.diagnostics) ? exitStatus.done : exitStatus.error;
  });
}
