// Writes the reference pages, from the schemas and the data that --help is made from: `npm run
// docs`.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
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
rmSync(join(root, "docs/reference"), { recursive: true, force: true });
for (const [path, text] of Object.entries(pages())) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
