import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { kinds } from "../../src/kinds/index.ts";
import { compile } from "../../src/manifest/compile.ts";
import { render } from "../../src/manifest/write/render.ts";
import { isSpec, type Spec } from "../../src/model/values/json.ts";
import type { Source } from "../../src/model/source.ts";
import { demand, sourcesOf } from "../engine-harness.ts";
import { anAccount, anotherAccount, type Document } from "./accounts.ts";
import { withEngine, reach } from "./judged.ts";
import { runs } from "./runs.ts";
import { two } from "./successors.ts";
import { inOneFile, scattered } from "./texts.ts";

const context = { kinds, names: {} };
const kindOf = ({ kind }: Document) => kinds.find(({ name }) => name === kind);

function compiled(sources: readonly Source[]) {
  const { resources, digest } = demand(compile(sources, context));
  return { digest, resources: resources.map(({ locate, files, ...rest }) => rest) };
}

function rendered(documents: readonly Document[]): string {
  return render(
    documents.map((document) => {
      const kind = kindOf(document);
      return { document, ...(kind && { kind }) };
    }),
  );
}

describe("manifests", () => {
  test("what render writes compiles to the same as what it was given", () => {
    const property = fc.property(anotherAccount, (documents) => {
      const text = rendered(documents);
      expect(compiled(sourcesOf([["a.yaml", text]]))).toEqual(compiled(inOneFile(documents)));
      expect(rendered(documents)).toBe(text);
    });
    fc.assert(property, runs(50));
  });

  test("files, documents and fields in another order compile to the same", () => {
    const property = fc.property(
      anotherAccount.chain((documents) => fc.tuple(fc.constant(documents), scattered(documents))),
      ([documents, sources]) => {
        expect(compiled(sources)).toEqual(compiled(inOneFile(documents)));
      },
    );
    fc.assert(property, runs(50));
  });

  test("a plan's bytes do not depend on that order either, places in files aside", async () => {
    const property = fc.asyncProperty(
      two.chain(({ first, second }) =>
        fc.tuple(fc.constant(first), scattered(second), scattered(second)),
      ),
      ([first, left, right]) =>
        withEngine(async (stage) => {
          await reach(stage, first);
          const bytes = async (sources: readonly Source[]) => {
            stage.declare(sources);
            const { problems, ...plan } = await stage.plan({ asOf: "2026-11-22" });
            return JSON.stringify({ ...plan, problems: problems.map(({ at, ...rest }) => rest) });
          };
          expect(await bytes(left)).toBe(await bytes(right));
        }),
    );
    await fc.assert(property, runs(8));
  });

  test("to normalise twice is to normalise once, and no field is added", () => {
    const property = fc.property(anotherAccount, (documents) => {
      for (const document of documents) {
        const kind = kindOf(document);
        const once = (kind?.normalize(document.spec) ?? {}) as Spec;
        expect(kind?.normalize(once)).toEqual(once);
        expect(shape(once)).toEqual(shape(document.spec));
      }
    });
    fc.assert(property, runs(150));
  });

  test("of anything at all, normalise makes something once", () => {
    const anything = fc.dictionary(fc.constantFrom(...kinds.flatMap(fieldsOf)), fc.jsonValue(), {
      noNullPrototype: true,
    });
    const property = fc.property(fc.constantFrom(...kinds), anything, (kind, spec) => {
      const once = kind.normalize(spec as Spec);
      expect(kind.normalize(once)).toEqual(once);
    });
    fc.assert(property, runs(500));
  });

  test("anything beside valid manifests is refused whole, or adds to them", () => {
    const property = fc.property(anAccount, anAccount.chain(rubbish), (documents, bytes) => {
      const valid = compiled(inOneFile(documents)).resources.map(({ address }) => address);
      const both = compile([...inOneFile(documents), { path: "rubbish.yaml", bytes }], context);
      if (!both.ok) {
        expect(both).not.toHaveProperty("value");
        expect(both.diagnostics.filter(({ severity }) => severity === "error")).not.toEqual([]);
        return;
      }
      const all = both.value.resources.map(({ address }) => address);
      expect(all).toEqual(expect.arrayContaining(valid));
      expect(new Set(all).size).toBe(all.length);
    });
    fc.assert(property, runs(75));
  });
});

function fieldsOf({ schema }: (typeof kinds)[number]): readonly string[] {
  const { properties } = schema;
  const spec =
    isSpec(properties) && isSpec(properties.spec) ? properties.spec.properties : undefined;
  return isSpec(spec) ? Object.keys(spec) : [];
}

function shape(spec: Spec): unknown {
  return Object.fromEntries(
    Object.entries(spec).map(([field, value]) => [field, isSpec(value) ? shape(value) : true]),
  );
}

/** Bytes; texts; and valid files that were cut, or had something put into them. */
function rubbish(documents: readonly Document[]): fc.Arbitrary<Uint8Array> {
  const text = new TextEncoder().encode(rendered(documents));
  const noise = fc.oneof(
    fc.uint8Array({ maxLength: 30 }),
    fc.string({ unit: "binary", maxLength: 30 }).map((one) => new TextEncoder().encode(one)),
  );
  const yaml = fc.array(
    fc.constantFrom(
      ": ",
      "- ",
      "\n",
      "  ",
      "&a",
      "*a",
      "|",
      ">",
      "'",
      '"',
      "{",
      "}",
      "[",
      "]",
      "#",
      "---\n",
      "...\n",
      "? ",
      "!!",
      "kind: User",
      "\t",
      "spec",
      "null",
    ),
    { maxLength: 12 },
  );
  const infix = fc.oneof(
    noise,
    yaml.map((parts) => new TextEncoder().encode(parts.join(""))),
  );
  const spoilt = fc
    .tuple(fc.nat(text.length), fc.nat(20), infix)
    .map(([at, gone, put]) => Buffer.concat([text.subarray(0, at), put, text.subarray(at + gone)]));
  return fc.oneof(noise, infix, spoilt, spoilt);
}
