import { yaml } from "../../src/manifest/write/render.ts";
import { loadOptionsSchemas } from "../../src/adapters/index.ts";
import { kinds } from "../../src/kinds/index.ts";
import { isSpec, type Json, type JsonSchema } from "../../src/model/values/json.ts";
import { fields, text } from "./fields.ts";
import { made, plain } from "./markdown.ts";

/** The page of each kind, by its name. */
export function kindPages(): readonly (readonly [string, string])[] {
  return kinds.map(({ name, schema, fixed, personal }) => {
    const spec = property(schema, "spec");
    const marks = { fixed, personal };
    return [
      name,
      page(name, [
        plain(text(schema, "description")),
        ...examples(schema),
        "## Around the spec",
        fields(without(schema, "spec"), schema),
        "## The spec",
        plain(text(spec, "description")),
        fields(spec, schema, marks),
      ]),
    ];
  });
}

/**
 * The page of a document that is no kind: all of its fields, and of each definition that says what
 * an entry of a sort holds.
 */
export function documentPage(name: string, schema: JsonSchema, { sorts = false } = {}): string {
  const definitions = isSpec(schema.$defs) ? Object.entries(schema.$defs) : [];
  const parts = definitions.flatMap(([sort, one]) =>
    isSpec(one) && isSpec(one.properties) && "type" in one.properties
      ? [section(sort, one, schema)]
      : [],
  );
  return page(name, [
    plain(text(schema, "description")),
    ...examples(schema),
    sorts ? "" : "## Fields",
    sorts ? "" : fields(schema, schema),
    ...(sorts ? parts : []),
  ]);
}

/** The page of each adapter's options, by the adapter's name. */
export async function adapterPages(): Promise<readonly (readonly [string, string])[]> {
  const schemas = Object.entries(await loadOptionsSchemas());
  return schemas.map(([name, { schema }]) => {
    const { required = [] } =
      isSpec(schema.$defs) && isSpec(schema.$defs.complete) ? schema.$defs.complete : {};
    const written = (Array.isArray(schema.examples) ? schema.examples : []).map(
      (options: Json) => ({
        apiVersion: "partnercenter/v1",
        kind: "Settings",
        adapter: name,
        adapters: { [name]: options },
      }),
    );
    return [name, documentPage(`Options of ${name}`, { ...schema, required, examples: written })];
  });
}

function section(sort: string, schema: JsonSchema, root: JsonSchema): string {
  const type = property(schema, "type").const ?? sort;
  return `## ${String(type)}\n\n${plain(text(schema, "description"))}\n\n${fields(schema, root)}`;
}

function page(name: string, parts: readonly string[]): string {
  return `${[`# ${name}`, made, ...parts.filter((part) => part !== "")].join("\n\n")}\n`;
}

/** Examples as they would be written; of documents no person writes, the first as JSON. */
function examples(schema: JsonSchema): readonly string[] {
  const all: readonly Json[] = Array.isArray(schema.examples) ? schema.examples : [];
  const written = all.filter((one) => isSpec(one) && "apiVersion" in one);
  if (written.length > 0)
    return [`\`\`\`yaml\n${written.map((one) => yaml(one)).join("---\n")}\`\`\``];
  return all.slice(0, 1).map((one) => `\`\`\`json\n${JSON.stringify(one, null, 2)}\n\`\`\``);
}

function property(schema: JsonSchema, name: string): JsonSchema {
  const found = isSpec(schema.properties) ? schema.properties[name] : undefined;
  return isSpec(found) ? found : {};
}

function without(schema: JsonSchema, name: string): JsonSchema {
  const all = isSpec(schema.properties) ? schema.properties : {};
  return {
    ...schema,
    properties: Object.fromEntries(Object.entries(all).filter(([field]) => field !== name)),
  };
}
