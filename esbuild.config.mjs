import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { build } from "esbuild";
import { library } from "./release/entries.mjs";
import { licences, sbom } from "./release/third-party.mjs";

execFileSync(process.execPath, ["schemas/generate.mjs"], { stdio: "inherit" });
// Made beside and put in place when it is whole: a build that fails, or is under way, breaks nobody
// who uses the last one.
const made = `node_modules/.dist-${process.pid}`;
const options = {
  entryPoints: { partnerctl: "src/cli/partnerctl.ts", ...library },
  outdir: made,
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  chunkNames: "chunks/[name]-[hash]",
  banner: {
    js: 'import { createRequire as partnerctlRequire } from "node:module"; const require = partnerctlRequire(import.meta.url);',
  },
  metafile: true,
};
// Node takes half a millisecond a file to load, and esbuild makes a file of each set of modules
// that the same entries use. What is loaded on demand is therefore loaded by the packs below, and
// each pack also imports what a plan takes. The first pack that names a module, or its folder, has
// it.
const packs = {
  usual: [
    "src/cli/output",
    "src/report/load.ts",
    "src/report/text",
    "src/report/machine/json.ts",
    "src/cli/commands/every-day/plan.ts",
    "src/cli/commands/every-day/validate.ts",
    "src/adapters/local/local.ts",
    "src/adapters/local/options.ts",
    "src/manifest/compile.ts",
    "src/manifest/read",
    "src/manifest/settings/settings.ts",
  ],
  formats: ["src/report/html", "src/report/markdown", "src/report/machine"],
  emulator: ["src/cli/commands/reference/emulator.ts"],
  policies: [
    "src/cli/commands/policy",
    "src/policy",
    "src/manifest/settings/policies.ts",
    "src/kinds/generated/policy-validators.js",
    "schemas",
  ],
  commands: [
    "src/cli/commands",
    "src/cli/project",
    "src/cli/scaffold",
    "src/manifest",
    "src/model",
    "src/store/credentials",
    "src/store/git",
    "src/store/hosts/event.ts",
    "src/store/hosts/index.ts",
  ],
  http: ["src/adapters/partner-center/http", "src/store/hosts/undici-fetch.ts"],
  "partner-center": ["src/adapters/partner-center"],
};
/** What programs import needs nearly all that a plan takes. */
const whole = [library.index, library.engine, library.conformance, library.ledger];
/** What starts alone needs some of `small`, which is one file for all of them. */
const apart = [
  library.adapter,
  "src/cli/partnerctl.ts",
  "src/cli/main.ts",
  "src/cli/completion/complete.ts",
  "src/cli/completion/ledger-names.ts",
  "src/cli/completion/names.ts",
];
const small = [
  "src/adapters/system-clock.ts",
  "src/cli/output/exit-status.ts",
  "src/cli/output/signals.ts",
  "src/cli/output/streams.ts",
  "src/cli/parse/duration.ts",
  "src/cli/pipeline-file.ts",
  "src/manifest/read/unvalidated.ts",
  "src/model/adapter.ts",
  "src/model/address.ts",
  "src/model/diagnostic.ts",
  "src/model/system-error.ts",
  "src/model/text/phrase.ts",
  "src/model/text/secrets.ts",
  "src/model/text/unsafe.ts",
  "src/model/text/worded-error.ts",
  "src/operations/settle/open-outcomes.ts",
];
const sources = (await build({ ...options, write: false, logLevel: "error" })).metafile.inputs;
const { version } = JSON.parse(readFileSync("package.json", "utf8"));
const define = {
  PARTNERCTL_VERSION: JSON.stringify(version),
  PARTNERCTL_BUILD: JSON.stringify(digestOf(Object.keys(sources))),
};
const { metafile } = await build({
  ...options,
  define,
  plugins: [descriptions(), inPacks(onDemand(sources))],
});
chmodSync(`${made}/partnerctl.js`, 0o755);
writeFileSync(`${made}/THIRD-PARTY.txt`, licences(metafile.inputs));
writeFileSync(`${made}/sbom.json`, sbom(metafile.inputs));
if (existsSync("dist")) renameSync("dist", `${made}-before`);
renameSync(made, "dist");
rmSync(`${made}-before`, { recursive: true, force: true });

/** The modules that are loaded by `import()`. */
function onDemand(inputs) {
  const imports = Object.values(inputs).flatMap((input) => input.imports);
  const dynamic = imports.filter(({ kind }) => kind === "dynamic-import");
  return [...new Set(dynamic.map(({ path }) => path))].sort();
}

/** The name of the pack that has a module. */
function packOf(path) {
  const has = (place) => path === place || path.startsWith(`${place}/`);
  return Object.keys(packs).find((name) => packs[name].some(has));
}

/**
 * What help needs of a command's file: all down to where its description ends. The rest is loaded
 * when the command runs.
 */
function descriptions() {
  const [list, namespace] = [resolve("src/cli/commands/list.ts"), "description"];
  const setup = (build) => {
    build.onResolve({ filter: /^\.\// }, ({ path, importer }) =>
      importer === list ? { path: join(dirname(list), path), namespace } : undefined,
    );
    build.onLoad({ filter: /^/, namespace }, ({ path }) => {
      const [contents] = /^[\s\S]*?\n {2}load: .*\n\};\n/.exec(readFileSync(path, "utf8"));
      return { contents: loadedInPacks(path, contents), loader: "ts", resolveDir: dirname(path) };
    });
  };
  return { name: "descriptions", setup };
}

/** The text of a file; what it loads on demand, it loads from the pack that has it. */
function loadedInPacks(path, text) {
  return text.replace(/(?<!typeof )import\(\s*"(\.[^"]+)"[^)]*\)/g, (all, target) => {
    const loaded = relative(".", join(dirname(path), target));
    const pack = packOf(loaded);
    return pack === undefined
      ? all
      : `import("pack:${pack}").then((pack) => pack.${nameOf(loaded)})`;
  });
}

/** What an entry imports as well, for the sake of fewer files. */
function alsoFor(path) {
  if (apart.includes(path)) return 'import "pack:small";';
  return [...whole, "src/report/index.ts"].includes(path) ? 'import "pack:usual";' : "";
}

/** What a module is called in its pack. */
function nameOf(path) {
  return path.replaceAll(/\W/g, "_");
}

function inPacks(loaded) {
  const contents = (pack) => [
    `import "pack:${pack === "usual" ? "small" : "usual"}";`,
    ...loaded
      .filter((path) => packOf(path) === pack)
      .map((path) => `export * as ${nameOf(path)} from "./${path}";`),
  ];
  const ofSmall = small.map((path) => `import "./${path}";`);
  const setup = (build) => {
    build.onResolve({ filter: /^pack:/ }, ({ path }) => ({
      path: path.slice("pack:".length),
      namespace: "pack",
    }));
    build.onLoad({ filter: /^/, namespace: "pack" }, ({ path }) => ({
      contents: (path === "small" ? ofSmall : contents(path)).join("\n"),
      resolveDir: ".",
    }));
    build.onLoad({ filter: /\/src\/.*\.ts$/ }, ({ path }) => ({
      contents: `${loadedInPacks(path, readFileSync(path, "utf8"))}\n${alsoFor(relative(".", path))}`,
      loader: "ts",
    }));
  };
  return { name: "packs", setup };
}

/** SHA-256 over files: what one build has cached, no other believes. */
function digestOf(files) {
  const sum = createHash("sha256");
  for (const file of files.sort()) sum.update(`${file}\n`).update(readFileSync(file)).update("\n");
  return sum.digest("hex");
}
