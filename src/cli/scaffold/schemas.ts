import policy from "../../../schemas/policy.schema.json" with { type: "json" };
import suppression from "../../../schemas/suppression.schema.json" with { type: "json" };
import settings from "../../manifest/settings/generated/settings-schema.json" with { type: "json" };
import { yaml } from "../../manifest/write/render.ts";
import { equal, isSpec, type Json, type JsonSchema, type Spec } from "../../model/values/json.ts";
import type { Kind } from "../../model/kind.ts";
import { patchSchema } from "./patch-schema.ts";
import { kebabCase } from "../../model/values/kebab-case.ts";

type Named = Pick<Kind, "name" | "schema">;

const policies: readonly Named[] = [
  { name: "Policy", schema: policy as object as JsonSchema },
  { name: "Suppression", schema: suppression as object as JsonSchema },
];

/**
 * The schemas for editors, by path: settings, each kind, and for manifests, overlays and policies
 * one that selects the schema by `kind`.
 */
export function editorSchemas(kinds: readonly Named[]): Readonly<Record<string, string>> {
  const copies = [...kinds, ...policies].map(({ name, schema }) => [place(name), text(schema)]);
  const patches = kinds.map(({ name, schema }) => ({
    name,
    schema: patchSchema(schema, `#/$defs/${name}`),
  }));
  return {
    [place("Settings")]: text(withEnvironments(settings as object as JsonSchema)),
    ...Object.fromEntries(copies),
    [place("Manifest")]: text(anyOf(kinds, fileOf)),
    [place("Overlay")]: text({
      ...anyOf(patches, (name) => `#/$defs/${name}`),
      $defs: Object.fromEntries(patches.map(({ name, schema }) => [name, schema])),
    }),
    [place("Policies")]: text(anyOf(policies, fileOf)),
  };
}

/** The settings' schema. Each environment is a patch of the settings. */
function withEnvironments(schema: JsonSchema): JsonSchema {
  const { environments, ...own } = isSpec(schema.properties) ? schema.properties : {};
  const patch = patchSchema({ ...schema, properties: own }, "#/$defs/environment");
  const completed = {
    ...(isSpec(environments) && environments),
    additionalProperties: { $ref: "#/$defs/environment" },
  };
  const definitions = { ...(isSpec(schema.$defs) && schema.$defs), environment: patch };
  return { ...schema, properties: { ...own, environments: completed }, $defs: definitions };
}

/**
 * A schema for documents of several kinds. The common properties help while `kind` is not written
 * yet.
 */
function anyOf(kinds: readonly Named[], refer: (name: string) => string): JsonSchema {
  const names = kinds.map(({ name }) => name);
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    type: "object",
    required: ["kind"],
    properties: { ...inCommon(kinds), kind: { description: "What is declared.", enum: names } },
    allOf: names.map((name) => ({
      if: { properties: { kind: { const: name } }, required: ["kind"] },
      then: { $ref: refer(name) },
    })),
    defaultSnippets: kinds.map(({ name, schema }) => ({
      label: name,
      description: schema.description ?? "",
      body: snippet(
        (Array.isArray(schema.examples) ? schema.examples[0] : undefined) ?? { kind: name },
      ),
    })),
  };
}

/** The fields of all kinds. A field keeps its schema only if all kinds that have it agree. */
function inCommon(kinds: readonly Named[]): Spec {
  const found: Record<string, Json> = {};
  for (const { schema } of kinds) {
    for (const [name, field] of Object.entries(isSpec(schema.properties) ? schema.properties : {}))
      found[name] = name in found && !equal(found[name], field) ? {} : field;
  }
  return found;
}

/**
 * A snippet for the editor. Texts are inserted literally, so they are quoted as YAML, and $ is
 * escaped.
 */
function snippet(value: Json): Json {
  if (typeof value === "string") return yaml(value).trimEnd().replaceAll("$", "\\$");
  if (Array.isArray(value)) return value.map(snippet);
  return isSpec(value)
    ? Object.fromEntries(Object.entries(value).map(([field, one]) => [field, snippet(one)]))
    : value;
}

function text(schema: object): string {
  return `${JSON.stringify(schema, explained, 2)}\n`;
}

/** Marks fields that exist only to be refused: editors do not suggest them and show our message. */
function explained(_field: string, value: Json): Json {
  const why = isSpec(value) ? value["x-message"] : undefined;
  return isSpec(value) && why !== undefined
    ? { ...value, doNotSuggest: true, deprecationMessage: why }
    : value;
}

function place(name: string): string {
  return `.vscode/schemas/${fileOf(name)}`;
}

function fileOf(name: string): string {
  return `${kebabCase(name)}.schema.json`;
}
