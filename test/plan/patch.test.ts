import fc from "fast-check";
import fastJsonPatch from "fast-json-patch";
import { expect, it } from "vitest";
import type { Json, Spec } from "../../src/model/values/json.ts";
import { contains, mentionedFields } from "../../src/plan/diff/fields.ts";
import { cutToMention } from "../../src/plan/match/names.ts";
import { patch } from "../../src/plan/diff/patch.ts";

const leaf = fc.oneof(
  fc.boolean(),
  fc.integer(),
  fc.constantFrom("a", "b"),
  fc.array(fc.constantFrom<Json>("x", 1, { y: 1 }), { maxLength: 3 }),
);
const name = fc.constantFrom("a", "b", "c", "d/e", "f~g");
const { spec } = fc.letrec<{ spec: Spec; value: Json }>((tie) => ({
  spec: fc.dictionary(name, tie("value"), { maxKeys: 4 }),
  value: fc.oneof({ maxDepth: 3 }, leaf, tie("spec")),
}));

it("really applies, to the whole object and to what a plan shows of it, and leaves the rest alone", () => {
  fc.assert(
    fc.property(spec, spec, (observed, desired) => {
      const fields = mentionedFields(desired).map(([pointer, after]) => ({
        pointer,
        after,
        cause: "new" as const,
      }));
      const operations = patch(observed, fields);
      for (const start of [observed, cutToMention(observed, desired)]) {
        const result = fastJsonPatch.applyPatch(
          structuredClone(start),
          structuredClone(operations) as fastJsonPatch.Operation[],
          true,
        ).newDocument as Spec;
        expect(contains(result, desired)).toBe(true);
      }
      const full = fastJsonPatch.applyPatch(
        structuredClone(observed),
        structuredClone(operations) as fastJsonPatch.Operation[],
        true,
      ).newDocument as Spec;
      const kept = mentionedFields(observed).filter(
        ([pointer]) =>
          !mentionedFields(desired).some(
            ([other]) =>
              `${pointer}/`.startsWith(`${other}/`) || `${other}/`.startsWith(`${pointer}/`),
          ),
      );
      for (const [pointer, value] of kept)
        expect(fastJsonPatch.getValueByPointer(full, pointer)).toEqual(value);
    }),
    { numRuns: 400 },
  );
});

it("is empty where nothing is asked for", () => {
  expect(patch({ a: 1 }, [])).toEqual([]);
});
