// Puts the schemas of documents together. A file of schemas/documents may refer to definitions of
// the others; what stands beside a `$ref` with `properties` adds fields to those of the definition.
// `x-type` names the type of what is written by hand in src/model; all others are generated.
import { readdirSync, readFileSync } from "node:fs";

const folder = new URL("documents/", import.meta.url);
const sources = Object.fromEntries(
  readdirSync(folder)
    .sort()
    .map((file) => [
      file.replace(".schema.json", ""),
      JSON.parse(readFileSync(new URL(file, folder), "utf8")),
    ]),
);

/** The names of the documents. The file `common` holds only definitions. */
export const documents = Object.keys(sources).filter((name) => name !== "common");

/** The schema of a document with all that it refers to, so that it leads to no other file. */
export function documentSchema(name) {
  const { $defs: _, ...root } = sources[name];
  const found = new Map();
  const whole = inOne(root, { file: name, refer: (target) => bundled(target, found) });
  const definitions = [...found].map(([key, { schema }]) => [key, schema]);
  return definitions.length === 0 ? whole : { ...whole, $defs: Object.fromEntries(definitions) };
}

/**
 * The types of the definitions, as TypeScript: of those that are not written by hand. Documents are
 * made once, so nothing in them changes.
 */
export function documentTypes() {
  const [found, imports] = [new Map(), new Map()];
  for (const file of documents.filter((name) => sources[name]["x-type"] === undefined))
    for (const key of ownTypes(sources[file]))
      typed(definitionAt(`#/$defs/${key}`, file), found, imports);
  const head = "// Generated from schemas/documents by `node schemas/generate.mjs`.\n";
  const lines = [...imports]
    .sort()
    .map(([name, file]) => `import type { ${name} } from "../${file}";\n`);
  return [
    head,
    ...lines,
    ...[...found].sort().map(([key, { schema }]) => declaration(key, schema)),
  ].join("");
}

function ownTypes({ $defs = {} }) {
  return Object.keys($defs).filter((key) => $defs[key]["x-type"] === undefined);
}

function declaration(key, schema) {
  const about = `\n/** ${schema.description} */\nexport `;
  if (schema.properties === undefined)
    return `${about}type ${typeName(key)} = ${typeText(schema)};\n`;
  return `${about}interface ${typeName(key)} {\n${fieldsOf(schema)}\n}\n`;
}

function fieldsOf({ properties, required = [] }) {
  const field = ([name, one]) =>
    `  /** ${one.description} */\n  readonly ${name}${required.includes(name) ? "" : "?"}: ${typeText(one)};`;
  return Object.entries(properties).map(field).join("\n");
}

function typeText(schema) {
  const {
    tsType,
    $ref,
    enum: values,
    const: only,
    anyOf,
    type,
    items,
    additionalProperties,
  } = schema;
  if (tsType !== undefined) return tsType;
  if ($ref !== undefined) return typeName($ref.replace("#/$defs/", ""));
  if (values ?? only) return (values ?? [only]).map((one) => JSON.stringify(one)).join(" | ");
  if (anyOf !== undefined) return anyOf.map(typeText).join(" | ");
  if (type === "array") return `readonly ${typeText(items)}[]`;
  if (typeof additionalProperties === "object")
    return `Readonly<Record<string, ${typeText(additionalProperties)}>>`;
  if (type === "integer") return "number";
  if (["string", "number", "boolean", "null"].includes(type)) return type;
  throw new Error(`no type is known for ${JSON.stringify(schema)}`);
}

function typeName(key) {
  return `${key.charAt(0).toUpperCase()}${key.slice(1)}`;
}

/** A schema, with the references in it replaced. */
function inOne(value, place) {
  if (Array.isArray(value)) return value.map((one) => inOne(one, place));
  if (typeof value !== "object" || value === null) return value;
  const { $ref, "x-type": _, ...own } = value;
  const resolved = Object.fromEntries(
    Object.entries(own).map(([key, inner]) => [key, inOne(inner, place)]),
  );
  if (typeof $ref !== "string") return resolved;
  const target = definitionAt($ref, place.file);
  if (own.properties !== undefined)
    return extended(inOne(target.schema, { ...place, file: target.file }), resolved);
  return { ...resolved, ...place.refer(target) };
}

function definitionAt($ref, file) {
  const [path, key] = $ref.split("#/$defs/");
  const other = path === "" ? file : path.replace(".schema.json", "");
  const schema = sources[other]?.$defs?.[key];
  if (schema === undefined)
    throw new Error(`schemas/documents/${file}.schema.json refers to ${$ref}, which there is not`);
  return { file: other, key, schema };
}

function extended(base, own) {
  return {
    ...base,
    ...own,
    required: [...(own.required ?? []), ...(base.required ?? [])],
    properties: { ...own.properties, ...base.properties },
  };
}

function bundled(target, found) {
  collect(target, found, (one) => bundled(one, found));
  return { $ref: `#/$defs/${target.key}` };
}

function typed(target, found, imports) {
  const { "x-type": type } = target.schema;
  if (type === undefined) {
    collect(target, found, (one) => typed(one, found, imports));
    return { $ref: `#/$defs/${target.key}` };
  }
  const [file, name] = type.split("#");
  if (name !== undefined) imports.set(name, file);
  return { tsType: name ?? file };
}

/** Adds a definition once; two files may not give one name to different things. */
function collect({ file, key, schema }, found, refer) {
  const known = found.get(key);
  if (known !== undefined && known.file !== file)
    throw new Error(`${key} is defined in ${known.file} and in ${file}`);
  if (known !== undefined) return;
  found.set(key, { file });
  found.set(key, { file, schema: inOne(schema, { file, refer }) });
}
