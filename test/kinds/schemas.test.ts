import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { describe, expect, test } from "vitest";
import bundles from "../../src/kinds/generated/document-schemas.json" with { type: "json" };
import * as documents from "../../src/kinds/generated/document-validators.js";
import * as policies from "../../src/kinds/generated/policy-validators.js";
import * as settings from "../../src/manifest/settings/generated/settings-validator.js";
import * as validators from "../../src/kinds/generated/validators.js";
import { kinds } from "../../src/kinds/index.ts";
import { isSpec, type Json, type JsonSchema, type Spec } from "../../src/model/values/json.ts";
import type { Validate } from "../../src/model/kind.ts";
import { covers } from "../../src/model/values/pointer.ts";
import { local } from "../../src/adapters/generated/local-validator.js";
import { partnerCenter } from "../../src/adapters/generated/partner-center-validator.js";
import * as entries from "../../src/store/ledger/generated/entry-validator.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const names = readdirSync(`${root}schemas`, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".schema.json"))
  .map((file) => file.replace(".schema.json", ""))
  .filter((name) => name !== "documents/common")
  .sort();

/** A schema as it is written; of a document, as `partnerctl schema` prints it. */
function schemaOf(name: string): JsonSchema {
  const document = Object.entries<object>(bundles).find(([one]) => `documents/${one}` === name);
  if (document) return document[1] as JsonSchema;
  return JSON.parse(readFileSync(`${root}schemas/${name}.schema.json`, "utf8")) as JsonSchema;
}

/** Every property of a schema, however deep, with the pointer that leads to it. */
function* properties(schema: Json, at = ""): Generator<readonly [string, Spec]> {
  if (Array.isArray(schema)) for (const one of schema) yield* properties(one, at);
  if (!isSpec(schema)) return;
  for (const [name, property] of Object.entries(
    isSpec(schema.properties) ? schema.properties : {},
  )) {
    if (isSpec(property)) yield [`${at}/${name}`, property];
    yield* properties(property, `${at}/${name}`);
  }
  // What an adapter in use needs has no fields. of its own.
  for (const [name, definition] of Object.entries(isSpec(schema.$defs) ? schema.$defs : {}))
    if (name !== "complete") yield* properties(definition, `$${name}`);
  if (isSpec(schema.items)) yield [`${at}/0`, schema.items];
  for (const keyword of ["items", "anyOf", "oneOf", "additionalProperties"])
    if (schema[keyword] !== undefined) yield* properties(schema[keyword] ?? {}, `${at}/0`);
}

function ajv(): Ajv2020 {
  const made = new Ajv2020({
    allErrors: true,
    strict: true,
    strictRequired: false,
    strictTypes: false,
    schemas: names.map(schemaOf),
  });
  made.addVocabulary([
    "x-message",
    "x-personal",
    "x-secret",
    "x-may-be-unset",
    "x-default-by",
    "x-resolved",
  ]);
  formats.default(made);
  return made;
}

function precompiled(name: string): Validate {
  const adapters = { "adapters/local": local, "adapters/partnerCenter": partnerCenter };
  const all: Readonly<Record<string, Validate>> = {
    ...validators,
    ...settings,
    ...documents,
    ...policies,
    ...entries,
    ...adapters,
  };
  const key = name.replace("documents/", "");
  const found = all[key.replace(/-(\w)/g, (_, letter) => letter.toUpperCase())];
  if (found === undefined) throw new Error(`no validator for ${name}`);
  return found;
}

/** The validators of documents that programs read again; the others are only printed. */
const isRead = (name: string): boolean =>
  !/^documents\/(?!plan$|receipt$|diagnostics$|ledger-entry$)/.test(name);

test("there is a schema for every kind and every document", () => {
  expect(names).toEqual([
    "adapters/local",
    "adapters/partner-center",
    "catalog-customization",
    "customer",
    ...Object.keys(bundles).map((name) => `documents/${name}`),
    "offer",
    "partner-profile",
    "policy",
    "settings",
    "subscription",
    "suppression",
    "user",
  ]);
});

/** What has one of these has no example of its own: those of its parts tell enough. */
const composing = ["x-message", "$ref", "properties", "items", "anyOf", "additionalProperties"];
/** Properties that several documents share are judged once. */
const judged = new Set<string>();

describe.each(names)("%s", (name) => {
  const schema = schemaOf(name);

  test("is a JSON Schema of 2020-12 under its own address", () => {
    expect(ajv().validateSchema(schema)).toBe(true);
    expect(schema.$id).toBe(`https://partnerctl.dev/schemas/${name}.schema.json`);
  });

  test("describes every property, with an example or what it consists of", () => {
    const lacking = [...properties(schema)].filter(([, property]) => {
      const shown =
        composing.some((keyword) => property[keyword] !== undefined) ||
        (Array.isArray(property.examples) && property.examples.length > 0);
      return !shown || typeof property.description !== "string" || property.description === "";
    });
    expect(lacking.map(([pointer]) => pointer)).toEqual([]);
  });

  test("has examples that are valid, of the whole and of every property", () => {
    const judge = ajv();
    for (const example of schema.examples as Json[]) {
      if (isRead(name))
        expect(precompiled(name)(example), JSON.stringify(precompiled(name).errors)).toBe(true);
      expect(judge.validate(String(schema.$id), example), judge.errorsText()).toBe(true);
    }
    for (const [pointer, property] of properties(schema)) {
      const text = JSON.stringify([pointer, property]);
      if (judged.has(text)) continue;
      judged.add(text);
      const check = judge.compile({
        $id: String(schema.$id).replace(name, `at${pointer.replaceAll("/", ".")}`),
        ...property,
        $defs: schema.$defs ?? {},
      });
      for (const example of Array.isArray(property.examples) ? property.examples : [])
        expect([pointer, example, check(example)]).toEqual([pointer, example, true]);
    }
  });
});

describe.each(kinds.map((kind) => [kind.name, kind] as const))("%s", (_, kind) => {
  const spec =
    isSpec(kind.schema.properties) && isSpec(kind.schema.properties.spec)
      ? kind.schema.properties.spec
      : kind.schema;

  test("never accepts null", () => {
    for (const example of kind.schema.examples as Spec[]) {
      const document = kind.declared ? example.spec : example;
      for (const field of Object.keys(isSpec(document) ? document : {})) {
        const changed = { ...(isSpec(document) ? document : {}), [field]: null };
        expect(kind.validate(kind.declared ? { ...example, spec: changed } : changed)).toBe(false);
      }
    }
  });

  test("marks as personal in its schema what the kind treats so", () => {
    const marked = [...properties(withDefinitions(spec, kind.schema))].filter(
      ([pointer]) => !pointer.startsWith("$"),
    );
    const leaves = marked.filter(([, property]) => property.properties === undefined);
    const wrong = leaves.filter(
      ([pointer, property]) => covers(kind.personal, pointer) !== (property["x-personal"] === true),
    );
    expect(wrong.map(([pointer]) => pointer)).toEqual([]);
  });

  test("marks names of people, e-mail addresses, telephone numbers and postal addresses as personal", () => {
    const telling =
      /^(given|sur|first|middle|last|display)name$|principalname|e?mail|phone|^addressline|^postal|^city$|^region$|contact$/i;
    const marked = [...properties(withDefinitions(spec, kind.schema))].filter(
      ([pointer]) => !pointer.startsWith("$"),
    );
    const lacking = marked.filter(([pointer, property]) => {
      const wanted =
        telling.test(pointer.slice(pointer.lastIndexOf("/") + 1)) || property.format === "email";
      return wanted && property["x-message"] === undefined && !covers(kind.personal, pointer);
    });
    expect(lacking.map(([pointer]) => pointer)).toEqual([]);
  });

  test("knows every field that it names", () => {
    const known = new Set(
      [...properties(withDefinitions(spec, kind.schema))].map(([pointer]) => pointer),
    );
    const named = [
      ...kind.fixed,
      ...kind.personal,
      ...(kind.duplicateKey ?? []),
      ...kind.references.map(({ pointer }) => pointer),
    ];
    expect(named.filter((pointer) => !known.has(pointer))).toEqual([]);
  });
});

/** The schema with what its references lead to in their place. */
function withDefinitions(value: Json, whole: JsonSchema): Json {
  if (Array.isArray(value)) return value.map((one) => withDefinitions(one, whole));
  if (!isSpec(value)) return value;
  const name = typeof value.$ref === "string" ? value.$ref.replace("#/$defs/", "") : "";
  const definition = isSpec(whole.$defs) ? whole.$defs[name] : undefined;
  const merged = isSpec(definition) ? { ...definition, ...value } : value;
  return Object.fromEntries(
    Object.entries(merged).map(([field, one]) => [field, withDefinitions(one, whole)]),
  );
}

test("an address is the same thing wherever it is used", () => {
  const addresses = ["customer", "partner-profile"].map(
    (name) => (schemaOf(name).$defs as Spec).address,
  );
  expect(addresses[0]).toEqual(addresses[1]);
});

const head = (kind: string) => ({
  apiVersion: "partnercenter/v1",
  kind,
  metadata: { name: "one" },
});
const user = (rest: object) => ({ ...head("User"), ...rest });
const upn = "li.wei@contoso.partner.onmschina.cn";

test.each<readonly [string, string, object, boolean]>([
  ["a tombstone needs no spec", "user", user({ state: "absent", reason: "left" }), true],
  [
    "a tombstone may keep its spec",
    "user",
    user({ state: "absent", reason: "left", spec: { userPrincipalName: upn } }),
    true,
  ],
  [
    "a tombstone may name only what identifies it",
    "user",
    user({ state: "absent", reason: "left", spec: {} }),
    true,
  ],
  ["a tombstone needs a reason", "user", user({ state: "absent" }), false],
  ["a reason is not empty", "user", user({ state: "absent", reason: "" }), false],
  ["what is present needs a spec", "user", user({ state: "present" }), false],
  ["a user needs a user name", "user", user({ spec: { displayName: "Li Wei" } }), false],
  [
    "a user's agent roles may be a list",
    "user",
    user({ spec: { userPrincipalName: upn, roles: { agent: ["sales", "helpdesk"] } } }),
    true,
  ],
  [
    "none is not one of several roles",
    "user",
    user({ spec: { userPrincipalName: upn, roles: { agent: ["none"] } } }),
    false,
  ],
  ["an unknown field is refused", "user", user({ spec: { userPrincipalName: upn, upn } }), false],
  [
    "allowDuplicate is for subscriptions",
    "user",
    {
      ...user({ spec: { userPrincipalName: upn } }),
      metadata: { name: "one", allowDuplicate: true },
    },
    false,
  ],
  [
    "a name has no slash",
    "user",
    { ...user({ spec: { userPrincipalName: upn } }), metadata: { name: "a/b" } },
    false,
  ],
  [
    "a name has at most 100 characters",
    "user",
    { ...user({ spec: { userPrincipalName: upn } }), metadata: { name: "a".repeat(101) } },
    false,
  ],
  [
    "a subscription's tombstone needs its customer",
    "subscription",
    { ...head("Subscription"), state: "absent", reason: "over", spec: {} },
    false,
  ],
  [
    "a subscription's tombstone needs a spec",
    "subscription",
    { ...head("Subscription"), state: "absent", reason: "over" },
    false,
  ],
  [
    "a subscription's tombstone needs no more",
    "subscription",
    { ...head("Subscription"), state: "absent", reason: "over", spec: { customer: "fabrikam" } },
    true,
  ],
  [
    "a subscription may say it is another one",
    "subscription",
    {
      ...head("Subscription"),
      metadata: { name: "one", allowDuplicate: true },
      spec: { customer: "c", offer: "o" },
    },
    true,
  ],
  [
    "a subscription needs an offer",
    "subscription",
    { ...head("Subscription"), spec: { customer: "c" } },
    false,
  ],
  [
    "half a seat is not sold",
    "subscription",
    { ...head("Subscription"), spec: { customer: "c", offer: "o", quantity: 1.5 } },
    false,
  ],
  [
    "a singleton needs no metadata",
    "catalog-customization",
    { apiVersion: "partnercenter/v1", kind: "CatalogCustomization", spec: { featuredOffers: [] } },
    true,
  ],
  [
    "a singleton has no state",
    "catalog-customization",
    { ...head("CatalogCustomization"), state: "present", spec: { featuredOffers: [] } },
    false,
  ],
  [
    "five offers are featured at most",
    "catalog-customization",
    { ...head("CatalogCustomization"), spec: { featuredOffers: ["1", "2", "3", "4", "5", "6"] } },
    false,
  ],
  [
    "no offer is featured twice",
    "catalog-customization",
    { ...head("CatalogCustomization"), spec: { featuredOffers: ["1", "1"] } },
    false,
  ],
  [
    "server-owned fields are not in the profile",
    "partner-profile",
    { ...head("PartnerProfile"), spec: { billing: { billingCurrency: "CNY" } } },
    false,
  ],
  [
    "another version is refused",
    "customer",
    { ...head("Customer"), apiVersion: "partnercenter/v2", spec: { domain: "a.cn" } },
    false,
  ],
  [
    "a customer needs a domain",
    "customer",
    { ...head("Customer"), spec: { billing: { email: "a@b.cn" } } },
    false,
  ],
])("%s", (_, name, document, valid) => {
  expect(precompiled(name)(document)).toBe(valid);
});

test("a password is refused with an explanation", () => {
  const secret = "correct horse battery staple";
  const refused = user({ spec: { userPrincipalName: upn, password: secret } });
  expect(validators.user(refused)).toBe(false);
  expect(validators.user.errors).toMatchObject([
    { instancePath: "/spec/password", keyword: "not" },
  ]);
  expect(JSON.stringify(validators.user.errors)).not.toContain(secret);
  const [, property] =
    [...properties(schemaOf("user"))].find(([pointer]) => pointer === "/spec/password") ?? [];
  expect(property?.["x-message"]).toContain("credential sink");
});

test.each(["create", "update", "upgrade", "remove", "forget"])(
  "the plan's schema knows which fields a change by %s has",
  (action) => {
    const plan = (schemaOf("documents/plan").examples as Spec[])[0] as Spec;
    const [change] = plan.changes as Spec[];
    const fields: Readonly<Record<string, readonly string[]>> = {
      create: ["key", "desired"],
      update: ["desired", "observed", "patch"],
      upgrade: ["desired", "observed"],
      remove: ["observed"],
      forget: ["observed"],
    };
    const { desired, observed, patch, ...rest } = change as Spec;
    const all: Spec = {
      key: "office-e3",
      desired: desired ?? {},
      observed: observed ?? {},
      patch: patch ?? [],
    };
    const picked = Object.fromEntries(
      (fields[action] ?? []).map((field) => [field, all[field] ?? {}]),
    );
    const judge = (extra: object) =>
      documents.plan({ ...plan, changes: [{ ...rest, action, ...extra }] });
    expect(judge(picked), JSON.stringify(documents.plan.errors)).toBe(true);
    for (const field of Object.keys(picked))
      expect(judge({ ...picked, [field]: undefined })).toBe(false);
    for (const field of Object.keys(all).filter((one) => !(one in picked)))
      expect(judge({ ...picked, [field]: all[field] })).toBe(false);
  },
);

test("a ledger entry has the fields of its own event and no others", () => {
  const [founded] = schemaOf("documents/ledger-entry").examples as Spec[];
  expect(entries.ledgerEntry({ ...founded, run: "r" })).toBe(false);
  expect(entries.ledgerEntry({ ...founded, type: "run-closed" })).toBe(false);
  expect(entries.ledgerEntry({ ...founded, type: "imagined" })).toBe(false);
});

test("the generated types are fresh: run `node schemas/generate.mjs` where this fails", () => {
  const script = `import { types } from "./schemas/generate.mjs"; console.log(JSON.stringify(await types()));`;
  const printed = execFileSync(process.execPath, ["--input-type=module", "-e", script], {
    cwd: root,
    encoding: "utf8",
  });
  const files = JSON.parse(printed) as Readonly<Record<string, string>>;
  expect(Object.keys(files)).toHaveLength(13);
  for (const [path, text] of Object.entries(files))
    expect(readFileSync(`${root}${path}`, "utf8"), path).toBe(text);
});

test("validators load in plain Node, as a module", () => {
  const script = `for (const file of ["kinds/generated/validators", "manifest/settings/generated/settings-validator", "kinds/generated/document-validators", "kinds/generated/policy-validators", "store/ledger/generated/entry-validator", "adapters/generated/local-validator", "adapters/generated/partner-center-validator"]) console.log(Object.keys(await import("./src/" + file + ".js")).length);`;
  expect(
    execFileSync(process.execPath, ["--input-type=module", "-e", script], {
      cwd: root,
      encoding: "utf8",
    }),
  ).toBe("6\n1\n3\n2\n1\n1\n1\n");
});
