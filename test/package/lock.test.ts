import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { folder, plain } from "../cli/binary.ts";

const root = join(import.meta.dirname, "../..");
const read = (name: string) => JSON.parse(readFileSync(join(root, name), "utf8"));
const manifest = read("package.json");

interface Entry {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly engines?: { readonly node?: string };
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}
const { "": _, ...entries }: Readonly<Record<string, Entry>> = read("package-lock.json").packages;

const floor = [20, 19, 0] as const;

/**
 * Whether a range as packages write them (`>=18`, `^20.19.0 || >=22`, `18 || 20 || >=22`, `^20.17.0
 * || >= 22`) admits the oldest Node this package does.
 */
function admitsFloor(range: string): boolean {
  return range.split("||").some((part) =>
    part
      .trim()
      .replaceAll(/(>=|<=|<|>|\^|~)\s+/g, "$1")
      .split(/\s+/)
      .every(holds),
  );
}

function holds(comparator: string): boolean {
  const [, operator = "", text = ""] =
    /^(>=|<=|<|>|\^|~)?v?(\d+(?:\.(?:\d+|x|\*))*|\*)$/.exec(comparator) ?? [];
  if (text === "*") return true;
  if (text === "") throw new Error(`not understood: ${comparator}`);
  const wanted = text
    .split(".")
    .filter((part) => part !== "x" && part !== "*")
    .map(Number);
  const difference = compare([wanted[0] ?? 0, wanted[1] ?? 0, wanted[2] ?? 0]);
  const same = (parts: number) =>
    wanted.slice(0, parts).every((part, index) => part === floor[index]);
  switch (operator) {
    case ">=":
      return difference >= 0;
    case ">":
      return difference > 0;
    case "<":
      return difference < 0;
    case "<=":
      return difference <= 0;
    case "^":
      return difference >= 0 && same(1);
    case "~":
      return difference >= 0 && same(Math.min(2, wanted.length));
    default:
      return same(wanted.length);
  }
}

function compare(other: readonly number[]): number {
  for (const [index, part] of floor.entries())
    if (part !== other[index]) return part - (other[index] ?? 0);
  return 0;
}

test.each([
  [">=18", true],
  ["^18 || ^20.5", true],
  ["20 || >=22", true],
  [">= 20.19.0 <21", true],
  ["*", true],
  ["~20.19", true],
  ["20.x", true],
  ["^20.17.0 || >= 22", true],
  [">=20.19.1", false],
  ["^20.20 || >=22", false],
  [">=22", false],
  ["18.x || 22", false],
  [">=18 <20", false],
])("the reading of %s", (range, admitted) => {
  expect(admitsFloor(range)).toBe(admitted);
});

test("every package in the lock runs on Node 20.19.0, as this one promises", () => {
  expect(manifest.engines.node).toBe(">=20.19");
  const refusing = Object.entries(entries).filter(
    ([, { engines }]) => engines?.node !== undefined && !admitsFloor(engines.node),
  );
  expect(refusing.map(([path, { engines }]) => `${path}: ${engines?.node}`)).toEqual([]);
});

test("package.json pins exact versions, and nothing is needed at run time", () => {
  expect(manifest).not.toHaveProperty("dependencies");
  for (const [name, version] of Object.entries(manifest.devDependencies)) {
    expect(version, name).toMatch(/^\d+\.\d+\.\d+(?:-[\w.]+)?$/);
    expect(entries[`node_modules/${name}`]?.version, name).toBe(version);
  }
});

test("every package in the lock has its integrity", () => {
  const without = Object.entries(entries).filter(
    ([, { integrity = "" }]) => !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity),
  );
  expect(without.map(([path]) => path)).toEqual([]);
});

test("the lock names no registry but the public one", () => {
  const resolved = Object.values(entries).flatMap((entry) => entry.resolved ?? []);
  expect(resolved.filter((address) => !address.startsWith("https://registry.npmjs.org/"))).toEqual(
    [],
  );
});

test("the lock holds the packages of every platform, without which npm ci refuses it", async () => {
  const missing = Object.values(entries)
    .flatMap(({ optionalDependencies = {} }) => Object.entries(optionalDependencies))
    .filter(
      ([name, version]) => /^\d/.test(version) && entries[`node_modules/${name}`] === undefined,
    );
  expect(missing).toEqual([]);
  const place = folder();
  for (const name of ["package.json", "package-lock.json"])
    cpSync(join(root, name), join(place, name));
  const { exitCode, stderr } = await execa(
    "npm",
    ["ci", "--dry-run", "--ignore-scripts", "--offline", "--loglevel=error"],
    {
      ...plain,
      cwd: place,
    },
  );
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
});
