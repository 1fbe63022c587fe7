import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

/**
 * A TypeScript program as a file that node of any version runs; next to the packages, so that it
 * finds them.
 */
export function bundled(program: URL): string {
  const name = program.pathname.replaceAll(/^.*\/|\.ts$/g, "");
  const outfile = fileURLToPath(
    new URL(`../../node_modules/.cache/partnerctl/${name}-${process.pid}.mjs`, import.meta.url),
  );
  buildSync({
    entryPoints: [fileURLToPath(program)],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    logLevel: "error",
  });
  return outfile;
}
