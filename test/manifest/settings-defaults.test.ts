import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadOptionsSchemas } from "../../src/adapters/index.ts";
import { settingsSchema } from "../../src/manifest/settings/settings-schema.ts";
import { isSpec, type JsonSchema } from "../../src/model/values/json.ts";
import { settingsWith } from "../settings.ts";

/** Settings and options that are nothing where nobody writes them, and what that means. */
const trulyOptional: Readonly<Record<string, readonly string[]>> = {
  settings: [
    // A file ledger makes one for itself; a git ledger cannot be written to without one.
    "ledger.key",
    "ledger.publicKey", // Any key is believed, with a warning.
    "ledger.shared", // Nobody has said whether, so there is a warning.
    "ledger.project", // The folder in the repository.
    "priceLists[].columns.offerId", // The usual names are looked for.
    "priceLists[].columns.perMonth",
    "priceLists[].columns.perYear",
    "priceLists[].columns.currency",
    "guards.count", // No limit.
    "guards.creates",
    "guards.moneyPerMonth",
    "guards.committed",
    "guards.seats",
    "billingDay", // Without it, the plan does not say when a period is billed.
    "snapshot.maxAge", // A plan reads everything.
    "approvals.rules[].name", // It is called by what it asks for.
    "approvals.rules[].when.always", // It does not ask for that.
    "approvals.rules[].when.moneyPerMonth",
    "approvals.rules[].when.irreversible",
    "approvals.rules[].when.destructive",
    "approvals.rules[].when.administrators",
    "overlay", // There is none.
  ],
  local: ["seed", "invoices", "simulate.lag"],
  "partner-center": ["signIn", "certificate"],
};

/** The optional scalars of a schema that have no default, by their path. */
function* withoutDefault(schema: JsonSchema, at = ""): Generator<string> {
  if (isSpec(schema.items)) yield* withoutDefault(schema.items, `${at}[]`);
  const required = Array.isArray(schema.required) ? schema.required : [];
  for (const [name, field] of Object.entries(isSpec(schema.properties) ? schema.properties : {})) {
    if (!isSpec(field)) continue;
    const path = at === "" ? name : `${at}.${name}`;
    const isScalar =
      field.const !== undefined ||
      field.enum !== undefined ||
      !["object", "array", "undefined"].includes(String(field.type));
    const hasDefault = ["default", "x-default-by", "x-resolved"].some(
      (keyword) => keyword in field,
    );
    if (isScalar && !hasDefault && !required.includes(name)) yield path;
    yield* withoutDefault(field, path);
  }
}

describe("every optional scalar has a default in its schema, or is nothing where nobody writes it", async () => {
  const options = Object.entries(await loadOptionsSchemas()).map(([name, { schema }]) => {
    const { required = [] } =
      isSpec(schema.$defs) && isSpec(schema.$defs.complete) ? schema.$defs.complete : {};
    return [name, { ...schema, required }] as const;
  });
  test.each([["settings", settingsSchema] as const, ...options])("%s", (name, schema) => {
    expect([...withoutDefault(schema)]).toEqual(trulyOptional[name]);
  });
});

test("settings are resolved once: every default is there, and what is written stays", () => {
  expect(settingsWith()).toEqual({
    ...{
      apiVersion: "partnercenter/v1",
      kind: "Settings",
      manifests: "manifests",
      policies: "policies",
    },
    ...{
      adapter: "local",
      adapters: {},
      priceLists: [],
      offers: {},
      exclusive: [],
      timeZone: "Asia/Shanghai",
      parallelism: 16,
    },
    ledger: {
      type: "file",
      path: ".partnerctl/ledger.jsonl",
      remote: "origin",
      branch: "partnerctl-ledger",
      leaseSeconds: 300,
    },
    credentials: {
      type: "folder",
      folder: ".partnerctl/credentials",
      recipients: [],
      branch: "partnerctl-credentials",
    },
    guards: { share: 25 },
    orders: { quote: "optional" },
    plan: { seal: [] },
    reconcile: { rounding: "half-up", roundOf: "line", hoursAhead: 0 },
    renewals: { actWithin: "P3D", decideWithin: "P30D", severity: "warning" },
    snapshot: { maxRequests: 500 },
  });
  expect(
    settingsWith({ parallelism: 1, guards: { seats: 2 }, ledger: { leaseSeconds: 5 } }),
  ).toMatchObject({
    ...{
      parallelism: 1,
      guards: { share: 25, seats: 2 },
      ledger: { type: "file", leaseSeconds: 5 },
    },
  });
  expect(settingsWith({ approvals: { signers: "s", rules: [] } }).approvals).toEqual({
    ...{ signers: "s", rules: [], author: "not-alone", expireAfter: "P7D" },
  });
  expect(settingsWith({ environments: { production: {} } })).not.toHaveProperty("environments");
});

test.each([
  [{}, "folder"],
  [{ ledger: { type: "git" } }, "git"],
  [{ ledger: { type: "git" }, credentials: { folder: "kept" } }, "folder"],
  [{ ledger: { type: "git" }, credentials: { type: "folder" } }, "folder"],
  [{ credentials: { type: "git" } }, "git"],
] as const)("where the settings say %j, credentials lie in a %s", (written, type) => {
  expect(settingsWith(written).credentials.type).toBe(type);
  if ("ledger" in written) expect(settingsWith(written).ledger.path).toBe(".");
});

/** The names of all fields that have a default. */
function* defaulted(schema: JsonSchema): Generator<string> {
  for (const [name, field] of Object.entries(isSpec(schema.properties) ? schema.properties : {})) {
    if (!isSpec(field)) continue;
    if (["default", "x-default-by", "x-resolved"].some((keyword) => keyword in field)) yield name;
    yield* defaulted(field);
  }
}

const src = join(import.meta.dirname, "../../src");
const sources = readdirSync(src, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts") && !/generated|^emulator|^conformance/.test(path))
  .map((path) => [path, readFileSync(join(src, path), "utf8")] as const);

/**
 * Where a text gives one of these fields of settings or options a default of its own: after `??`,
 * or where they are taken apart.
 */
function ownDefaults(text: string, fields: ReadonlySet<string>): readonly string[] {
  const after = [
    ...text.matchAll(/\b(?:settings|options)(?:\??\.\w+)*\??\.(\w+) \?\? (?!\w+\.settings)/g),
  ];
  const apart = [
    ...text.matchAll(/\{([^{}]*)\}(?:: (?:Pick<)?Settings\b| = (?:\w+\.)*(?:settings|options)\b)/g),
  ].flatMap(([, names = ""]) => [...names.matchAll(/(\w+) = /g)]);
  return [...after, ...apart].map(([, name = ""]) => name).filter((name) => fields.has(name));
}

describe("nothing but the schema gives a setting a default", async () => {
  const schemas = [
    settingsSchema,
    ...Object.values(await loadOptionsSchemas()).map(({ schema }) => schema),
  ];
  const fields = new Set(schemas.flatMap((schema) => [...defaulted(schema)]));

  test.each([
    ["const at = project.settings.parallelism ?? 16;", ["parallelism"]],
    ["(settings.guards?.share ?? 25)", ["share"]],
    ['function dayIn({ timeZone = "UTC" }: Settings)', ["timeZone"]],
    ["const { leaseSeconds = 300, key } = project.settings.ledger;", ["leaseSeconds"]],
    ["settings.ledger.project ?? folder; const { parallelism } = settings;", []],
  ])("the test finds it in %j", (text, expected) => {
    expect(ownDefaults(text, fields)).toEqual(expected);
  });

  test("in the sources", () => {
    expect(sources.length).toBeGreaterThan(300);
    expect(
      sources.flatMap(([path, text]) =>
        ownDefaults(text, fields).map((name) => `${path} gives ${name} a default`),
      ),
    ).toEqual([]);
  });
});
