import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/**
 * Resolves a package name (or a subpath of it) from a folder. Returns undefined if it is not
 * installed there.
 */
export function findPackage(name: string, root: string): string | undefined {
  const require = createRequire(join(root, "package.json"));
  try {
    return require.resolve(name);
  } catch (error) {
    return error instanceof Error &&
      "code" in error &&
      error.code === "ERR_PACKAGE_PATH_NOT_EXPORTED"
      ? findModule(name, require)
      : undefined;
  }
}

/**
 * Reads the package's `exports`: `require.resolve` cannot resolve a package that exports only for
 * `import`.
 */
function findModule(name: string, require: NodeJS.Require): string | undefined {
  const [, packageName = name, below = ""] = /^((?:@[^/]+\/)?[^/]+)(.*)$/.exec(name) ?? [];
  const folder = require.resolve
    .paths(name)
    ?.map((path) => join(path, packageName))
    .find((path) => existsSync(join(path, "package.json")));
  if (folder === undefined) return undefined;
  const { exports } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    readonly exports?: unknown;
  };
  const whole = fieldOf(exports, `.${below}`) ?? (below === "" ? exports : undefined);
  const target = targetOf(whole);
  return target === undefined ? undefined : join(folder, target);
}

function targetOf(conditions: unknown): string | undefined {
  if (typeof conditions === "string") return conditions;
  for (const condition of ["node", "import", "default"]) {
    const target = targetOf(fieldOf(conditions, condition) ?? "");
    if (target) return target;
  }
  return undefined;
}

function fieldOf(value: unknown, field: string): unknown {
  return typeof value === "object" && value !== null
    ? Object.entries(value).find(([name]) => name === field)?.[1]
    : undefined;
}
