import type { Kind } from "../model/kind.ts";
import { english, say, type Wording } from "../model/text/phrase.ts";
import { isSpec, type Json, type JsonSchema, type Spec } from "../model/values/json.ts";
import { below, covers, type Pointer } from "../model/values/pointer.ts";
import { record, type Worded } from "../model/text/recorded.ts";

/** The documentation of a kind or of one of its fields, from its schema. */
export interface FieldHelp extends Worded {
  /** `User`, `User.recovery`, `User.metadata.name`: a spec's fields follow the kind directly. */
  readonly path: string;
  /** For people: `string`, `list of string`, `none | admin`. */
  readonly type: string;
  readonly description: string;
  readonly default?: Json;
  /** Defaults that depend on another field, by that field and its value: `cloud: china`. */
  readonly defaultBy?: Readonly<Record<string, Json>>;
  /** The permitted values, if the schema lists them. */
  readonly enum?: readonly Json[];
  /** The field is required if the object around it is present. */
  readonly required: boolean;
  /** The field cannot change after creation. */
  readonly fixed: boolean;
  /** The field holds personal data: it is masked in shared output. */
  readonly personal: boolean;
  /** The value comes from an environment variable. */
  readonly secret?: true;
  /** The field is not allowed. The text says why. */
  readonly refused?: string;
  /** Limits by JSON Schema keyword: minimum, maxLength, pattern. */
  readonly limits: Readonly<Record<string, Json>>;
  readonly examples: readonly Json[];
  readonly children: readonly FieldHelp[];
}

/** A kind, or another document with a schema. */
export type Explained = Pick<Kind, "name" | "schema" | "fixed" | "personal">;

interface Place {
  readonly kind: Explained;
  readonly path: string;
  /** The pointer within the spec. Undefined for fields outside of the spec. */
  readonly pointer: Pointer | undefined;
  readonly required: boolean;
}

const limits = [
  "minimum",
  "maximum",
  "minLength",
  "maxLength",
  "minItems",
  "maxItems",
  "uniqueItems",
  "pattern",
  "format",
];

/** The schema of a field; undefined if there is no such field. */
export function propertyOf(schema: JsonSchema, field: string): JsonSchema | undefined {
  const found =
    isSpec(schema.properties) && Object.hasOwn(schema.properties, field)
      ? schema.properties[field]
      : undefined;
  return isSpec(found) ? found : undefined;
}

/** Reads a field and all fields below it from its schema. */
export function readField(written: JsonSchema, place: Place): FieldHelp {
  const { kind, path, pointer, required } = place;
  const schema = resolved(written, kind.schema);
  const items = resolved(isSpec(schema.items) ? schema.items : {}, kind.schema);
  const refused = textOf(schema, "x-message");
  return record({
    path,
    type: typeOf(schema, kind.schema),
    description: textOf(schema, "description"),
    ...(schema.default === undefined ? {} : { default: schema.default }),
    ...(isSpec(schema["x-default-by"]) ? { defaultBy: defaultsBy(schema["x-default-by"]) } : {}),
    ...(Array.isArray(schema.enum) ? { enum: schema.enum } : {}),
    required,
    fixed: pointer !== undefined && covers(kind.fixed, pointer),
    personal:
      (pointer !== undefined && covers(kind.personal, pointer)) || schema["x-personal"] === true,
    ...(schema["x-secret"] === true ? { secret: true } : {}),
    ...(refused === "" ? {} : { refused }),
    limits: Object.fromEntries(
      limits.flatMap((keyword) =>
        schema[keyword] === undefined ? [] : [[keyword, schema[keyword]]],
      ),
    ),
    examples: listOf(schema, "examples"),
    children: [schema, items, ...choicesIn(schema, kind.schema)].flatMap((one) =>
      inside(one, place),
    ),
  });
}

/** The defaults by the other field and its value: `cloud: china`. */
function defaultsBy(by: Spec): Readonly<Record<string, Json>> {
  return Object.fromEntries(
    Object.entries(by).flatMap(([field, choices]) =>
      Object.entries(isSpec(choices) ? choices : {}).map(
        ([value, one]) => [`${field}: ${value}`, one] as const,
      ),
    ),
  );
}

function choicesIn({ anyOf }: JsonSchema, root: JsonSchema): readonly JsonSchema[] {
  return Array.isArray(anyOf) ? anyOf.filter(isSpec).map((one) => resolved(one, root)) : [];
}

function inside(schema: JsonSchema, { kind, path, pointer }: Place): readonly FieldHelp[] {
  const properties = isSpec(schema.properties) ? schema.properties : {};
  const needed = [
    ...listOf(schema, "required"),
    ...listOf(resolved({ $ref: "#/$defs/complete" }, schema), "required"),
  ];
  return Object.entries(properties).flatMap(([name, field]) => {
    if (!isSpec(field)) return [];
    const place = {
      kind,
      path: `${path}.${name}`,
      pointer: pointer === undefined ? undefined : below(pointer, name),
      required: needed.includes(name),
    };
    return [readField(field, place)];
  });
}

/**
 * Replaces a `$ref` by its definition. Keywords beside the `$ref` override those of the definition.
 */
function resolved(schema: JsonSchema, root: JsonSchema): JsonSchema {
  const name = typeof schema.$ref === "string" ? schema.$ref.replace("#/$defs/", "") : undefined;
  const definition = name === undefined || !isSpec(root.$defs) ? undefined : root.$defs[name];
  return isSpec(definition) ? { ...definition, ...schema } : schema;
}

function typeOf(written: JsonSchema, root: JsonSchema): Wording {
  const schema = resolved(written, root);
  if (Array.isArray(schema.anyOf))
    return schema.anyOf
      .map((one) => english(isSpec(one) ? typeOf(one, root) : say`anything`))
      .join(" | ");
  if (Array.isArray(schema.enum)) return schema.enum.map(String).join(" | ");
  if (schema.const !== undefined) return String(schema.const);
  if (schema.not !== undefined) return say`never`;
  if (schema.type === "array" && isSpec(schema.items))
    return say`list of ${typeOf(schema.items, root)}`;
  const types = listOf(schema, "type");
  if (types.length > 0) return types.join(" | ");
  return typeof schema.type === "string" ? schema.type : say`anything`;
}

/** A keyword's text; empty if it has none. */
export function textOf(schema: JsonSchema, keyword: string): string {
  const value = schema[keyword];
  return typeof value === "string" ? value : "";
}

/** A keyword's list; empty if it has none. */
export function listOf(schema: JsonSchema, keyword: string): readonly Json[] {
  const value = schema[keyword];
  return Array.isArray(value) ? value : [];
}
