import { readUnvalidated } from "../../manifest/read/unvalidated.ts";
import { identify } from "../../manifest/resolve/identify.ts";
import { kindOf, nameOf } from "../../model/address.ts";
import type { Checked } from "../../model/diagnostic.ts";
import type { Kind } from "../../model/kind.ts";
import { type Json, type JsonSchema, type Spec, isSpec } from "../../model/values/json.ts";
import { valueAt, withValue } from "../../model/values/pointer.ts";
import type { Project } from "../../operations/project/project.ts";
import { compileContext } from "../../operations/project/validate.ts";

/** What a project calls things, by kind: its objects, and offers that its settings name. */
export type ProjectNames = ReadonlyMap<string, readonly string[]>;

/**
 * The names of a project, each kind's in order. Manifests are not validated: one that is wrong has
 * names too.
 */
export async function projectNames(project: Project): Promise<Checked<ProjectNames>> {
  const sources = await project.sources();
  if (!sources.ok) return sources;
  const kinds = new Map(project.kinds.map((kind) => [kind.name, kind]));
  const documents = (await Promise.all(sources.value.map(readUnvalidated))).flat();
  const names = new Map<string, Set<string>>();
  const add = (kind: string, name: string) =>
    names.set(kind, (names.get(kind) ?? new Set()).add(name));
  for (const document of documents) {
    const address = identify(document, kinds)?.address;
    if (address !== undefined) add(kindOf(address), nameOf(address));
  }
  for (const [kind, aliases] of Object.entries(compileContext(project).names))
    for (const alias of Object.keys(aliases)) add(kind, alias);
  const value = new Map([...names].map(([kind, found]) => [kind, [...found].sort()]));
  return { ok: true, value, diagnostics: [] };
}

/**
 * The schema of a kind whose references have the project's names as examples, which editors offer.
 * Other names stay valid, so that the schema of yesterday refuses nothing that was added today.
 */
export function schemaWithNames(
  { schema, references }: Pick<Kind, "schema" | "references">,
  names: ProjectNames,
): JsonSchema {
  return references.reduce((sum: Spec, { pointer, kind }) => {
    const found: Json = [...(names.get(kind) ?? [])];
    const field = `/properties/spec${pointer.replaceAll("/", "/properties/")}`;
    const place = isSpec(valueAt(sum, `${field}/items`)) ? `${field}/items` : field;
    if (found.length === 0 || !isSpec(valueAt(sum, place))) return sum;
    return withValue(sum, `${place}/examples`, found);
  }, schema as Spec) as JsonSchema;
}
