import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { AdapterUnusable } from "../../src/adapters/factory.ts";
import { openAdapter } from "../../src/adapters/index.ts";
import { readOnly } from "../../src/adapters/read-only.ts";
import { folder } from "./changes.ts";

const good = `export function adapter(options, { root }) {
  return { name: "good", supports: { User: { verbs: [], readable: [], writable: [], repeatable: [] } }, account: async () => ({ id: root + options.x }), async *read() {}, async write() {} };
}`;

const files: Readonly<Record<string, string>> = {
  "adapter.mjs": good,
  "described.mjs": `${good.replace("options.x", "options.x + options.y")}
export const schema = { type: "object", required: ["x"], additionalProperties: false, properties: { x: { type: "string" }, y: { type: "integer", default: 7 } } };`,
  "no-schema.mjs": `${good}\nexport const schema = { type: "text" };`,
  "schema-list.mjs": `${good}\nexport const schema = [];`,
  "no-export.mjs": "export const adaptor = () => {}; export const version = 1;",
  "empty.mjs": "",
  "broken.mjs": "export function adapter( {",
  "asks.mjs": 'import "./is-not-there.mjs"; export function adapter() {}',
  "shape.mjs":
    'export function adapter() { return { name: 1, read() {}, supports: { User: { verbs: [], readable: "" } }, close: 1 }; }',
  "nothing.mjs": "export function adapter() {}",
  "node_modules/plain/package.json": '{ "name": "plain", "type": "module", "main": "index.js" }',
  "node_modules/plain/index.js": good,
  "node_modules/@scope/modern/package.json":
    '{ "name": "@scope/modern", "type": "module", "exports": { ".": { "import": "./lib/index.js" }, "./other": { "types": "./x.d.ts", "import": { "default": "./lib/index.js" } } } }',
  "node_modules/@scope/modern/lib/index.js": good,
};

function project(): string {
  const root = folder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const root = project();

test.each([
  "./adapter.mjs",
  join(root, "adapter.mjs"),
  "plain",
  "@scope/modern",
  "@scope/modern/other",
])("opens %s", async (name) => {
  const adapter = await openAdapter(name, { x: "!" }, root);
  expect(await adapter.account(new AbortController().signal)).toEqual({ id: `${root}!` });
});

test("opens the built-in one, which checks its options", async () => {
  expect((await openAdapter("local", {}, root)).name).toBe("local");
  await expect(openAdapter("local", { acount: "x" }, root)).rejects.toMatchObject({
    diagnostic: { code: "adapter/options" },
  });
});

test("options are checked by the schema that a module exports, and have its defaults", async () => {
  const adapter = await openAdapter("./described.mjs", { x: "!" }, root);
  expect(await adapter.account(new AbortController().signal)).toEqual({ id: `${root}!7` });
  await expect(openAdapter("./described.mjs", { y: "1", z: 2 }, root)).rejects.toMatchObject({
    diagnostic: {
      code: "adapter/options",
      message:
        "`adapters../described.mjs` in partnerctl.yaml: must have required property 'x'; /z must NOT have additional properties; /y must be integer.",
    },
  });
});

const unusable: readonly (readonly [string, string, RegExp])[] = [
  ["./missing.mjs", "adapter/not-found", /There is no adapter \.\/missing\.mjs/],
  ["missing", "adapter/not-found", /There is no adapter missing/],
  ["toString", "adapter/not-found", /There is no adapter toString/],
  ["@scope/modern/none", "adapter/not-found", /There is no adapter/],
  [
    "./no-export.mjs",
    "adapter/no-export",
    /exports no function named adapter, but adaptor, version/,
  ],
  ["./empty.mjs", "adapter/no-export", /but nothing/],
  ["./broken.mjs", "adapter/broken", /broken\.mjs cannot be loaded/],
  ["./asks.mjs", "adapter/broken", /asks\.mjs cannot be loaded: .*is-not-there/],
  [
    "./shape.mjs",
    "adapter/shape",
    /name must be a text; account must be a function; write must be a function; close must be a function; supports\.User\.readable must be a list; supports\.User\.writable/,
  ],
  [
    "./no-schema.mjs",
    "adapter/shape",
    /no-schema\.mjs exports as schema what is no JSON Schema of 2020-12: schema is invalid/,
  ],
  ["./schema-list.mjs", "adapter/shape", /no JSON Schema of 2020-12: it is not an object/],
  ["./nothing.mjs", "adapter/shape", /supports must be an object by kind/],
];

test.each(unusable)("says why %s cannot be used: %s", async (name, code, message) => {
  const error: unknown = await openAdapter(name, {}, root).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(AdapterUnusable);
  expect(error).toMatchObject({
    message: expect.stringMatching(message),
    diagnostic: { severity: "error", code },
  });
});

test("a read-only view has no way to write", async () => {
  const view = readOnly(await openAdapter("./adapter.mjs", { x: "" }, root));
  expect(Object.keys(view).sort()).toEqual(["account", "name", "read", "supports"]);
});
