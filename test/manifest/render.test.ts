import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { kinds } from "../../src/kinds/index.ts";
import { compile } from "../../src/manifest/compile.ts";
import { render } from "../../src/manifest/write/render.ts";
import type { Json, Spec } from "../../src/model/values/json.ts";
import { source, toyKinds } from "./toy-kinds.ts";

const context = { kinds: toyKinds, names: {} };
const [house] = toyKinds;
const asHouse = (spec: Spec): Spec => ({ spec, kind: "House", apiVersion: "toy/v1" });

const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme" }),
  fc.constantFrom(
    "yes",
    "0x1f",
    "1e3",
    "~",
    "",
    " a",
    "a ",
    "a: b",
    "#",
    "- x",
    "a\nb",
    "a\n\n b\n",
    "\ta",
    "2025-01-01",
    "<<",
    "---",
    "'",
    '"',
    "|",
    "%a",
    "0777",
    "=",
    "\u2028",
    "\ufeff",
    "\r\n",
  ),
);
const key = text.filter((name) => name !== "__proto__");
const value: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.integer(),
    fc.boolean(),
    fc
      .double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 })
      .map((one) => Math.round(one * 100) / 100 + 0),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(key, tie("value"), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;
const spec = fc.dictionary(key, value, { maxKeys: 5, noNullPrototype: true });

describe("render is the inverse of compile", () => {
  test("for any value", () => {
    fc.assert(
      fc.property(spec, (own) => {
        const written = render([{ document: asHouse(own), ...(house && { kind: house }) }]);
        const compiled = compile([source("a.yaml", written)], context);
        expect(compiled.diagnostics).toEqual([]);
        expect(compiled.ok && compiled.value.resources[0]?.spec).toEqual(own);
      }),
      { numRuns: 600 },
    );
  });

  test("fields come in the order of the schema, the others by name, and the same documents give the same text", () => {
    const [, , , , subscription] = kinds;
    const document = {
      spec: { quantity: 5, zebra: 1, offer: "x", customer: "c", alpha: 2 },
      metadata: { id: "i", name: "office" },
      kind: "Subscription",
      apiVersion: "partnercenter/v1",
    };
    const options = { schema: () => "../schemas/subscription.schema.json" };
    const written = render([{ document, ...(subscription && { kind: subscription }) }], options);
    expect(written).toBe(
      "# yaml-language-server: $schema=../schemas/subscription.schema.json\napiVersion: partnercenter/v1\nkind: Subscription\nmetadata:\n  name: office\n  id: i\nspec:\n  customer: c\n  offer: x\n  quantity: 5\n  alpha: 2\n  zebra: 1\n",
    );
    const reordered = {
      apiVersion: "partnercenter/v1",
      kind: "Subscription",
      metadata: { name: "office", id: "i" },
      spec: { alpha: 2, customer: "c", offer: "x", quantity: 5, zebra: 1 },
    };
    expect(
      render([{ document: reordered, ...(subscription && { kind: subscription }) }], options),
    ).toBe(written);
  });

  test("several documents are parted by their marker", () => {
    const written = render([{ document: { kind: "Owner" } }, { document: { kind: "Pet" } }]);
    expect(written).toBe("kind: Owner\n---\nkind: Pet\n");
  });
});
