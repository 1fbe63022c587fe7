// What of others is part of the bundle, from esbuild's metafile: licences for people, a CycloneDX
// list for programs.
import { readdirSync, readFileSync } from "node:fs";

/** What a package ships as data, without a notice beside it. */
const embedded = { "undici/lib/llhttp/": "llhttp (MIT), Copyright Fedor Indutny, 2018." };

/**
 * The licences of the packages, as they ask for: those inside other packages too, and notices of
 * code that a package took over.
 */
export function licences(inputs) {
  const texts = packagesIn(inputs).map(({ folder, files }) => licence(folder, files));
  return [...new Set(texts)].sort().join("\n");
}

/**
 * The bill of materials, CycloneDX 1.6. The same bundle gives the same bytes, so it bears neither a
 * date nor a random number.
 */
export function sbom(inputs) {
  const own = JSON.parse(readFileSync("package.json", "utf8"));
  const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8"));
  const found = packagesIn(inputs).map((one) => ({
    ...one,
    ...component(one, packages[one.folder]),
  }));
  const edges = edgesIn(
    inputs,
    new Map(found.flatMap(({ files, ref }) => files.map((file) => [file, ref]))),
    urlOf(own),
  );
  const document = {
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: { lifecycles: [{ phase: "build" }], component: describe(own, "application") },
    components: unique(found.map(({ described }) => described)),
    dependencies: [...edges].sort(byText).map(([ref, on]) => ({ ref, dependsOn: [...on].sort() })),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

/** The packages that the files of a bundle lie in, each with its folder and those files. */
function packagesIn(inputs) {
  const folders = new Map();
  for (const file of Object.keys(inputs)) {
    const [, folder] = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file) ?? [];
    if (folder !== undefined) folders.set(folder, [...(folders.get(folder) ?? []), file]);
  }
  return [...folders].map(([folder, files]) => ({ folder, files }));
}

function licence(folder, files) {
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const { name, version, license } = manifestIn(folder);
  const text = file === undefined ? "" : readFileSync(`${folder}/${file}`, "utf8");
  const notices = files.flatMap((path) => noticesIn(readFileSync(path, "utf8")));
  const data = Object.entries(embedded).filter(([path]) => files.some((one) => one.includes(path)));
  const more = [...new Set([...notices, ...data.map(([, notice]) => notice)])];
  return `${[`${name} ${version} (${license})\n\n${text}`, ...more].join("\n\n")}\n`;
}

function noticesIn(text) {
  const comments = /\/\*(?:(?!\*\/)[\s\S])*\*\/|(?:^[ \t]*\/\/.*\n)+/gm;
  return [...text.matchAll(comments)]
    .map(([comment]) => comment.trim())
    .filter((comment) => /copyright/i.test(comment));
}

function component({ folder }, { integrity }) {
  const described = describe(manifestIn(folder), "library");
  const content = Buffer.from(integrity.replace("sha512-", ""), "base64").toString("hex");
  return {
    ref: described["bom-ref"],
    described: { ...described, hashes: [{ alg: "SHA-512", content }] },
  };
}

function describe({ name, version, license }, type) {
  const [, group, short = name] = /^(@[^/]+)\/(.+)$/.exec(name) ?? [];
  const licenses = / (?:OR|AND|WITH) /.test(license)
    ? [{ expression: license }]
    : [{ license: { id: license } }];
  const purl = urlOf({ name, version });
  return { type, "bom-ref": purl, ...(group && { group }), name: short, version, licenses, purl };
}

/** A package URL: `pkg:npm/%40azure/msal-node@7.2.1`. */
function urlOf({ name, version }) {
  return `pkg:npm/${name.replace("@", "%40")}@${version}`;
}

/** Which package imports which, where it is part of the bundle. */
function edgesIn(inputs, owners, own) {
  const edges = new Map([[own, new Set()], ...[...owners.values()].map((ref) => [ref, new Set()])]);
  for (const [file, { imports }] of Object.entries(inputs))
    for (const { path } of imports) {
      const [from, to] = [owners.get(file) ?? own, owners.get(path)];
      if (to !== undefined && to !== from) edges.get(from).add(to);
    }
  return edges;
}

function unique(components) {
  const byRef = new Map(components.map((one) => [one["bom-ref"], one]));
  return [...byRef].sort(byText).map(([, one]) => one);
}

function byText([one], [other]) {
  return one < other ? -1 : 1;
}

function manifestIn(folder) {
  return JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
}
