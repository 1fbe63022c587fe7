import { adapterNames, loadOptionsSchemas } from "../../adapters/index.ts";
import { kinds } from "../../kinds/index.ts";
import type { JsonSchema } from "../../model/values/json.ts";

type Loaded = Promise<{ readonly default: object }>;

/** Schemas of documents other than manifests. */
const documents: Readonly<Record<string, () => Loaded>> = {
  Settings: () =>
    import("../../manifest/settings/generated/settings-schema.json", { with: { type: "json" } }),
  Policy: () => import("../../../schemas/policy.schema.json", { with: { type: "json" } }),
  Suppression: () => import("../../../schemas/suppression.schema.json", { with: { type: "json" } }),
  Plan: () => import("../../../schemas/plan.schema.json", { with: { type: "json" } }),
  Receipt: () => import("../../../schemas/receipt.schema.json", { with: { type: "json" } }),
  Diagnostics: () => import("../../../schemas/diagnostics.schema.json", { with: { type: "json" } }),
  LedgerEntry: () =>
    import("../../../schemas/ledger-entry.schema.json", { with: { type: "json" } }),
};

/** The names of all schemas. */
export function schemaNames(): readonly string[] {
  return [...kinds.map(({ name }) => name), ...Object.keys(documents), ...adapterNames];
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
  const document = Object.entries(documents).find(([one]) => plain(one) === wanted);
  return document && ((await document[1]()).default as JsonSchema);
}

/** Normalizes a name: `LedgerEntry`, `ledger-entry` and `ledger entry` are the same. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z]/g, "");
}
