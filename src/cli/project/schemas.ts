import { adapterNames, loadOptionsSchemas } from "../../adapters/index.ts";
import { kinds } from "../../kinds/index.ts";
import type { JsonSchema } from "../../model/values/json.ts";

type Loaded = Promise<{ readonly default: object }>;

/** Schemas of what people write beside manifests. */
const written: Readonly<Record<string, () => Loaded>> = {
  Settings: () =>
    import("../../manifest/settings/generated/settings-schema.json", { with: { type: "json" } }),
  Policy: () => import("../../../schemas/policy.schema.json", { with: { type: "json" } }),
  Suppression: () => import("../../../schemas/suppression.schema.json", { with: { type: "json" } }),
};

/** The names of the schemas of what people write. */
export const writtenNames = [...kinds.map(({ name }) => name), ...Object.keys(written)];

/** The names of all schemas. */
export async function schemaNames(): Promise<readonly string[]> {
  const documents = await documentSchemas();
  return [...writtenNames, ...documents.map(({ title }) => String(title)), ...adapterNames];
}

/** The schema with this name, ignoring case and separators. Undefined if there is none. */
export async function readSchema(name: string): Promise<JsonSchema | undefined> {
  const wanted = plain(name);
  const kind = kinds.find((one) => plain(one.name) === wanted);
  if (kind) return kind.schema;
  const [adapter] = Object.values(
    await loadOptionsSchemas(adapterNames.filter((one) => plain(one) === wanted)),
  );
  if (adapter) return adapter.schema;
  const own = Object.entries(written).find(([one]) => plain(one) === wanted);
  if (own) return (await own[1]()).default as JsonSchema;
  return (await documentSchemas()).find(({ title }) => plain(String(title)) === wanted);
}

/** The schemas of what the tool writes. */
async function documentSchemas(): Promise<readonly JsonSchema[]> {
  const { default: all } = await import("../../kinds/generated/document-schemas.json", {
    with: { type: "json" },
  });
  return Object.values<object>(all).filter(isSchema);
}

function isSchema(schema: object): schema is JsonSchema {
  return "title" in schema;
}

/** Normalizes a name: `LedgerEntry`, `ledger-entry` and `ledger entry` are the same. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z]/g, "");
}
