import { expect, test } from "vitest";
import { compile } from "../../src/manifest/compile.ts";
import type { CachedFile, CompiledSet, ParseCache } from "../../src/model/source.ts";
import { source, toyKinds } from "./toy-kinds.ts";
import { madeUpCode } from "../made-up-code.ts";

const context = { kinds: toyKinds, names: { Food: { bones: "F-1" } } };
const owner = "apiVersion: toy/v1\nkind: Owner\nmetadata: {name: ada}\nspec: {}\n";
const pet =
  "apiVersion: toy/v1\nkind: Pet\nmetadata:\n  name: rex\nspec:\n  owner: ada\n  food: bones\n  colours: [b, a]\n";
const sources = [source("a.yaml", owner), source("b.yaml", pet)];

/** Keeps what it is given as JSON, as a file would. */
function memory() {
  const files = new Map<string, CachedFile>();
  const sets = new Map<string, string>();
  const compiled = {
    get: (key: string): CompiledSet | undefined => JSON.parse(sets.get(key) ?? "null") ?? undefined,
    set: (key: string, set: CompiledSet) => void sets.set(key, JSON.stringify(set)),
  };
  const cache: ParseCache = {
    get: (hash) => files.get(hash),
    set: (hash, file) => void files.set(hash, file),
    compiled,
  };
  return { cache, files, sets };
}

test("a set that has not changed is what it was, places included, and no file is looked up", () => {
  const { cache, files, sets } = memory();
  const cold = compile(sources, { ...context, cache });
  expect(sets.size).toBe(1);
  files.clear();
  const warm = compile(sources, { ...context, cache });
  expect(files.size).toBe(0);
  expect(JSON.stringify(warm)).toBe(JSON.stringify(cold));
  const [places, again] = [cold, warm].map(
    (one) =>
      one.ok &&
      one.value.resources.map(({ locate }) => [locate("/spec/colours/1"), locate("/nowhere")]),
  );
  expect(again).toEqual(places);
  expect(again).toMatchObject([
    [{ file: "a.yaml" }, {}],
    [{ file: "b.yaml", line: 8, column: 16 }, {}],
  ]);
});

const stricter = toyKinds.map((kind) => ({ ...kind, schema: { ...kind.schema, title: "New" } }));

test.each([
  [
    "a byte of a file",
    [source("a.yaml", owner), source("b.yaml", pet.replace("[b, a]", "[c, a]"))],
    context,
  ],
  ["a file's name", [source("a.yaml", owner), source("c.yaml", pet)], context],
  [
    "where one file ends and the next begins",
    [source("a.yaml", `${owner}---\n`), source("b.yaml", pet)],
    context,
  ],
  [
    "that a file is laid over the others",
    [source("a.yaml", owner), source("b.yaml", pet, true)],
    context,
  ],
  [
    "one file more",
    [...sources, source("c.yaml", owner.replace("name: ada", "name: eve"))],
    context,
  ],
  ["what a name stands for", sources, { ...context, names: { Food: { bones: "F-2" } } }],
  ["a schema", sources, { ...context, kinds: stricter }],
])("is compiled again when this changes: %s", (_, changed, other) => {
  const { cache, sets } = memory();
  compile(sources, { ...context, cache });
  const compiled = compile(changed, { ...other, cache });
  expect(sets.size).toBe(2);
  expect(JSON.stringify(compiled)).toBe(JSON.stringify(compile(changed, other)));
});

test("a set with a problem or a remark is never kept", () => {
  const { cache, sets } = memory();
  const broken = [source("b.yaml", pet)];
  expect(compile(broken, { ...context, cache }).ok).toBe(false);
  const remarking = toyKinds.map((kind) => ({
    ...kind,
    rules: () => [{ severity: "warning", code: madeUpCode("toy/remark"), message: "Hm." } as const],
  }));
  expect(compile(sources, { ...context, kinds: remarking, cache }).ok).toBe(true);
  expect(sets.size).toBe(0);
});
