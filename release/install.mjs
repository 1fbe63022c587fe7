// Installs what package-lock.json names, where node_modules does not hold just that already.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Whether a folder's node_modules is what npm would install there from its lock. */
export function isInstalled(folder) {
  const locks = ["package-lock.json", "node_modules/.package-lock.json"];
  const [wanted, installed] = locks.map((file) => packagesIn(join(folder, file)));
  if (installed === undefined) return false;
  const isThere = (path) => existsSync(join(folder, path, "package.json"));
  const isSame = ([path, { integrity }]) => wanted[path]?.integrity === integrity && isThere(path);
  if (!Object.entries(installed).every(isSame)) return false;
  return Object.entries(wanted).every(
    ([path, one]) => path in installed || path === "" || isForOthers(one),
  );
}

function packagesIn(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).packages : undefined;
}

/**
 * An optional package that is not surely of this platform; of those that differ in the C library
 * alone, npm chooses.
 */
function isForOthers({ optional = false, os = [], cpu = [], libc }) {
  return (
    optional && !(os.includes(process.platform) && cpu.includes(process.arch) && libc === undefined)
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url) && !isInstalled("."))
  execFileSync("npm", ["ci", "--loglevel=error", "--no-audit", "--no-fund"], {
    stdio: "inherit",
    shell: process.platform === "win32",
  });
