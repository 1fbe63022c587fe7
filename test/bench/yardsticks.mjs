import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { build } from "esbuild";

const here = import.meta.dirname;

/**
 * Bundles the floor as the tool is bundled, and returns what runs it over a project; `parser` is
 * `cache` or `js-yaml`.
 */
export async function buildFloor(folder) {
  const outfile = join(folder, "floor.js");
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  const banner = {
    js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
  };
  await build({
    entryPoints: [join(here, "floor.mjs")],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    banner,
  });
  return (project, parser) => ({
    command: [
      process.execPath,
      outfile,
      join(project, "manifests"),
      join(project, `state-${parser}.json`),
      join(project, "floor-plan.json"),
    ],
    env: { PARSER: parser },
  });
}

/** What runs ajv-cli over a project; it reads files of one document only. */
export function prepareAjv(folder) {
  const schemas = join(here, "../../schemas");
  const wanted = join(folder, "manifest.schema.json");
  const [customer, subscription] = ["customer", "subscription"].map((name) =>
    join(schemas, `${name}.schema.json`),
  );
  const idOf = (path) => JSON.parse(readFileSync(path, "utf8")).$id;
  const isCustomer = { type: "object", properties: { kind: { const: "Customer" } } };
  mkdirSync(dirname(wanted), { recursive: true });
  writeFileSync(
    wanted,
    JSON.stringify({
      if: isCustomer,
      then: { $ref: idOf(customer) },
      else: { $ref: idOf(subscription) },
    }),
  );
  const cli = createRequire(import.meta.url).resolve("ajv-cli/dist/index.js");
  const options = [
    "--spec=draft2020",
    "--strict=false",
    "-c",
    "ajv-formats",
    "-r",
    customer,
    "-r",
    subscription,
    "-s",
    wanted,
  ];
  return (project) => ({
    command: [
      process.execPath,
      cli,
      "validate",
      ...options,
      "-d",
      join(project, "manifests/*.yaml"),
    ],
    cwd: join(here, "../.."),
  });
}
