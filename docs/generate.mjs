// Writes the reference pages, from the schemas and the data that --help is made from: `npm run docs`.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
// As deep as the sources are, whose languages are found from where they stand.
const bundle = join(root, "node_modules/.docs/pages.mjs");
await build({
  absWorkingDir: root,
  entryPoints: ["docs/pages/index.ts"],
  outfile: bundle,
  bundle: true,
  splitting: false,
  format: "esm",
  platform: "node",
  packages: "external",
  logLevel: "error",
});
const { pages } = await import(bundle);
const sources = readdirSync(join(root, "src"), { recursive: true })
  .filter((path) => path.endsWith(".ts") && !/generated|emulator|conformance/.test(path))
  .sort()
  .map((path) => ({ path, text: readFileSync(join(root, "src", path), "utf8") }));
rmSync(join(root, "docs/reference"), { recursive: true, force: true });
for (const [path, text] of Object.entries(pages(sources))) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
