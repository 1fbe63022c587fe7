import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { isInstalled } from "../../release/install.mjs";
import { folder, plain } from "../cli/binary.ts";

const root = join(import.meta.dirname, "../..");
const one = { version: "1.0.0", integrity: "sha512-one" };
const otherPlatform = {
  version: "1.0.0",
  integrity: "sha512-other",
  optional: true,
  os: ["none"],
  cpu: ["none"],
};
const thisPlatform = { ...otherPlatform, os: [process.platform], cpu: [process.arch] };
const paths = { one: "node_modules/one", two: "node_modules/two" };

/** A folder whose lock wants some packages, and whose node_modules holds some. */
function place(wanted: object, installed: object): string {
  const made = folder();
  const write = (file: string, packages: object) =>
    writeFileSync(join(made, file), JSON.stringify({ packages }));
  for (const path of Object.keys(installed))
    cpSync(join(root, "package.json"), join(made, path, "package.json"));
  mkdirSync(join(made, "node_modules"), { recursive: true });
  write("package-lock.json", { "": { name: "own" }, ...wanted });
  write("node_modules/.package-lock.json", installed);
  return made;
}

test("packages are installed where node_modules holds what the lock names, and nothing else", () => {
  const same = { [paths.one]: one };
  expect(isInstalled(place(same, same))).toBe(true);
  expect(isInstalled(place({ ...same, [paths.two]: otherPlatform }, same))).toBe(true);
  expect(isInstalled(place({ ...same, [paths.two]: thisPlatform }, same))).toBe(false);
  expect(isInstalled(place({ ...same, [paths.two]: one }, same))).toBe(false);
  expect(isInstalled(place(same, { ...same, [paths.two]: one }))).toBe(false);
  expect(isInstalled(place(same, { [paths.one]: { ...one, integrity: "sha512-older" } }))).toBe(
    false,
  );
  const broken = place(same, same);
  rmSync(join(broken, paths.one), { recursive: true });
  expect(isInstalled(broken)).toBe(false);
  expect(isInstalled(folder())).toBe(false);
});

test("where they are not, npm installs what the lock names, or says why it cannot", async () => {
  const made = folder();
  writeFileSync(
    join(made, "package.json"),
    '{ "name": "own", "version": "1.0.0", "dependencies": { "one": "1.0.0" } }',
  );
  const run = await execa(process.execPath, [join(root, "release/install.mjs")], {
    ...plain,
    cwd: made,
  });
  expect(run.exitCode).not.toBe(0);
  expect(String(run.stderr)).toContain("package-lock.json");
});

test("each script that needs packages sees to them first", () => {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  for (const name of ["prestart", "pretest", "prepack"])
    expect(scripts[name], name).toMatch(/^node release\/install\.mjs && /);
});
