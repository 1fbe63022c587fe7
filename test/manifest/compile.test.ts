import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compile } from "../../src/manifest/compile.ts";
import { similar } from "../../src/model/text/similar.ts";
import type { CachedFile, ParseCache } from "../../src/model/source.ts";
import { source, toyKinds } from "./toy-kinds.ts";
import { stepsOf } from "../steps.ts";

const context = { kinds: toyKinds, names: { Food: { bones: "F-1" } } };
const owner = (name: string) =>
  `apiVersion: toy/v1\nkind: Owner\nmetadata: {name: ${name}}\nspec: {}\n`;
const pet = (name: string, more = "") =>
  `apiVersion: toy/v1\nkind: Pet\nmetadata:\n  name: ${name}\nspec:\n  owner: ada\n${more}`;

function memory(): ParseCache & { readonly files: Map<string, CachedFile> } {
  const files = new Map<string, CachedFile>();
  return { files, get: (hash) => files.get(hash), set: (hash, file) => void files.set(hash, file) };
}

describe("the order of files and documents", () => {
  const documents = [
    owner("ada"),
    owner("eve"),
    pet("rex", "  follows: fido\n"),
    pet("fido"),
    pet("tom", "  food: bones\n"),
  ];

  test("changes nothing", () => {
    const expected = JSON.stringify(
      compile([source("all.yaml", documents.join("---\n"))], context),
    ).replaceAll(/"files":\[[^\]]*\]/g, "");
    const split = fc.tuple(
      fc.shuffledSubarray(documents, { minLength: documents.length }),
      fc.integer({ min: 1, max: 5 }),
    );
    fc.assert(
      fc.property(split, ([shuffled, per]) => {
        const files = shuffled.flatMap((_, index) =>
          index % per === 0
            ? [source(`f${index}.yaml`, shuffled.slice(index, index + per).join("---\n"))]
            : [],
        );
        expect(
          JSON.stringify(compile(files.reverse(), context)).replaceAll(/"files":\[[^\]]*\]/g, ""),
        ).toBe(expected);
      }),
      { numRuns: 50 },
    );
  });

  test("changes no diagnostic's place", () => {
    const sources = [
      source("a.yaml", pet("rex")),
      source("b.yaml", pet("rex")),
      source("c.yaml", owner("ada")),
    ];
    expect(compile([...sources].reverse(), context)).toEqual(compile(sources, context));
  });

  test("a change of a field, and nothing else, changes the digest", () => {
    const digestOf = (text: string) => {
      const compiled = compile([source("a.yaml", owner("ada")), source("b.yaml", text)], context);
      return compiled.ok ? compiled.value.digest : "";
    };
    expect(digestOf(pet("rex", "  age: 1\n"))).toBe(
      digestOf(`# why\n${pet("rex", "\n  age:   1 # year\n")}`),
    );
    expect(digestOf(pet("rex", "  age: 1\n"))).not.toBe(digestOf(pet("rex", "  age: 2\n")));
  });
});

describe("the parse cache", () => {
  const sources = [
    source("a.yaml", owner("ada")),
    source("b.yaml", pet("rex", "  food: bones\n  colours: [b, a]\n")),
  ];

  test("a warm run gives what the cold one gave, places included", () => {
    const cache = memory();
    const cold = compile(sources, { ...context, cache });
    const warm = compile(sources, { ...context, cache });
    expect(cache.files.size).toBe(2);
    expect(JSON.stringify(warm)).toBe(JSON.stringify(cold));
    const [places, again] = [cold, warm].map(
      (one) => one.ok && one.value.resources.map((resource) => resource.locate("/spec/colours/1")),
    );
    expect(again).toEqual(places);
    expect(places).toMatchObject([
      { file: "a.yaml" },
      { file: "b.yaml", line: 8, column: 16, excerpt: "  colours: [b, a]" },
    ]);
  });

  test("reads what was stored instead of the file", () => {
    const cache = memory();
    compile(sources, { ...context, cache });
    for (const [hash, file] of cache.files)
      cache.set(hash, {
        documents: file.documents.map((one) => ({ ...one, digest: "sha256:stored" })),
      });
    const [fresh, warm] = [compile(sources, context), compile(sources, { ...context, cache })];
    expect(fresh.ok && warm.ok && warm.value.digest).not.toBe(fresh.ok && fresh.value.digest);
  });

  test.each([
    ["syntax", pet("rex", "  a: [\n")],
    ["schema", pet("rex", "  age: x\n")],
    ["one document of two", `${pet("rex")}---\n${pet("tom", "  age: x\n")}`],
  ])("never keeps a file with a problem: %s", (_name, text) => {
    const cache = memory();
    compile([source("a.yaml", owner("ada")), source("b.yaml", text)], { ...context, cache });
    expect(cache.files.size).toBe(1);
  });

  test("keeps files whose problem is elsewhere, and finds that again", () => {
    const cache = memory();
    const alone = [source("b.yaml", pet("rex"))];
    const cold = compile(alone, { ...context, cache });
    expect(cold.diagnostics.map(({ code }) => code)).toEqual(["reference/unknown"]);
    expect(cache.files.size).toBe(1);
    expect(compile(alone, { ...context, cache })).toEqual(cold);
  });

  test("another schema is another key", () => {
    const cache = memory();
    compile(sources, { ...context, cache });
    const stricter = toyKinds.map((kind) =>
      kind.name === "Pet"
        ? {
            ...kind,
            schema: { ...kind.schema, title: "New" },
            validate: Object.assign(() => false, { errors: [] }),
          }
        : kind,
    );
    expect(compile(sources, { ...context, kinds: stricter, cache }).ok).toBe(true);
    expect(cache.files.size).toBe(4);
  });

  test("a file that an overlay changes is not kept, and its overlay counts in a warm run", () => {
    const cache = memory();
    compile(sources, { ...context, cache });
    const overlay = source(
      "overlay/o.yaml",
      "kind: Pet\nmetadata: {name: rex}\nspec: {owner: ada, age: 7}\n",
      true,
    );
    const compiled = compile([...sources, overlay], { ...context, cache });
    expect(compiled.ok && compiled.value.resources[1]).toMatchObject({
      spec: { age: 7 },
      files: ["b.yaml", "overlay/o.yaml"],
    });
    expect(cache.files.size).toBe(2);
  });
});

describe("scale", () => {
  test("6,000 unknown references are told without comparing every name with every other", async () => {
    const steps = (count: number) => {
      const owners = Array.from({ length: count }, (_, index) => owner(`owner-${index}`)).join(
        "---\n",
      );
      const pets = Array.from({ length: count }, (_, index) =>
        pet(`pet-${index}`).replace("owner: ada", `owner: ownr-${index}`),
      );
      return stepsOf(() => {
        const { diagnostics } = compile(
          [source("a.yaml", owners), source("b.yaml", pets.join("---\n"))],
          context,
        );
        // A thousand are told, and that there are more.
        expect(diagnostics).toHaveLength(1001);
        expect(diagnostics.filter(({ code }) => code === "problems/more")).toHaveLength(1);
      });
    };
    const [few, many] = [await steps(1_500), await steps(6_000)];
    expect(many).toBeLessThan(5 * few);
  });

  test("a chain of 20,000 references is no cycle", () => {
    const pets = Array.from({ length: 20_000 }, (_, index) =>
      pet(`pet-${index}`, index > 0 ? `  follows: pet-${index - 1}\n` : ""),
    ).join("---\n");
    expect(
      compile([source("a.yaml", owner("ada")), source("b.yaml", pets)], context).diagnostics,
    ).toEqual([]);
  });
});

test.each([
  ["fabrikm", ["fabrikam"]],
  ["FABRIKAM", ["fabrikam"]],
  ["farbikam", ["fabrikam"]],
  ["contso", ["contoso"]],
  ["zzz", []],
  ["fabrikam", []],
])("names like %s", (word, expected) => {
  expect(similar(word, ["contoso", "fabrikam", "adatum"])).toEqual(expected);
});
