// Makes code from the schemas: `node schemas/generate.mjs`. Types are kept in git; validators are
// made by every build.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { _ } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import standalone from "ajv/dist/standalone/index.js";
import formats from "ajv-formats";
import { compile } from "json-schema-to-typescript";
import { documents, documentSchema, documentTypes } from "./documents.mjs";

const kinds = [
  "partner-profile",
  "user",
  "catalog-customization",
  "customer",
  "subscription",
  "offer",
];
const policies = ["policy", "suppression"];
const adapters = ["local", "partner-center"];

/** Where the types of each schema go. */
const typed = Object.fromEntries([
  ...kinds.map((name) => [name, `src/kinds/generated/${name}.ts`]),
  ...["settings", ...policies].map((name) => [name, `src/model/generated/${name}.ts`]),
  ...adapters.map((name) => [`adapters/${name}`, `src/adapters/generated/${name}-options.ts`]),
]);

/**
 * Schemas whose types are of values with their defaults, and under which name; the settings have a
 * type as they are written, too.
 */
const resolved = {
  settings: "settings",
  ...Object.fromEntries(adapters.map((name) => [`adapters/${name}`, `${name}-options`])),
};
const written = {
  "src/model/generated/written-settings.ts": { ...schema("settings"), title: "written-settings" },
};

/** Which schemas each file of validators judges. */
const validated = {
  "src/kinds/generated/validators.js": kinds,
  "src/manifest/settings/generated/settings-validator.js": ["settings"],
  "src/kinds/generated/document-validators.js": ["diagnostics", "plan", "receipt"],
  "src/kinds/generated/policy-validators.js": policies,
  "src/store/ledger/generated/entry-validator.js": ["ledger-entry"],
  "src/adapters/generated/invoice-validator.js": ["invoice"],
  ...Object.fromEntries(
    adapters.map((name) => [`src/adapters/generated/${name}-validator.js`, [`adapters/${name}`]]),
  ),
};

/** A schema as it is written; of a document, with all that it refers to. */
export function schema(name) {
  if (documents.includes(name)) return documentSchema(name);
  return JSON.parse(readFileSync(new URL(`${name}.schema.json`, import.meta.url), "utf8"));
}

/** The files of types, by path: what `generate` writes and what the test compares. */
export async function types() {
  const named = Object.entries(typed).map(([name, path]) => {
    const given =
      name in resolved ? { ...filledIn(schema(name)), title: resolved[name] } : schema(name);
    return [path, given, !kinds.includes(name)];
  });
  const all = [...named, ...Object.entries(written).map(([path, given]) => [path, given, true])];
  const files = await Promise.all(
    all.map(async ([path, ...given]) => [path, await typesOf(...given)]),
  );
  return { ...Object.fromEntries(files), "src/model/generated/documents.ts": documentTypes() };
}

/** The schemas that programs read and that are put together from several. */
export function bundles() {
  const printed = Object.fromEntries(documents.map((name) => [name, schema(name)]));
  const settings = JSON.stringify(bundle("settings"), null, 2);
  return {
    "src/manifest/settings/generated/settings-schema.json": `${settings}\n`,
    "src/kinds/generated/document-schemas.json": `${JSON.stringify(printed)}\n`,
  };
}

/**
 * A schema with the adapters' own schemas among its definitions, so that it leads to no other file.
 */
export function bundle(name) {
  const whole = within(schema(name), "#");
  const used = adapters.filter((adapter) => JSON.stringify(whole).includes(`"#/$defs/${adapter}`));
  const definitions = used.map((adapter) => {
    const { $schema, $id, ...own } = schema(`adapters/${adapter}`);
    return [adapter, within(own, `#/$defs/${adapter}`)];
  });
  return used.length === 0
    ? whole
    : { ...whole, $defs: { ...whole.$defs, ...Object.fromEntries(definitions) } };
}

/** The same schema where it stands at `at`. */
function within(value, at) {
  if (Array.isArray(value)) return value.map((one) => within(one, at));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === "$ref" ? referenceAt(inner, at) : within(inner, at),
    ]),
  );
}

function referenceAt(reference, at) {
  if (reference.startsWith("#")) return `${at}${reference.slice(1)}`;
  return reference.replace(/^adapters\/(.*)\.schema\.json#?/, "#/$defs/$1");
}

async function typesOf(given, asInterface) {
  const bannerComment = `/* Generated from ${given.$id.replace("https://partnerctl.dev/", "")} by \`node schemas/generate.mjs\`. */`;
  const text = await compile(writable(given), given.title, {
    bannerComment,
    additionalProperties: false,
    ignoreMinAndMaxItems: true,
    style: { printWidth: 120 },
  });
  // Only a type alias, not an interface, is assignable to a type with an index signature (Spec).
  return asInterface
    ? text
    : text.replace(/^export interface (\w+) \{\n([\s\S]*?)^\}$/gm, "export type $1 = {\n$2};");
}

/**
 * A schema without the fields it exists to refuse, which have no type; what stands beside a `$ref`
 * would make each use a type of its own.
 */
function writable(value) {
  if (Array.isArray(value)) return value.map(writable);
  if (typeof value !== "object" || value === null) return value;
  if (value.$ref?.startsWith("adapters/")) return {};
  if (typeof value.$ref === "string") return { $ref: value.$ref };
  const kept = Object.entries(value).filter(
    ([, field]) => field?.["x-message"] === undefined && !field?.$ref?.startsWith("adapters/"),
  );
  return Object.fromEntries(kept.map(([name, field]) => [name, writable(field)]));
}

/** The schema of a value whose defaults are filled in: what has one is always there. */
function filledIn(value) {
  if (Array.isArray(value)) return value.map(filledIn);
  if (typeof value !== "object" || value === null) return value;
  const whole = Object.fromEntries(
    Object.entries(value).map(([keyword, inner]) => [keyword, filledIn(inner)]),
  );
  if (value.type !== "object" || value.properties === undefined) return whole;
  const filled = Object.entries(value.properties).flatMap(([name, field]) =>
    ["default", "x-default-by", "x-resolved"].some((keyword) => keyword in field) ? [name] : [],
  );
  return {
    ...whole,
    required: [
      ...new Set([
        ...(value.required ?? []),
        ...(value.$defs?.complete?.required ?? []),
        ...filled,
      ]),
    ],
  };
}

/** The files of validators, by path. */
export function validators() {
  return Object.fromEntries(
    Object.entries(validated).map(([path, names]) => [path, validatorsOf(names)]),
  );
}

/** What TypeScript is told of each file of validators. */
export function declarations() {
  return Object.fromEntries(
    Object.entries(validated).map(([path, names]) => [
      path.replace(/\.js$/, ".d.ts"),
      declarationOf(path, names),
    ]),
  );
}

function declarationOf(path, names) {
  const model = "../".repeat(path.split("/").length - 2);
  const about = `/** Generated from schemas/ by \`node schemas/generate.mjs\`; what each judges is what its schema describes. */`;
  const lines = names.map((name) => `export declare const ${identifier(name)}: Validate;\n`);
  return `import type { Validate } from "${model}model/kind.ts";\n\n${about}\n${lines.join("")}`;
}

function validatorsOf(names) {
  const ajv = new Ajv2020({
    allErrors: true,
    strict: true,
    strictRequired: false,
    strictTypes: false,
    schemas: names.map((name) => judging(complete(schema(name)))),
    code: { esm: true, source: true },
  });
  formats.default(ajv);
  for (const keyword of ["pattern", "format"]) limitLength(ajv, keyword);
  const ids = names.map((name) => [identifier(name), schema(name).$id]);
  return withImports(standalone.default(ajv, Object.fromEntries(ids)));
}

/** Texts longer than this match no pattern that has no `maxLength` beside it. */
const longest = 10_000;

/**
 * Patterns can take a time that grows with the square of a text's length, so a text that is longer
 * than it may be is never held against one.
 */
function limitLength(ajv, keyword) {
  const own = ajv.getKeyword(keyword);
  ajv.removeKeyword(keyword);
  ajv.addKeyword({
    ...own,
    code: (cxt, ruleType) => {
      const {
        gen,
        data,
        parentSchema: { maxLength },
      } = cxt;
      if (keyword === "format" && maxLength === undefined && !/^date/.test(cxt.schema))
        throw new Error(`a text of the format ${cxt.schema} needs a maxLength`);
      // Length counts UTF-16 units, `maxLength` characters, which take at most two.
      const [limit, otherwise] =
        maxLength === undefined ? [longest, () => cxt.error()] : [2 * maxLength, undefined];
      gen.if(_`${data}.length <= ${limit}`, () => own.code(cxt, ruleType), otherwise);
    },
  });
}

/** An adapter's schema with what only the options of the adapter in use have to fulfil. */
function complete(value) {
  return value.$defs?.complete === undefined
    ? value
    : { ...value, allOf: [{ $ref: "#/$defs/complete" }] };
}

/**
 * A schema without what is only there to be read: validators keep parts of it, and every command
 * would load them. Options are judged by their adapter's own schema.
 */
function judging(value) {
  if (Array.isArray(value)) return value.map(judging);
  if (typeof value !== "object" || value === null) return value;
  if (value.$ref?.startsWith("adapters/")) return referred(value.$ref);
  const kept = Object.entries(value).filter(([keyword, field]) =>
    typeof field === "object"
      ? !/^(examples|x-.*)$/.test(keyword)
      : !/^(description|title|default|x-.*)$/.test(keyword),
  );
  return Object.fromEntries(kept.map(([keyword, field]) => [keyword, judging(field)]));
}

/**
 * A definition of an adapter's schema. Of options as a whole, only that they are an object: the
 * adapter's own validator judges them.
 */
function referred(reference) {
  const [file, pointer] = reference.split("#/");
  if (pointer === undefined || pointer === "$defs/complete") return { type: "object" };
  const name = file.replace(/\.schema\.json$/, "");
  return judging(pointer.split("/").reduce((at, key) => at[key], schema(name)));
}

/** `ledger-entry` is exported as `ledgerEntry`, `adapters/local` as `local`. */
function identifier(name) {
  return name.replace(/^.*\//, "").replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
}

/**
 * The same code with its `require` calls, which ajv leaves even in a module, turned into imports.
 * Node and vitest differ in what the default import of a CommonJS module is.
 */
function withImports(code) {
  const modules = [];
  const body = code.replace(/require\("([^"]+)"\)(\.default)?/g, (_, path, byDefault) => {
    if (!modules.includes(path)) modules.push(path);
    const name = `module${modules.indexOf(path)}`;
    return byDefault ? `(${name}.default ?? ${name})` : name;
  });
  return `${modules.map((path, index) => `import module${index} from "${path}.js";\n`).join("")}${body}\n`;
}

function write(files) {
  for (const [path, text] of Object.entries(files)) {
    const file = new URL(`../${path}`, import.meta.url);
    mkdirSync(new URL(".", file), { recursive: true });
    if (text !== current(file)) writeFileSync(file, text);
  }
}

function current(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  write(validators());
  write(declarations());
  write(bundles());
  write(await types());
}
