import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { loadOptionsSchemas } from "../../src/adapters/index.ts";
import { kinds } from "../../src/kinds/index.ts";
import { compile } from "../../src/manifest/compile.ts";
import { provenance } from "../../src/manifest/resolve/provenance.ts";
import { readSettings } from "../../src/manifest/settings/settings.ts";
import type { Checked, Diagnostic } from "../../src/model/diagnostic.ts";
import type { Source } from "../../src/model/source.ts";
import { english } from "../../src/model/text/phrase.ts";
import { textOf } from "../../src/model/text/recorded.ts";
import { language } from "../../src/report/language/language.ts";
import { isMarked, pseudoFile, pseudoTag } from "../languages/pseudo.ts";
import { toyKinds } from "./toy-kinds.ts";

const adapters = await loadOptionsSchemas();
const folder = join(import.meta.dirname, "fixtures");

interface Options {
  readonly kinds?: "real";
  readonly names?: Record<string, Record<string, string>>;
  readonly show?: "provenance";
  readonly environment?: string;
  readonly variables?: Record<string, string>;
}

function sourcesOf(root: string): Source[] {
  const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((path) =>
    path.endsWith(".yaml"),
  );
  return files.sort().map((path) => ({
    path,
    bytes: readFileSync(join(root, path)),
    overlay: path.startsWith("overlay"),
  }));
}

function shown(diagnostic: Diagnostic): string {
  const { at, severity, code, message, hint, address } = diagnostic;
  const place = at ? `${at.file}:${at.line}:${at.column}-${at.endLine}:${at.endColumn}` : "nowhere";
  const width = at && at.endLine === at.line ? Math.max(1, at.endColumn - at.column) : 1;
  const excerpt = at
    ? [`  | ${at.excerpt}`, `  | ${" ".repeat(at.column - 1)}${"^".repeat(width)}`]
    : [];
  return [
    `${place} ${severity} ${code}${address ? ` (${address})` : ""}`,
    `  ${message}`,
    ...(hint ? [`  ${hint}`] : []),
    ...excerpt,
    "",
  ].join("\n");
}

const { told } = language(pseudoTag, pseudoFile());
const untold = new Set<string>();

function print<T>(checked: Checked<T>, value: (value: T) => string): string {
  for (const one of checked.diagnostics)
    for (const text of [textOf(one, "message"), textOf(one, "hint")])
      if (text !== "" && !isMarked(told(text))) untold.add(english(text));
  return checked.diagnostics.map(shown).join("\n") + (checked.ok ? value(checked.value) : "");
}

function run(root: string): string {
  const path = join(root, "options.json");
  const options: Options = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {};
  const settings = join(root, "partnerctl.yaml");
  if (existsSync(settings)) {
    const { environment, variables = {} } = options;
    const read = readSettings(
      { path: "partnerctl.yaml", bytes: readFileSync(settings) },
      { adapters, variables, ...(environment && { environment }) },
    );
    return print(read, (value) => `${JSON.stringify(value, undefined, 2)}\n`);
  }
  const context = {
    kinds: options.kinds === "real" ? kinds : toyKinds,
    names: options.names ?? {},
  };
  if (options.show === "provenance") {
    return print(provenance(sourcesOf(root), context), (all) =>
      all
        .map(
          ({ resource, document, fields }) =>
            `${resource.address} ${JSON.stringify(document)}\n${fields.map(({ pointer, at }) => `  ${pointer} ${at.file}:${at.line}:${at.column}\n`).join("")}`,
        )
        .join(""),
    );
  }
  return print(compile(sourcesOf(root), context), ({ resources }) =>
    resources.map((one) => `${JSON.stringify(one)}\n`).join(""),
  );
}

describe("cases: what a folder of manifests compiles to; UPDATE=1 writes what comes out, read the difference before committing it", () => {
  for (const name of readdirSync(folder).sort()) {
    test(name, () => {
      const root = join(folder, name);
      const expected = join(root, "expected.txt");
      const actual = run(root);
      if (process.env.UPDATE) writeFileSync(expected, actual);
      expect(
        existsSync(expected),
        `${relative(folder, expected)} is missing: run with UPDATE=1`,
      ).toBe(true);
      expect(actual).toBe(readFileSync(expected, "utf8"));
    });
  }

  test("every message and hint is one that languages translate", () => {
    // The rules of kinds that are made up for these tests speak English.
    const toys = readFileSync(join(import.meta.dirname, "toy-kinds.ts"), "utf8");
    expect([...untold].filter((text) => !toys.includes(text))).toEqual([]);
  });
});
