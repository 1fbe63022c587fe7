import type { Checked, Diagnostic } from "../model/diagnostic.ts";
import { say, type Wording } from "../model/text/phrase.ts";
import { didYouMean } from "../model/text/similar.ts";
import {
  type Explained,
  type FieldHelp,
  listOf,
  propertyOf,
  readField,
  textOf,
} from "./field-help.ts";
import { kinds } from "./index.ts";
import { record } from "../model/text/recorded.ts";

/**
 * Explains the kind or field that a path such as `User.recovery` names, with everything below it.
 * Explains all kinds without a path. `more` are other documents that a path can name.
 */
export function explain(path?: string, more: readonly Explained[] = []): Checked<FieldHelp> {
  if (path === undefined || path === "") return { ok: true, value: everything(), diagnostics: [] };
  const [name = "", ...fields] = path.split(".");
  const kind = [...kinds, ...more].find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (kind === undefined) return unknown(say`There is no kind ${name}.`, kindLike(name));
  let field = whole(kind);
  for (const wanted of fields) {
    const next =
      field.children.find((child) => child.path === `${field.path}.${wanted}`) ??
      documentField(kind, field, wanted);
    if (next === undefined)
      return unknown(say`${field.path} has no field ${wanted}.`, fieldLike(wanted, field));
    field = next;
  }
  return { ok: true, value: field, diagnostics: [] };
}

/** All kinds, without their fields. */
function everything(): FieldHelp {
  const children = kinds.map((kind) => ({ ...whole(kind), children: [] }));
  const description = say`The kinds of objects. A path such as User.recovery leads to a field.`;
  return {
    path: "kinds",
    type: "object",
    description,
    required: false,
    fixed: false,
    personal: false,
    limits: {},
    examples: [],
    children,
  };
}

function unknown(message: Wording, hint: Wording): Checked<FieldHelp> {
  const problem: Diagnostic = record({ severity: "error", code: "explain/unknown", message, hint });
  return { ok: false, diagnostics: [problem] };
}

function kindLike(name: string): Wording {
  const names = kinds.map((one) => one.name);
  return didYouMean(name, names) ?? say`Kinds are ${{ list: names }}.`;
}

function fieldLike(name: string, { path, children }: FieldHelp): Wording {
  const names = children.map((child) => child.path.slice(path.length + 1));
  if (names.length === 0) return say`${path} has no fields.`;
  return didYouMean(name, names) ?? say`It has ${{ list: names }}.`;
}

/**
 * The kind itself, with the document's description. Its children are the spec's fields and those
 * beside the spec.
 */
function whole(kind: Explained): FieldHelp {
  const spec = propertyOf(kind.schema, "spec") ?? kind.schema;
  const field = readField(spec, { kind, path: kind.name, pointer: "", required: true });
  const around = aroundSpec.flatMap((name) => documentField(kind, field, name) ?? []);
  const children = [...field.children, ...(propertyOf(kind.schema, "spec") ? around : [])];
  return {
    ...field,
    description: textOf(kind.schema, "description"),
    examples: listOf(kind.schema, "examples"),
    children,
  };
}

const aroundSpec = ["metadata", "state", "reason"];

/** A field beside the spec (metadata, state, reason), or the spec itself by its full name. */
function documentField(
  kind: Explained,
  { path, children }: FieldHelp,
  wanted: string,
): FieldHelp | undefined {
  const schema = path === kind.name ? propertyOf(kind.schema, wanted) : undefined;
  if (schema === undefined) return undefined;
  if (wanted === "spec")
    return { ...readField(schema, { kind, path, pointer: "", required: true }), children };
  return readField(schema, {
    kind,
    path: `${path}.${wanted}`,
    pointer: undefined,
    required: listOf(kind.schema, "required").includes(wanted),
  });
}
