import diagnostics from "../../schemas/diagnostics.schema.json" with { type: "json" };
import ledgerEntry from "../../schemas/ledger-entry.schema.json" with { type: "json" };
import plan from "../../schemas/plan.schema.json" with { type: "json" };
import policy from "../../schemas/policy.schema.json" with { type: "json" };
import receipt from "../../schemas/receipt.schema.json" with { type: "json" };
import settings from "../../schemas/settings.schema.json" with { type: "json" };
import suppression from "../../schemas/suppression.schema.json" with { type: "json" };
import type { JsonSchema } from "../../src/model/values/json.ts";
import { codesPage } from "./codes.ts";
import { commandsPage, exitPage } from "./commands.ts";
import { adapterPages, documentPage, kindPages } from "./documents.ts";
import { environmentPage } from "./environment.ts";
import { made, wrapProse } from "./markdown.ts";
import { kebabCase } from "../../src/model/values/kebab-case.ts";

interface Page {
  readonly name: string;
  readonly about: string;
  readonly text: string;
}

const adapters = await adapterPages();

/** The pages of the reference, by their path in the project. */
export function pages(): Readonly<Record<string, string>> {
  const all: readonly Page[] = [
    {
      name: "commands.md",
      about: "every command, its options, exit statuses and examples",
      text: commandsPage(),
    },
    { name: "exit-statuses.md", about: "what commands end with", text: exitPage() },
    { name: "environment.md", about: "what is read from the environment", text: environmentPage() },
    ...kindPages().map(([name, text]) => ({
      name: `${kebabCase(name)}.md`,
      about: `manifests of the kind ${name}`,
      text,
    })),
    document("settings.md", "Settings", "partnerctl.yaml", settings),
    ...adapters.map(([name, text]) => ({
      name: `adapter-${name}.md`,
      about: `the options of the adapter ${name}`,
      text,
    })),
    document("policy.md", "Policy", "rules of your own", policy),
    document("suppression.md", "Suppression", "exceptions from policies", suppression),
    document("plan.md", "Plan", "what `plan --out` writes, and `--format json` prints", plan),
    document("receipt.md", "Receipt", "what `apply --format json` prints", receipt),
    document(
      "diagnostics.md",
      "Diagnostics",
      "what `--format json` prints of problems",
      diagnostics,
    ),
    {
      name: "ledger-entry.md",
      about: "what the ledger holds",
      text: documentPage("Ledger entry", schema(ledgerEntry), { sorts: true }),
    },
    { name: "codes.md", about: "the codes of problems and remarks", text: codesPage() },
  ];
  return Object.fromEntries([
    ["docs/reference/README.md", wrapProse(contents(all))],
    ...all.map(({ name, text }) => [`docs/reference/${name}`, wrapProse(text)]),
  ]);
}

function document(name: string, title: string, about: string, given: object): Page {
  return { name, about, text: documentPage(title, schema(given)) };
}

/** The files of schemas are schemas: a test judges each. */
function schema(given: object): JsonSchema {
  return given as JsonSchema;
}

function contents(all: readonly Page[]): string {
  const list = all
    .map(({ name, about }) => `- [${name.replace(".md", "")}](${name}): ${about}`)
    .join("\n");
  const intro =
    "Made from the schemas and from what `--help` says; `partnerctl explain` tells the same in a " +
    "terminal.";
  return `# Reference\n\n${made}\n\n${intro}\n\n${list}\n\n${legend}\n`;
}

const legend = `In tables of fields, \`[]\` stands for each item of a list and \`NAME\` for a name of
your choice. *required*: where the object around it is written. *fixed*: it cannot be updated once
created. *personal*: somebody's data, masked in what is meant for sharing. *secret*: taken from an
environment variable. *refused*: never written; the message says why.`;
