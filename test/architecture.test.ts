import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { findWideLines } from "./line-width.ts";
import { longest } from "./sequence.ts";

/**
 * What each module may import. Its own files are always allowed; a module that is not listed does
 * not exist.
 */
const allowedImports: Readonly<Record<string, readonly string[]>> = {
  model: [],
  kinds: ["model"],
  manifest: ["model"],
  plan: ["model"],
  policy: ["model"],
  report: ["model"],
  adapters: ["model", "kinds"],
  store: ["model"],
  emulator: [],
  operations: ["model", "manifest", "plan", "policy"],
  conformance: ["model", "kinds", "manifest", "plan", "operations"],
  cli: ["model", "kinds", "manifest", "report", "adapters", "store", "operations", "emulator"],
  library: [
    "model",
    "kinds",
    "manifest",
    "plan",
    "report",
    "adapters",
    "store",
    "operations",
    "cli",
  ],
};
const pure = ["model", "manifest", "plan", "policy", "report"];
const effects = ["node:fs", "process", "console", "fetch", "Date.now", "new Date(", "Math.random"];
const maximumLines = 200;
const maximumFiles = 16;
/** A word alone that ends like a participle, or is an irregular one. */
const participle =
  /^(?:[a-z]+(?:ed|ing)|been|built|done|drawn|found|given|gone|held|hidden|kept|known|left|lost|made|meant|said|seen|sent|shown|spent|taken|told|unheld|unread|written)$/;

interface Import {
  readonly target: string;
  readonly typeOnly: boolean;
  /** Loaded when it is needed alone. */
  readonly lazy: boolean;
}

const src = resolve(import.meta.dirname, "../src");
const files = readdirSync(src, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts") && !file.includes("generated/"))
  .map((file) => ({ file, text: readFileSync(join(src, file), "utf8") }));

function importsOf({
  file,
  text,
}: {
  readonly file: string;
  readonly text: string;
}): readonly Import[] {
  const statements = text.matchAll(
    /(?:^|\n)\s*(import|export)\s+(type\s+)?([^;"']*?from\s+)?["'](\.[^"']+)["']|import\(["'](\.[^"']+)["']\)/g,
  );
  return [...statements].map(([, , type, names, target, dynamic]) => ({
    target: relative(src, resolve(src, dirname(file), target ?? dynamic ?? "")),
    lazy: dynamic !== undefined,
    typeOnly:
      type !== undefined || (names !== undefined && /^\{(\s*type [^,}]+,?)+\s*\}/.test(names)),
  }));
}

function moduleOf(file: string): string {
  return file.includes("/") ? (file.split("/", 1)[0] ?? "") : "";
}

describe("the architecture", () => {
  test("has the modules that are on the map, and no others", () => {
    expect(
      [...new Set(files.map(({ file }) => moduleOf(file)))].filter(
        (module) => module !== "" && !(module in allowedImports),
      ),
    ).toEqual([]);
  });

  test("of the tests that begin first, each is there", () => {
    expect(
      longest.filter((name) => !existsSync(join(import.meta.dirname, `${name}.test.ts`))),
    ).toEqual([]);
  });

  test("every import is one that its module is allowed", () => {
    const wrong = files.flatMap((one) => {
      const module = moduleOf(one.file);
      if (module === "") return [];
      const allowed = [module, ...(allowedImports[module] ?? [])];
      return importsOf(one)
        .filter(({ target }) => !target.startsWith("../") && !allowed.includes(moduleOf(target)))
        .map(
          ({ target }) =>
            `${one.file} imports ${target}: ${module} may import only ${allowed.join(", ")}`,
        );
    });
    expect(wrong).toEqual([]);
  });

  test("operations and Partner Center wait by the clock they are given, and by no timer of their own", () => {
    const waiting = files.filter(({ file }) =>
      /^(operations|adapters\/partner-center)\//.test(file),
    );
    expect(waiting.length).toBeGreaterThan(50);
    expect(
      waiting
        .filter(({ text }) => /node:timers|\bset(Timeout|Interval)\(/.test(text))
        .map(({ file }) => file),
    ).toEqual([]);
  });

  test("adapters take only types from kinds", () => {
    const wrong = files
      .filter(({ file }) => moduleOf(file) === "adapters")
      .flatMap((one) =>
        importsOf(one)
          .filter(({ target, typeOnly }) => moduleOf(target) === "kinds" && !typeOnly)
          .map(({ target }) => `${one.file} runs ${target}`),
      );
    expect(wrong).toEqual([]);
  });

  test("pure modules name no effect", () => {
    const wrong = files
      .filter(({ file }) => pure.includes(moduleOf(file)))
      .flatMap(({ file, text }) =>
        effects
          .filter((word) => names(text, word))
          .map((word) => `${file} says "${word}": ${moduleOf(file)} is pure`),
      );
    expect(wrong).toEqual([]);
  });

  test("the engine names no kind", () => {
    const wrong = files
      .filter(({ file }) =>
        ["model", "manifest", "plan", "policy", "operations"].includes(moduleOf(file)),
      )
      .flatMap(({ file, text }) =>
        [
          ...code(text).matchAll(
            /["'`](PartnerProfile|User|CatalogCustomization|Customer|Subscription|Offer)["'`]/g,
          ),
        ].map(([word]) => `${file} names ${word}`),
      );
    expect(wrong).toEqual([]);
  });

  test("operations name no adapter, and print nothing", () => {
    const wrong = files
      .filter(({ file }) => moduleOf(file) === "operations")
      .flatMap(({ file, text }) =>
        ["console.", "process.std", '"local"', "partner-center"]
          .filter((word) => code(text).includes(word))
          .map((word) => `${file} says ${word}`),
      );
    expect(wrong).toEqual([]);
  });

  test.each([
    ["cli/main.ts", "help"],
    ["cli/commands/every-day/validate.ts", "validate"],
    ["report/text/index.ts", "text"],
  ])("%s loads no texts of codes: %s is shown without them", (entry) => {
    const loaded = new Set([entry]);
    for (const name of loaded) {
      // Of what the list names, the build takes the descriptions alone.
      if (name === "cli/commands/list.ts") continue;
      const one = files.find(({ file }) => file === name);
      for (const { target, typeOnly, lazy } of one ? importsOf(one) : [])
        if (!typeOnly && !lazy) loaded.add(target);
    }
    expect(loaded.size).toBeGreaterThan(5);
    expect([...loaded].filter((name) => name.startsWith("model/codes"))).toEqual([]);
  });

  test("there is no import cycle", () => {
    const graph = new Map(
      files.map((one) => [one.file, importsOf(one).map(({ target }) => target)]),
    );
    // A command names its own file as what is loaded when it runs.
    for (const [file, targets] of graph)
      graph.set(
        file,
        targets.filter((target) => target !== file),
      );
    expect(cyclesIn(graph)).toEqual([]);
  });

  test(`no file is longer than ${maximumLines} lines, none has a default export, none switches types off`, () => {
    const wrong = files.flatMap(({ file, text }) => [
      ...(text.split("\n").length - 1 > maximumLines
        ? [`${file} has ${text.split("\n").length - 1} lines`]
        : []),
      ...(/^export default/m.test(text) ? [`${file} has a default export`] : []),
      ...(/@ts-ignore|@ts-expect-error|\bas any\b|: any\b|<any>/.test(code(text))
        ? [`${file} switches types off`]
        : []),
    ]);
    expect(wrong).toEqual([]);
  });

  test("no line is wider than 100 characters, but for what cannot be broken", () => {
    const folders = ["src", "test", "docs", "examples", "release", "schemas"];
    const written = folders.flatMap((folder) =>
      readdirSync(join(src, "..", folder), { recursive: true, encoding: "utf8" }).map((file) =>
        join(folder, file),
      ),
    );
    written.push(...readdirSync(join(src, "..")));
    const judged = written.filter(
      (file) => /\.(?:ts|mjs|md)$/.test(file) && !/\/(?:generated|fixtures|cases)\//.test(file),
    );
    expect(judged.length).toBeGreaterThan(1000);
    const wrong = judged.flatMap((file) =>
      findWideLines(file, readFileSync(join(src, "..", file), "utf8")).map(
        (line) => `${file}:${line}`,
      ),
    );
    expect(wrong).toEqual([]);
  });

  test.each([
    ["a.ts", `const one = [${"value, ".repeat(20)}];`, [1]],
    ["a.ts", `// ${"words ".repeat(20)}`, [1]],
    ["a.ts", `const message = say\`${"words ".repeat(20)}\`;`, []],
    ["a.ts", `${"call(".repeat(20)}"words"${")".repeat(20)};`, [1]],
    ["a.md", `${"words ".repeat(20)}\n| ${"cell ".repeat(25)}|`, [1]],
    ["a.md", `\`\`\`\n${"code ".repeat(30)}\n\`\`\`\n${"words ".repeat(20)}`, [4]],
    ["a.md", `See https://example.com/${"long".repeat(30)}`, []],
  ])("of the lines in %s, %s is too wide at %o", (file, text, wide) => {
    expect(findWideLines(file, text)).toEqual(wide);
  });

  test("every export says what it promises", () => {
    const wrong = files.flatMap(({ file, text }) => {
      const lines = text.split("\n");
      return lines.flatMap((line, index) =>
        /^export (?:async )?(?:function|const|interface|class|type) \w/.test(line) &&
        !/\*\/\s*$/.test(lines[index - 1] ?? "")
          ? [`${file}:${index + 1} has no sentence: ${line.slice(0, 60)}`]
          : [],
      );
    });
    expect(wrong).toEqual([]);
  });

  test(`no folder holds more than ${maximumFiles} files`, () => {
    const folders = new Map<string, number>();
    for (const { file } of files) folders.set(dirname(file), (folders.get(dirname(file)) ?? 0) + 1);
    expect([...folders].filter(([, number]) => number > maximumFiles)).toEqual([]);
  });

  test("every exported type has a name of its own", () => {
    const places = new Map<string, string[]>();
    for (const { file, text } of files)
      for (const [, name = ""] of text.matchAll(
        /^export (?:declare )?(?:interface|type|class) (\w+)/gm,
      ))
        places.set(name, [...(places.get(name) ?? []), file]);
    expect([...places].filter(([, where]) => where.length > 1)).toEqual([]);
  });

  test("nothing is exported under another name than its own, but by the package", () => {
    const wrong = files
      .filter(({ file }) => file !== "index.ts" && file !== "conformance.ts")
      .flatMap(({ file, text }) =>
        [...text.matchAll(/^export (?:type )?\{[^}]*\bas \w+[^}]*\}/gm)].map(
          ([line]) => `${file}: ${line}`,
        ),
      );
    expect(wrong).toEqual([]);
  });

  test("no exported function is named by a bare participle", () => {
    const wrong = files.flatMap(({ file, text }) =>
      [...text.matchAll(/^export (?:async )?function\*? (\w+)/gm)]
        .filter(([, name = ""]) => participle.test(name))
        .map(
          ([, name]) => `${file}: ${name} says what was done; a function is a verb with its object`,
        ),
    );
    expect(wrong).toEqual([]);
  });
});

function names(text: string, word: string): boolean {
  return /^\w+$/.test(word)
    ? new RegExp(`(?<![\\w-])${word}[.(\\[]`).test(code(text))
    : text.includes(word);
}

function code(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
}

function cyclesIn(graph: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) found.push([...path.slice(path.indexOf(file)), file].join(" → "));
    if (path.includes(file) || done.has(file)) return;
    for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
  return found;
}
