import type { Checked, Diagnostic } from "../model/diagnostic.ts";
import { isSpec, type Json, type JsonSchema, type Spec } from "../model/values/json.ts";
import type { Kind } from "../model/kind.ts";
import { below, covers, type Pointer } from "../model/values/pointer.ts";
import { say } from "../model/text/say.ts";
import { didYouMean } from "../model/text/similar.ts";
import { kinds } from "./index.ts";

/** What there is to know of a kind or of one of its fields, as its schema tells it. */
export interface FieldHelp {
  /** `User`, `User.recovery`, `Subscription.metadata.name`; a spec's fields follow the kind at once. */
  readonly path: string;
  /** In words: `string`, `list of string`, `none | admin`. */
  readonly type: string;
  readonly description: string;
  readonly default?: Json;
  /** The defaults where another field decides, by that field's value: `cloud: china`. */
  readonly defaultBy?: Readonly<Record<string, Json>>;
  /** The values it may have, where they can be counted. */
  readonly enum?: readonly Json[];
  /** It cannot be left out where the object around it is written. */
  readonly required: boolean;
  /** It cannot change once created. */
  readonly fixed: boolean;
  /** Somebody's data: masked when shared. */
  readonly personal: boolean;
  /** It is taken from an environment variable. */
  readonly secret?: true;
  /** It is never written, and why. */
  readonly refused?: string;
  /** Limits, by JSON Schema keyword: minimum, maxLength, pattern. */
  readonly limits: Readonly<Record<string, Json>>;
  readonly examples: readonly Json[];
  readonly children: readonly FieldHelp[];
}

/** What has a schema: a kind, or a document that is none. */
export type Explained = Pick<Kind, "name" | "schema" | "fixed" | "personal">;

interface Place {
  readonly kind: Explained;
  readonly path: string;
  /** Within the spec; undefined around it. */
  readonly pointer: Pointer | undefined;
  readonly required: boolean;
}

const limits = ["minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "uniqueItems", "pattern", "format"];

/** The kind or field that a path such as `User.recovery` names, with everything below it; all kinds where there is no path. `more` are documents that can be named too. */
export function explain(path?: string, more: readonly Explained[] = []): Checked<FieldHelp> {
  if (path === undefined || path === "") return { ok: true, value: everything(), diagnostics: [] };
  const [name = "", ...fields] = path.split(".");
  const kind = [...kinds, ...more].find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (kind === undefined) return unknown(say`there is no kind ${name}`, kindLike(name));
  let field = whole(kind);
  for (const wanted of fields) {
    const next = field.children.find((child) => child.path === `${field.path}.${wanted}`) ?? documentField(kind, field, wanted);
    if (next === undefined) return unknown(say`${field.path} has no field ${wanted}`, fieldLike(wanted, field));
    field = next;
  }
  return { ok: true, value: field, diagnostics: [] };
}

/** The kinds side by side, without their fields. */
function everything(): FieldHelp {
  const children = kinds.map((kind) => ({ ...whole(kind), children: [] }));
  const description = say`The kinds of objects. A path such as User.recovery leads to a field.`;
  return { path: "kinds", type: "object", description, required: false, fixed: false, personal: false, limits: {}, examples: [], children };
}

function unknown(message: string, hint: string): Checked<FieldHelp> {
  const problem: Diagnostic = { severity: "error", code: "explain/unknown", message, hint };
  return { ok: false, diagnostics: [problem] };
}

function kindLike(name: string): string {
  const names = kinds.map((one) => one.name);
  return didYouMean(name, names) ?? say`kinds are ${names.join(", ")}`;
}

function fieldLike(name: string, { path, children }: FieldHelp): string {
  const names = children.map((child) => child.path.slice(path.length + 1));
  if (names.length === 0) return say`${path} has no fields`;
  return didYouMean(name, names) ?? say`it has ${names.join(", ")}`;
}

/** The kind itself: its description is the document's, its fields are the spec's and those beside it. */
function whole(kind: Explained): FieldHelp {
  const spec = at(kind.schema, "spec") ?? kind.schema;
  const field = read(spec, { kind, path: kind.name, pointer: "", required: true });
  const around = aroundSpec.flatMap((name) => documentField(kind, field, name) ?? []);
  const children = [...field.children, ...(at(kind.schema, "spec") ? around : [])];
  return { ...field, description: text(kind.schema, "description"), examples: list(kind.schema, "examples"), children };
}

/** Fields that stand beside the spec. */
const aroundSpec = ["metadata", "state", "reason"];

/** Fields of the document around the spec (metadata, state, reason), and the spec itself by its full name. */
function documentField(kind: Explained, { path, children }: FieldHelp, wanted: string): FieldHelp | undefined {
  const schema = path === kind.name ? at(kind.schema, wanted) : undefined;
  if (schema === undefined) return undefined;
  if (wanted === "spec") return { ...read(schema, { kind, path, pointer: "", required: true }), children };
  return read(schema, { kind, path: `${path}.${wanted}`, pointer: undefined, required: list(kind.schema, "required").includes(wanted) });
}

function at(schema: JsonSchema, field: string): JsonSchema | undefined {
  const found = isSpec(schema.properties) && Object.hasOwn(schema.properties, field) ? schema.properties[field] : undefined;
  return isSpec(found) ? found : undefined;
}

function read(written: JsonSchema, place: Place): FieldHelp {
  const { kind, path, pointer, required } = place;
  const schema = resolved(written, kind.schema);
  const items = resolved(isSpec(schema.items) ? schema.items : {}, kind.schema);
  const refused = text(schema, "x-message");
  return {
    path,
    type: typeOf(schema, kind.schema),
    description: text(schema, "description"),
    ...(schema.default === undefined ? {} : { default: schema.default }),
    ...(isSpec(schema["x-default-by"]) ? { defaultBy: defaultsBy(schema["x-default-by"]) } : {}),
    ...(Array.isArray(schema.enum) ? { enum: schema.enum } : {}),
    required,
    fixed: pointer !== undefined && covers(kind.fixed, pointer),
    personal: (pointer !== undefined && covers(kind.personal, pointer)) || schema["x-personal"] === true,
    ...(schema["x-secret"] === true ? { secret: true } : {}),
    ...(refused === "" ? {} : { refused }),
    limits: Object.fromEntries(limits.flatMap((keyword) => (schema[keyword] === undefined ? [] : [[keyword, schema[keyword]]]))),
    examples: list(schema, "examples"),
    children: [schema, items, ...choicesIn(schema, kind.schema)].flatMap((one) => inside(one, place)),
  };
}

/** A default for each value of another field: `cloud: china`. */
function defaultsBy(by: Spec): Readonly<Record<string, Json>> {
  return Object.fromEntries(
    Object.entries(by).flatMap(([field, choices]) =>
      Object.entries(isSpec(choices) ? choices : {}).map(([value, one]) => [`${field}: ${value}`, one] as const),
    ),
  );
}

function choicesIn({ anyOf }: JsonSchema, root: JsonSchema): readonly JsonSchema[] {
  return Array.isArray(anyOf) ? anyOf.filter(isSpec).map((one) => resolved(one, root)) : [];
}

function inside(schema: JsonSchema, { kind, path, pointer }: Place): readonly FieldHelp[] {
  const properties = isSpec(schema.properties) ? schema.properties : {};
  const needed = [...list(schema, "required"), ...list(resolved({ $ref: "#/$defs/complete" }, schema), "required")];
  return Object.entries(properties).flatMap(([name, field]) => {
    if (!isSpec(field)) return [];
    const place = {
      kind,
      path: `${path}.${name}`,
      pointer: pointer === undefined ? undefined : below(pointer, name),
      required: needed.includes(name),
    };
    return [read(field, place)];
  });
}

/** A schema with what its `$ref` leads to; what is written beside the `$ref` comes first. */
function resolved(schema: JsonSchema, root: JsonSchema): JsonSchema {
  const name = typeof schema.$ref === "string" ? schema.$ref.replace("#/$defs/", "") : undefined;
  const definition = name === undefined || !isSpec(root.$defs) ? undefined : root.$defs[name];
  return isSpec(definition) ? { ...definition, ...schema } : schema;
}

function typeOf(written: JsonSchema, root: JsonSchema): string {
  const schema = resolved(written, root);
  if (Array.isArray(schema.anyOf)) return schema.anyOf.map((one) => (isSpec(one) ? typeOf(one, root) : say`anything`)).join(" | ");
  if (Array.isArray(schema.enum)) return schema.enum.map(String).join(" | ");
  if (schema.const !== undefined) return String(schema.const);
  if (schema.not !== undefined) return say`never`;
  if (schema.type === "array" && isSpec(schema.items)) return say`list of ${typeOf(schema.items, root)}`;
  const types = list(schema, "type");
  if (types.length > 0) return types.join(" | ");
  return typeof schema.type === "string" ? schema.type : say`anything`;
}

function text(schema: JsonSchema, keyword: string): string {
  const value = schema[keyword];
  return typeof value === "string" ? value : "";
}

function list(schema: JsonSchema, keyword: string): readonly Json[] {
  const value = schema[keyword];
  return Array.isArray(value) ? value : [];
}
