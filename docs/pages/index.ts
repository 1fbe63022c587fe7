import policy from "../../schemas/policy.schema.json" with { type: "json" };
import settings from "../../schemas/settings.schema.json" with { type: "json" };
import suppression from "../../schemas/suppression.schema.json" with { type: "json" };
import documents from "../../src/kinds/generated/document-schemas.json" with { type: "json" };
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
    { name: "codes.md", about: "the codes of problems and remarks", text: codesPage() },
  ];
  const written = Object.entries<object>(documents).map(writtenDocument);
  return Object.fromEntries([
    ["docs/reference/README.md", wrapProse(contents(all, written))],
    ...[...all, ...written].map(({ name, text }) => [`docs/reference/${name}`, wrapProse(text)]),
  ]);
}

function document(name: string, title: string, about: string, given: object): Page {
  return { name, about, text: documentPage(title, schema(given)) };
}

/** What the tool writes. The ledger's entries are of several sorts. */
function writtenDocument([name, given]: readonly [string, object]): Page {
  const { title, description, properties } = schema(given);
  const text = documentPage(String(title), schema(given), { sorts: properties === undefined });
  return { name: `${name}.md`, about: String(description), text };
}

/** The files of schemas are schemas: a test judges each. */
function schema(given: object): JsonSchema {
  return given as JsonSchema;
}

function contents(all: readonly Page[], written: readonly Page[]): string {
  const intro =
    "Made from the schemas and from what `--help` says; `partnerctl explain` tells the same in a " +
    "terminal.";
  return `# Reference\n\n${made}\n\n${intro}\n\n${list(all)}\n\n## What the tool writes\n\n${printed}\n\n${list(written)}\n\n## Tables\n\n${legend}\n`;
}

function list(pages: readonly Page[]): string {
  return pages
    .map(({ name, about }) => `- [${name.replace(".md", "")}](${name}): ${about}`)
    .join("\n");
}

const printed =
  "`--format json` prints one of these documents, and of a failure a document of diagnostics. " +
  "`partnerctl schema NAME` prints the JSON Schema of one, complete in itself.";

const legend = `In tables of fields, \`[]\` stands for each item of a list and \`NAME\` for a name of
your choice. *required*: where the object around it is written. *fixed*: it cannot be updated once
created. *personal*: somebody's data, masked in what is meant for sharing. *secret*: taken from an
environment variable. *refused*: never written; the message says why.`;
