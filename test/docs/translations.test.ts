import { cpSync, existsSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { folder } from "../cli/binary.ts";
import { fenced, prose, read, root } from "./document.ts";

const documents = readdirSync(join(root, "docs")).filter((name) => name.endsWith(".md"));
const translations = new Map([
  ["README.md", "README.zh-CN.md"],
  ...documents.map((name): [string, string] => [`docs/${name}`, `docs/zh-CN/${name}`]),
]);
const script = join(root, "docs/translated.mjs");
const compared = (cwd: string, ...args: readonly string[]) =>
  execa("node", [script, ...args], { cwd, reject: false });

test("every page in Chinese is of today's English page", async () => {
  expect(await compared(root)).toMatchObject({ exitCode: 0, stderr: "" });
});

test("no page in Chinese is of an English page that is gone", () => {
  const chinese = readdirSync(join(root, "docs/zh-CN"));
  expect(chinese.filter((name) => !documents.includes(name))).toEqual([]);
});

describe("a change of the English page is told until its translation is renewed", () => {
  test("words that changed", async () => {
    const there = copied();
    writeFileSync(join(there, "docs/glossary.md"), `${read("docs/glossary.md")}\nMore.\n`);
    expect(await compared(there)).toMatchObject({
      exitCode: 1,
      stderr:
        "docs/glossary.md has changed: translate the change in docs/zh-CN/glossary.md, then run " +
        "`node docs/translated.mjs --renew`.",
    });
    expect(await compared(there, "--renew")).toMatchObject({ exitCode: 0, stderr: "" });
    expect(await compared(there)).toMatchObject({ exitCode: 0, stderr: "" });
  });

  test("a page that is new", async () => {
    const there = copied();
    writeFileSync(join(there, "docs/news.md"), "# News\n");
    expect(await compared(there, "--renew")).toMatchObject({
      exitCode: 1,
      stderr: "docs/news.md is not translated: write docs/zh-CN/news.md.",
    });
  });
});

describe.each([...translations])("%s and %s", (english, chinese) => {
  test("show the same blocks, so the tests of one run the commands of both", () => {
    const blocks = (page: string) => fenced(read(page)).map(({ line: _, ...block }) => block);
    expect(blocks(chinese)).toEqual(blocks(english));
  });

  test("have headings of the same levels, and tables of as many rows", () => {
    const shape = (page: string) =>
      [...prose(read(page)).matchAll(/^(?:#+ |\||- |\d\. )/gm)].map(([mark]) => mark);
    expect(shape(chinese)).toEqual(shape(english));
  });

  test("name the same commands, fields and values in their sentences", () => {
    const named = (page: string) =>
      [...new Set(prose(read(page)).match(/`[^`]+`/g))]
        .map((code) => code.replaceAll(/\s+/g, " "))
        .sort();
    expect(named(chinese)).toEqual(named(english));
  });

  test("link to each other, and to the same pages, each in its own language", () => {
    const paths = (page: string) => linksOf(page).map(({ path }) => path);
    const others = (page: string, other: string) => paths(page).filter((path) => path !== other);
    expect(paths(english)).toContain(chinese);
    expect(paths(chinese)).toContain(english);
    expect([...new Set(others(chinese, english))].sort()).toEqual(
      [...new Set(others(english, chinese).map((path) => translations.get(path) ?? path))].sort(),
    );
  });

  test("the Chinese page links only to what is there", () => {
    for (const { path, anchor } of linksOf(chinese)) {
      if (path.startsWith("https:")) continue;
      expect(existsSync(join(root, path)), path).toBe(true);
      if (anchor !== "") expect(anchorsOf(path), path).toContain(anchor);
    }
  });
});

/** A copy of the pages, which a test may change. */
function copied(): string {
  const there = folder();
  for (const page of ["README.md", "README.zh-CN.md", "docs"])
    cpSync(join(root, page), join(there, page), { recursive: true });
  return there;
}

/** Where a page's links lead: paths from the project's folder, or addresses. */
function linksOf(page: string): readonly { readonly path: string; readonly anchor: string }[] {
  return [...prose(read(page)).matchAll(/\]\(([^)#]*)#?([^)]*)\)/g)].map(
    ([, target = "", anchor = ""]) => ({
      path: /^https:/.test(target)
        ? target
        : target === ""
          ? page
          : normalize(join(dirname(page), target)),
      anchor,
    }),
  );
}

/** The names by which a page's headings can be linked to, as GitHub and GitLab make them. */
function anchorsOf(page: string): readonly string[] {
  return [...prose(read(page)).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-"),
  );
}
