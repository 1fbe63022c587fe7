import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Ajv } from "ajv";
import formats from "ajv-formats";
import { expect, test } from "vitest";
import { sbom } from "../../release/third-party.mjs";

const root = join(import.meta.dirname, "../..");
const text = readFileSync(join(root, "dist/sbom.json"), "utf8");
const bill = JSON.parse(text);
const refs: readonly string[] = bill.components.map((one: { readonly purl: string }) => one.purl);

test("the bill of materials is CycloneDX, by the schema that CycloneDX publishes", () => {
  const library = dirname(
    createRequire(import.meta.url).resolve("@cyclonedx/cyclonedx-library/package.json"),
  );
  const schema = (name: string) =>
    JSON.parse(readFileSync(join(library, "res/schema", `${name}.SNAPSHOT.schema.json`), "utf8"));
  const ajv = new Ajv({ strict: false, formats: { "idn-email": true, "iri-reference": true } });
  formats.default(ajv);
  for (const name of ["spdx", "jsf-0.82"])
    ajv.addSchema(schema(name), `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`);
  const judge = ajv.compile(schema("bom-1.6"));
  expect(judge(bill), JSON.stringify(judge.errors)).toBe(true);
  const [first] = bill.components;
  expect(
    judge({ ...bill, components: [{ ...first, licenses: [{ license: { id: "none" } }] }] }),
  ).toBe(false);
});

test("it lists the packages whose licences the package ships, and no others", () => {
  const licences = readFileSync(join(root, "dist/THIRD-PARTY.txt"), "utf8");
  const shipped = [...licences.matchAll(/^(@?[\w./-]+) (\d\S*) \([\w.-]+\)$/gm)];
  const named = shipped.map(
    ([, name = "", version]) => `pkg:npm/${name.replace("@", "%40")}@${version}`,
  );
  expect(refs).toEqual([...new Set(named)].sort());
  expect(refs.length).toBeGreaterThan(50);
});

test("what depends on what is in the list, and the program depends on what it imports", () => {
  const own = bill.metadata.component["bom-ref"];
  const dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[] =
    bill.dependencies;
  expect(dependencies.map(({ ref }) => ref)).toEqual([...refs, own].sort());
  expect(
    dependencies.flatMap(({ dependsOn }) => dependsOn).filter((ref) => !refs.includes(ref)),
  ).toEqual([]);
  const [direct] = dependencies.filter(({ ref }) => ref === own);
  expect(direct?.dependsOn).toEqual(
    expect.arrayContaining([expect.stringMatching(/^pkg:npm\/yaml@/)]),
  );
});

test("the same files give the same bytes, in whatever order they come", () => {
  const none = { imports: [] };
  const inputs = {
    "src/a.ts": { imports: [{ path: "node_modules/yaml/dist/index.js" }] },
    "node_modules/yaml/dist/index.js": none,
    "node_modules/undici/index.js": none,
  };
  const turned = Object.fromEntries(Object.entries(inputs).reverse());
  expect(sbom(turned)).toBe(sbom(inputs));
  expect(JSON.parse(sbom(inputs)).components).toHaveLength(2);
});
