import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
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
// Node takes half a millisecond a file to load. esbuild makes one of each set of modules that the
// same entries use, so that a plan would be some fifty; as every module that is loaded on demand
// also imports what a plan takes, all of that becomes a file or two.
const usual = [
  "src/cli/output/terminal.ts",
  "src/report/load.ts",
  "src/cli/commands/every-day/plan.ts",
  "src/adapters/local/local.ts",
];
/** Folders whose commands are one file of the package: nobody waits for several of them. */
const grouped = ["account", "ci", "ledger", "review"].map((folder) =>
  resolve("src/cli/commands", folder),
);
const sources = (await build({ ...options, write: false, logLevel: "error" })).metafile.inputs;
const { version } = JSON.parse(readFileSync("package.json", "utf8"));
const define = {
  PARTNERCTL_VERSION: JSON.stringify(version),
  PARTNERCTL_BUILD: JSON.stringify(digestOf(Object.keys(sources))),
};
const { metafile } = await build({
  ...options,
  define,
  plugins: [descriptions(), together(onDemand(sources))],
});
chmodSync(`${made}/partnerctl.js`, 0o755);
writeFileSync(`${made}/THIRD-PARTY.txt`, licences(metafile.inputs));
writeFileSync(`${made}/sbom.json`, sbom(metafile.inputs));
if (existsSync("dist")) renameSync("dist", `${made}-before`);
renameSync(made, "dist");
rmSync(`${made}-before`, { recursive: true, force: true });

/**
 * The modules of our own that are loaded by `import()`, but for those that come first, and need
 * little.
 */
function onDemand(inputs) {
  const apart = new Set(
    ["main.ts", "completion/complete.ts", "completion/names.ts"].map((path) => `src/cli/${path}`),
  );
  const dynamic = Object.values(inputs).flatMap(({ imports }) =>
    imports.filter(({ kind }) => kind === "dynamic-import"),
  );
  return new Set(
    dynamic
      .map(({ path }) => path)
      .filter((path) => /^src\/.*\.ts$/.test(path) && !apart.has(path)),
  );
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
      return { contents: loadedInGroup(path, contents), loader: "ts", resolveDir: dirname(path) };
    });
  };
  return { name: "descriptions", setup };
}

/** The text of a command's file; one in a group loads what it runs with the group. */
function loadedInGroup(path, text) {
  if (!grouped.includes(dirname(path))) return text;
  const load = `() => import("group:${dirname(path)}").then((all) => all.${basename(path, ".ts")})`;
  return text.replace(/\n {2}load: .*\n/, `\n  load: ${load},\n`);
}

/** A module with all commands of a folder, by the name of their file. */
function contentsOfGroup(folder) {
  const names = readdirSync(folder).map((file) => basename(file, ".ts"));
  const exported = names.map((name) => `export * as ${name} from "./${name}.ts";`);
  return `import "usual:"; ${exported.join(" ")}`;
}

function together(lazy) {
  const contents = usual.map((path) => `import "./${path}";`).join("");
  const setup = (build) => {
    build.onResolve({ filter: /^usual:$/ }, ({ path }) => ({ path, namespace: "usual" }));
    build.onLoad({ filter: /^/, namespace: "usual" }, () => ({ contents, resolveDir: "." }));
    build.onResolve({ filter: /^group:/ }, ({ path }) => ({
      path: path.slice("group:".length),
      namespace: "group",
    }));
    build.onLoad({ filter: /^/, namespace: "group" }, ({ path }) => ({
      contents: contentsOfGroup(path),
      resolveDir: path,
    }));
    build.onLoad({ filter: /\.ts$/ }, ({ path }) => {
      if (!lazy.has(relative(".", path))) return undefined;
      const text = loadedInGroup(path, readFileSync(path, "utf8"));
      return { contents: `import "usual:"; ${text}`, loader: "ts" };
    });
  };
  return { name: "together", setup };
}

/** SHA-256 over files: what one build has cached, no other believes. */
function digestOf(files) {
  const sum = createHash("sha256");
  for (const file of files.sort()) sum.update(`${file}\n`).update(readFileSync(file)).update("\n");
  return sum.digest("hex");
}
