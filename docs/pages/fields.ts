import { isSpec, type Json, type JsonSchema } from "../../src/model/values/json.ts";
import { covers, type Pointer } from "../../src/model/values/pointer.ts";
import { code, plain, table, value } from "./markdown.ts";

/** What is known of a schema's fields beside the schema. */
export interface Marks {
  readonly fixed: readonly Pointer[];
  readonly personal: readonly Pointer[];
}

interface Place extends Marks {
  readonly root: JsonSchema;
  /** As people read it: `rules[].when`. */
  readonly path: string;
  readonly pointer: Pointer;
  /** The definitions it is in: one that holds itself is shown once. */
  readonly within: readonly Json[];
}

const limits = [
  "minimum",
  "maximum",
  "minLength",
  "maxLength",
  "minItems",
  "maxItems",
  "uniqueItems",
  "minProperties",
  "pattern",
  "format",
];

/**
 * A table of all fields of an object's schema, those inside included; empty where it has none. `at`
 * is what stands before their names.
 */
export function fields(
  schema: JsonSchema,
  root: JsonSchema,
  { at = "", fixed = [], personal = [] }: Partial<Marks> & { at?: string } = {},
): string {
  const rows = inside(schema, { root, path: at, pointer: "", within: [], fixed, personal });
  return rows.length === 0
    ? ""
    : table(["field", "type", "default", "example", "what it is"], rows);
}

type Row = readonly string[];

function inside(given: JsonSchema, outer: Place): readonly Row[] {
  const { $ref } = given;
  if ($ref !== undefined && outer.within.includes($ref)) return [];
  const place = $ref === undefined ? outer : { ...outer, within: [...outer.within, $ref] };
  const schema = resolved(given, place.root);
  const needed = Array.isArray(schema.required) ? schema.required : [];
  const named = isSpec(schema.properties) ? Object.entries(schema.properties) : [];
  const choices = Array.isArray(schema.anyOf)
    ? schema.anyOf.filter(isSpec).flatMap((one) => inside(one, place))
    : [];
  const below = named.flatMap(([name, field]) =>
    rows(field, next(place, name), needed.includes(name)),
  );
  const any = rows(schema.additionalProperties, next(place, "NAME"), false);
  return [
    ...choices,
    ...below,
    ...any,
    ...(isSpec(schema.items) ? inside(schema.items, { ...place, path: `${place.path}[]` }) : []),
  ];
}

function next(place: Place, name: string): Place {
  return {
    ...place,
    path: place.path === "" ? name : `${place.path}.${name}`,
    pointer: `${place.pointer}/${name}`,
  };
}

function rows(given: Json | undefined, place: Place, required: boolean): readonly Row[] {
  if (!isSpec(given)) return [];
  const schema = resolved(given, place.root);
  const [example] = Array.isArray(schema.examples) ? schema.examples : [];
  const own = [
    [code(place.path), ...marks(schema, place, required).map((mark) => `*${mark}*`)].join("<br>"),
    [
      plain(typeOf(schema, place.root)),
      ...limits.flatMap((name) => limit(name, schema[name])),
    ].join("<br>"),
    defaults(schema),
    example === undefined || isSpec(example) ? "" : value(example),
    plain(
      [text(schema, "description"), text(schema, "x-message")]
        .filter((part) => part !== "")
        .join(" Refused: "),
    ) + more(schema),
  ];
  return [own, ...inside(schema, place)];
}

/** The default, or one for each value of another field. */
function defaults({ default: own, "x-default-by": by }: JsonSchema): string {
  if (own !== undefined) return value(own);
  const choices = Object.values(isSpec(by) ? by : {}).filter(isSpec);
  return choices
    .flatMap(Object.entries)
    .map(([when, one]) => `${value(one)} (${when})`)
    .join("<br>");
}

/** Options have pages of their own. */
function more({ $ref }: JsonSchema): string {
  const [, adapter] =
    /^adapters\/(.+)\.schema\.json$/.exec(typeof $ref === "string" ? $ref : "") ?? [];
  return adapter === undefined ? "" : ` All of them: [${adapter}](adapter-${adapter}.md).`;
}

function marks(
  schema: JsonSchema,
  { pointer, fixed, personal }: Place,
  required: boolean,
): readonly string[] {
  return [
    ...(required ? ["required"] : []),
    ...(covers(fixed, pointer) ? ["fixed"] : []),
    ...(covers(personal, pointer) || schema["x-personal"] === true ? ["personal"] : []),
    ...(schema["x-secret"] === true ? ["secret"] : []),
    ...(schema["x-message"] === undefined ? [] : ["refused"]),
  ];
}

function limit(name: string, given: Json | undefined): readonly string[] {
  return given === undefined ? [] : [`${name} ${code(String(given))}`];
}

function typeOf(given: JsonSchema, root: JsonSchema): string {
  const schema = resolved(given, root);
  const choices = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(choices))
    return choices.map((one) => (isSpec(one) ? typeOf(one, root) : "anything")).join(" or ");
  if (Array.isArray(schema.enum)) return schema.enum.map(String).join(", ");
  if (schema.const !== undefined) return String(schema.const);
  if (schema.not !== undefined || schema["x-message"] !== undefined) return "never";
  if (schema.type === "array" && isSpec(schema.items))
    return `list of ${typeOf(schema.items, root)}`;
  if (Array.isArray(schema.type)) return schema.type.join(" or ");
  if (typeof schema.type === "string") return schema.type;
  return typeof schema.$ref === "string" ? "object" : "anything";
}

/** A schema with what its `$ref` leads to; what is written beside the `$ref` comes first. */
function resolved(schema: JsonSchema, root: JsonSchema): JsonSchema {
  const name = typeof schema.$ref === "string" ? schema.$ref.replace("#/$defs/", "") : undefined;
  const definition = name === undefined || !isSpec(root.$defs) ? undefined : root.$defs[name];
  return isSpec(definition) ? { ...definition, ...schema } : schema;
}

/** A keyword's text; empty where there is none. */
export function text(schema: JsonSchema, keyword: string): string {
  const found = schema[keyword];
  return typeof found === "string" ? found : "";
}
