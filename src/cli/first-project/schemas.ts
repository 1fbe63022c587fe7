import settings from "../../../schemas/settings.schema.json" with { type: "json" };
import type { Kind } from "../../model/kind.ts";

/** The schemas an editor completes by, by file: the settings', each kind's, and one that picks the kind's by what a document says it is. */
export function editorSchemas(kinds: readonly Kind[]): Readonly<Record<string, string>> {
  const copies = kinds.map(({ name, schema }) => [place(name), text(schema)]);
  return {
    [place("Settings")]: text(settings),
    ...Object.fromEntries(copies),
    [place("Manifest")]: text(manifest(kinds.map(({ name }) => name))),
  };
}

function manifest(kinds: readonly string[]): object {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    description: "A manifest of any kind.",
    type: "object",
    required: ["kind"],
    properties: { kind: { description: "What is declared.", enum: kinds } },
    allOf: kinds.map((kind) => ({ if: { properties: { kind: { const: kind } }, required: ["kind"] }, then: { $ref: fileOf(kind) } })),
  };
}

function text(schema: object): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}

function place(name: string): string {
  return `.vscode/schemas/${fileOf(name)}`;
}

function fileOf(name: string): string {
  return `${name.toLowerCase()}.schema.json`;
}
