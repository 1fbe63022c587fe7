import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { variables } from "../../docs/pages/environment.ts";
import { pages } from "../../docs/pages/index.ts";
import { anchor } from "../../docs/pages/markdown.ts";
import { loadOptionsSchemas } from "../../src/adapters/index.ts";
import { commands } from "../../src/cli/commands/index.ts";
import { globalOptions } from "../../src/cli/parse/options.ts";
import { kinds } from "../../src/kinds/index.ts";
import { registeredCodes } from "../../src/model/codes.ts";
import { kebabCase } from "../../src/model/values/kebab-case.ts";
import { variables as spoken } from "../../src/policy/language.ts";
import { recordFields } from "../../src/policy/record-types.ts";
import { fenced, prose, read, root } from "./document.ts";

const sources = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts") && !/generated|emulator|conformance/.test(path))
  .sort()
  .map((path) => ({ path, text: readFileSync(join(root, "src", path), "utf8") }));
const made = pages();
const documents = readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".md"))
  .map((path) => `docs/${path}`);

describe("the reference", () => {
  test("has a page for each document, and no others", () => {
    expect(documents.filter((path) => path.startsWith("docs/reference/")).sort()).toEqual(
      Object.keys(made).sort(),
    );
  });

  test.each(Object.keys(made))("%s is fresh: run `npm run docs` where this fails", (path) => {
    expect(read(path)).toBe(made[path]);
  });

  test("tells every option, and every field of every kind and adapter", async () => {
    const text = made["docs/reference/commands.md"] ?? "";
    for (const { flag } of [...globalOptions, ...commands.flatMap(({ options = [] }) => options)])
      expect(text).toContain(flag);
    const options = Object.entries(await loadOptionsSchemas()).map(
      ([name, { schema }]) => [`adapter-${name}`, schema] as const,
    );
    for (const [name, schema] of [
      ...kinds.map((kind) => [kebabCase(kind.name), kind.schema] as const),
      ...options,
    ]) {
      const page = made[`docs/reference/${name}.md`] ?? "";
      for (const field of namesIn(schema))
        expect(page, name).toMatch(new RegExp(`\\| \`(?:[^\`]*\\.)?${field}\``));
    }
  });

  test("lists every environment variable that is read, and no others", () => {
    const listed = Object.values(variables).flatMap((own) => Object.keys(own));
    expect([...new Set(sources.flatMap(({ text }) => readVariables(text)))].sort()).toEqual(
      [...listed].sort(),
    );
  });

  test("tells every code", () => {
    const page = made["docs/reference/codes.md"] ?? "";
    for (const code of registeredCodes()) expect(page).toContain(`\n## ${code}\n`);
  });
});

/** The names of all properties in a schema, wherever they stand. */
function namesIn(schema: unknown): readonly string[] {
  if (typeof schema !== "object" || schema === null) return [];
  return Object.entries(schema).flatMap(([keyword, value]) =>
    keyword === "examples" || keyword === "if" || keyword === "then" || keyword === "else"
      ? []
      : [
          ...(keyword === "properties"
            ? Object.keys(value as object).filter((name) => name !== "spec")
            : []),
          ...namesIn(value),
        ],
  );
}

/**
 * What a source takes from the environment: by name, by taking it apart, or from a list of names.
 */
function readVariables(text: string): readonly string[] {
  const named = [...text.matchAll(/process\.env\.(\w+)/g)].map(([, name = ""]) => name);
  const apart = [
    ...text.matchAll(/\{([^{}]*)\}(?:: NodeJS\.ProcessEnv| =\s*(?:process\.env|environment)\b)/g),
  ].flatMap(([, names = ""]) => upper(names));
  const listed = /Environment = Readonly<Record<string, string \| undefined>>/.test(text)
    ? [...text.matchAll(/"([A-Z][A-Z_]{3,})"/g)]
        .map(([, name = ""]) => name)
        .filter((name) => name !== "HEAD")
    : [];
  return [...named, ...apart, ...listed];
}

function upper(names: string): readonly string[] {
  return names.match(/\b[A-Z][A-Z0-9_]+\b/g) ?? [];
}

test("the page on policies has every type and variable of their language", () => {
  const page = read("docs/policies.md");
  for (const [name, fields] of Object.entries(recordFields))
    expect(page).toContain(
      `| \`${name}\` | ${Object.keys(fields)
        .map((field) => `\`${field}\``)
        .join(", ")} |`,
    );
  for (const [on, own] of Object.entries(spoken)) {
    const row = page.split("\n").find((line) => line.startsWith(`| \`${on}\` |`)) ?? "";
    const told = row.includes("and below")
      ? row + page.split("\n").find((line) => line.startsWith("| `plan` |"))
      : row;
    for (const name of Object.keys(own)) expect(told, on).toContain(`\`${name}\``);
  }
});

describe("every link leads somewhere", () => {
  test.each(["README.md", "CHANGELOG.md", ...documents])("%s", (page) => {
    for (const [, target = "", heading] of prose(read(page))
      .replaceAll(/`[^`\n]+`/g, "")
      .matchAll(/\]\(([^)#\s]*)(?:#([^)\s]+))?\)/g)) {
      if (/^https?:/.test(target)) continue;
      const path = target === "" ? page : join(dirname(page), target);
      expect(existsSync(join(root, path)), `${page}: ${target}`).toBe(true);
      if (heading !== undefined)
        expect(anchors(path), `${page}: ${target}#${heading}`).toContain(heading);
    }
  });
});

function anchors(path: string): readonly string[] {
  return [...prose(read(path)).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    anchor(heading.replaceAll("`", "")),
  );
}

test("no page names a place of somebody's machine", () => {
  for (const page of documents)
    expect(read(page), page).not.toMatch(/(?:^|[\s`"(])\/(?:home|root|tmp|work|Users)\//);
});

test("every command and option that a document names exists", () => {
  for (const page of documents.filter((path) => !path.startsWith("docs/reference/"))) {
    const inline = [...prose(read(page)).matchAll(/`partnerctl ([^`]+)`/g)].map(
      ([, text = ""]) => text,
    );
    const run = fenced(read(page))
      .filter(({ language }) => language === "console")
      .flatMap(({ text }) =>
        [...text.matchAll(/^\$ partnerctl (.*)$/gm)].map(([, line = ""]) => line),
      );
    for (const line of [...inline, ...run]) expectKnown(line.replaceAll(/\s+/g, " "), page);
  }
});

function expectKnown(line: string, page: string): void {
  const command = commands.find((one) => `${line} `.startsWith(`${one.name} `));
  if (!line.startsWith("--")) expect(command, `${page}: partnerctl ${line}`).toBeDefined();
  const known = [...(command?.options ?? []), ...globalOptions].map(({ flag }) => flag as string);
  for (const flag of line.split(/[|>&;]/)[0]?.match(/--[a-z-]+/g) ?? [])
    expect([...known, "--help"], `${page}: partnerctl ${line}`).toContain(flag);
}
