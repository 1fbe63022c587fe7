import fc from "fast-check";
import { stringify } from "yaml";
import { isSpec, type Json, type Spec } from "../../src/model/values/json.ts";
import type { Source } from "../../src/model/source.ts";
import { sourcesOf } from "../engine-harness.ts";
import type { Document } from "./accounts.ts";

/** The documents in one file, as they come. */
export function inOneFile(documents: readonly Spec[]): readonly Source[] {
  return sourcesOf([["all.yaml", documents.map((one) => JSON.stringify(one)).join("\n---\n")]]);
}

/** The documents in any order, in any files, their fields in any order, as YAML or JSON. */
export function scattered(documents: readonly Document[]): fc.Arbitrary<readonly Source[]> {
  return fc.shuffledSubarray([...documents], { minLength: documents.length }).chain((shuffled) =>
    fc
      .array(
        fc.record({
          file: fc.constantFrom("a.yaml", "b/c.yml", "z.yaml"),
          json: fc.boolean(),
          turn: fc.nat(6),
        }),
        {
          minLength: shuffled.length,
          maxLength: shuffled.length,
        },
      )
      .map((ways) => {
        const files = new Map<string, string[]>();
        for (const [index, { file, json, turn }] of ways.entries()) {
          const turned = turnedBy(turn, shuffled[index] ?? {});
          files.set(file, [
            ...(files.get(file) ?? []),
            json ? JSON.stringify(turned) : stringify(turned),
          ]);
        }
        return sourcesOf([...files].map(([path, texts]) => [path, texts.join("\n---\n")] as const));
      }),
  );
}

/** The same value, the fields of each object moved on by so many places. */
function turnedBy(turn: number, value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => turnedBy(turn, item));
  if (!isSpec(value)) return value;
  const fields = Object.entries(value).map(
    ([field, item]) => [field, turnedBy(turn, item)] as const,
  );
  const start = fields.length === 0 ? 0 : turn % fields.length;
  return Object.fromEntries([...fields.slice(start), ...fields.slice(0, start)]);
}
