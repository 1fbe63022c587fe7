import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { commands } from "../../src/cli/commands/index.ts";
import { kinds } from "../../src/kinds/index.ts";
import { registeredCodes } from "../../src/model/codes.ts";
import { guardNames } from "../../src/plan/guard/guard.ts";
import { root } from "./document.ts";

/** A word that somebody who used an earlier edition may still type or look for. */
interface Renamed {
  readonly sort: keyof typeof used;
  readonly old: string;
  readonly new: string;
  /** What the old word still means, where it was not only renamed. */
  readonly kept?: string;
}

const renamed = JSON.parse(read("docs/renamed.json")) as readonly Renamed[];

/** Whether a word of each sort is used by the program and its documents today. */
const used = {
  code: (word: string) => registeredCodes().some((code) => code === word),
  command: (word: string) => commandNames().includes(word),
  endpoint: (word: string) => emulatorSource().includes(`"${word}"`),
  field: (word: string) => schemaNames().fields.some((path) => `.${path}`.endsWith(`.${word}`)),
  file: (word: string) => existsSync(join(root, word)),
  flag: (word: string) => flags().includes(word),
  guard: (word: string) => guardNames(kinds).some((name) => name === word),
  setting: (word: string) =>
    settingsTexts().some((text) => text.includes(word.split(".").at(-1) ?? word)),
  value: (word: string) => schemaNames().values.includes(word),
};

describe("docs/renamed.json", () => {
  test.each(renamed)("$sort: $old is $new", ({ sort, old, new: now, kept }) => {
    expect(used[sort](now), `${now} is not there`).toBe(true);
    expect(used[sort](old), `${old} is ${kept === undefined ? "still" : "no more"} there`).toBe(
      kept !== undefined,
    );
  });
});

function read(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

function commandNames(): readonly string[] {
  return commands.map(({ name }) => name);
}

function flags(): readonly string[] {
  return commands.flatMap(({ name, options = [] }) =>
    options.map(({ flag }) => `${name} ${flag.split(/[ ,]/).find((one) => one.startsWith("--"))}`),
  );
}

function emulatorSource(): string {
  return read("src/emulator/http/control.ts");
}

/** Where adapters read what the settings say of them. */
function settingsTexts(): readonly string[] {
  return ["schemas/settings.schema.json", "schemas/adapters/local.schema.json"].map(read);
}

/** Each field of each schema by its path, and each value a field may have as `field: value`. */
function schemaNames(): { readonly fields: readonly string[]; readonly values: readonly string[] } {
  const files = readdirSync(join(root, "schemas"), { recursive: true, encoding: "utf8" }).filter(
    (name) => name.endsWith(".schema.json"),
  );
  const found = files.map((name) => walk(JSON.parse(read(`schemas/${name}`)), []));
  return {
    fields: found.flatMap(({ fields }) => fields),
    values: found.flatMap(({ values }) => values),
  };
}

interface Names {
  readonly fields: readonly string[];
  readonly values: readonly string[];
}

function walk(schema: unknown, path: readonly string[]): Names {
  if (typeof schema !== "object" || schema === null) return { fields: [], values: [] };
  const here = Array.isArray((schema as { enum?: unknown }).enum)
    ? (schema as { enum: unknown[] }).enum
    : [];
  const below = Object.entries(schema).flatMap(([keyword, value]) => {
    if (keyword === "examples") return [];
    const named = ["properties", "$defs"].includes(keyword) ? Object.entries(Object(value)) : [];
    if (named.length === 0) return [walk(value, path)];
    return named.map(([name, one]) => walk(one, [...path, name]));
  });
  return {
    fields: [path.join("."), ...below.flatMap(({ fields }) => fields)],
    values: [
      ...here.map((value) => `${path.at(-1)}: ${value}`),
      ...below.flatMap(({ values }) => values),
    ],
  };
}
