import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { folder } from "../cli/binary.ts";
import { edited, fenced, isAsShown, prose, read, root } from "./document.ts";
import { type Said, session } from "./session.ts";

const documents = readdirSync(join(root, "docs")).filter((name) => name.endsWith(".md"));
const told = (name: string) =>
  fenced(read(`docs/${name}`)).filter(
    ({ language, title }) => language === "console" || title !== undefined,
  );

describe("every command in a document is run, and says what stands below it", () => {
  test.each(documents.filter((name) => told(name).length > 0))(
    "%s",
    { timeout: 120_000 },
    async (name) => {
      const shell = await session(folder());
      onTestFinished(shell.close);
      for (const block of told(name))
        for (const said of await shell.follow(block)) expectAsShown(name, said);
    },
  );

  function expectAsShown(name: string, { command, line, shown, output, asShown }: Said): void {
    if (asShown) return;
    // What differs is told by a comparison that has to fail.
    expect(output.trimEnd().split("\n"), `docs/${name}:${line}: ${command}`).toEqual(shown);
    throw new Error(
      `docs/${name}:${line}: ${command}: the output and what is shown differ in their ends`,
    );
  }
});

test("a document shows nothing that is neither run, written nor quoted", () => {
  for (const name of documents) {
    for (const { language, title, from, text, line } of fenced(read(`docs/${name}`))) {
      const at = `docs/${name}:${line}`;
      if (language === "console" || title !== undefined) continue;
      expect(
        from,
        `${at}: a block is console, or says title=FILE (it is written) or from=FILE (it is quoted)`,
      ).toBeDefined();
      for (const part of text.split(/^[ ]*# …\n/m))
        expect(read(from ?? ""), `${at}: quoted from ${from}`).toContain(part);
    }
  }
});

test("the hooks that are shown are there", () => {
  const hooks = read(".pre-commit-hooks.yaml");
  const shown = [...read("docs/pipelines.md").matchAll(/^ +- id: (\S+)$/gm)].map(([, id]) => id);
  expect(shown).not.toHaveLength(0);
  for (const id of shown) expect(hooks).toContain(`- id: ${id}\n`);
});

test("the tutorial takes twenty minutes: at 150 words a minute and 15 seconds a command", () => {
  const text = read("docs/tutorial.md");
  const commands = text.match(/^\$ /gm)?.length ?? 0;
  expect(prose(text).split(/\s+/).length / 150 + commands / 4).toBeLessThanOrEqual(20);
});

describe("what a document shows and what is said are compared line by line", () => {
  test.each([
    [["a…c", "d"], "abbbc\nd\n", true],
    [["a…c", "d"], "abbb\nd\n", false],
    [["a", "…", "d"], "a\nb\nc\nd\n", true],
    [["a", "…", "d"], "a\nd\n", true],
    [["a", "…"], "b\n", false],
    [[], "", true],
    [[], "a\n", false],
    [["a.c (x)"], "abc (x)\n", false],
    [["a"], "a\nb\n", false],
  ])("%j, %j: %s", (shown, output, same) => expect(isAsShown(shown, output)).toBe(same));
});

test("an edit is made where its lines stand once, and nowhere else", () => {
  const diff = { language: "diff", line: 1, text: " a\n-b\n+c\n" };
  expect(edited("x\na\nb\n", diff)).toBe("x\na\nc\n");
  expect(() => edited("a\nb\na\nb\n", diff)).toThrow("twice");
  expect(() => edited("b\n", diff)).toThrow("nowhere");
});
