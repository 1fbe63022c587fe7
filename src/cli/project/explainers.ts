// What `explain` can describe: codes, documents and options, kinds.

import { explain } from "../../kinds/explain.ts";
import type { Explained, FieldHelp } from "../../kinds/field-help.ts";
import { kinds } from "../../kinds/index.ts";
import { describeCode, documentationUrl, registeredCodes } from "../../model/codes.ts";
import type { Checked } from "../../model/diagnostic.ts";
import { say } from "../../model/text/phrase.ts";
import { record } from "../../model/text/recorded.ts";
import { didYouMean } from "../../model/text/similar.ts";
import type { SchemaReference } from "../../report/document.ts";
import { readSchema, schemaNames } from "./schemas.ts";

interface Explainer {
  /** Whether a path is of its sort. */
  fits(path: string): boolean;
  explain(path: string): Checked<SchemaReference> | Promise<Checked<SchemaReference>>;
  /** The paths that begin as this one does, one step further. */
  names(half: string): readonly string[] | Promise<readonly string[]>;
}

const codes: Explainer = {
  fits: (path) => path.includes("/"),
  explain: explainCode,
  names: registeredCodes,
};

/** Kinds, and the settings, policies, adapters' options and the like by their names. */
const schemas: Explainer = { fits: () => true, explain: explainSchema, names: schemaPaths };

/** The first that a path fits explains it. */
const explainers: readonly Explainer[] = [codes, schemas];

/**
 * Describes a code, a kind or another document with a schema, or a field; all kinds for no path.
 */
export async function explainPath(path: string): Promise<Checked<SchemaReference>> {
  return (explainers.find((one) => one.fits(path)) ?? schemas).explain(path);
}

/** The paths that can be explained and begin as this one does. */
export async function explainedNames(half: string): Promise<readonly string[]> {
  const found = await Promise.all(explainers.map((one) => one.names(half)));
  return found.flat();
}

function explainCode(code: string): Checked<SchemaReference> {
  const known = describeCode(code);
  if (known === undefined) {
    const message = say`There is no code ${code}.`;
    const hint =
      didYouMean(code, registeredCodes()) ??
      say`The reference lists all codes: ${documentationUrl("reference/codes.md")}`;
    return {
      ok: false,
      diagnostics: [record({ severity: "error", code: "explain/unknown", message, hint })],
    };
  }
  const { means: description, hint, page } = known;
  return {
    ok: true,
    value: {
      path: code,
      type: say`code`,
      description,
      ...(hint && { hint }),
      page: documentationUrl(page),
    },
    diagnostics: [],
  };
}

async function explainSchema(path: string): Promise<Checked<SchemaReference>> {
  const schema = await readSchema(path.split(".", 1)[0] ?? "");
  const isKind = kinds.some((kind) => kind.schema === schema);
  const more: readonly Explained[] =
    !isKind && typeof schema?.title === "string"
      ? [{ name: schema.title, schema, fixed: [], personal: [] }]
      : [];
  const found = explain(path, more);
  return found.ok
    ? { ...found, value: { ...found.value, ...(await exampleOf(found.value)) } }
    : found;
}

/** The first example, as it is written in a file. */
async function exampleOf({
  path,
  examples: [first],
}: FieldHelp): Promise<Pick<SchemaReference, "yaml">> {
  if (first === undefined) return {};
  const { yaml } = await import("../../manifest/write/render.ts");
  const field = path.slice(path.lastIndexOf(".") + 1);
  return {
    yaml: yaml(path.includes(".") ? { [field]: first } : first)
      .trimEnd()
      .split("\n"),
  };
}

async function schemaPaths(half: string): Promise<readonly string[]> {
  if (!half.includes(".")) return schemaNames();
  const around = await explainSchema(half.slice(0, half.lastIndexOf(".")));
  return around.ok ? (around.value.children ?? []).map(({ path }) => path) : [];
}
