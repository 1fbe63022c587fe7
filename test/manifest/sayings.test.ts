import { expect, test } from "vitest";
import { complaint } from "../../src/manifest/schema/schema-message.ts";
import { syntaxProblem } from "../../src/manifest/read/syntax-message.ts";
import { text } from "../../src/manifest/read/text.ts";

// What no schema and no parser of today says, and one of tomorrow may: it has words all the same.
test.each([
  [
    "minItems",
    { limit: 1 },
    [],
    "schema/min-items",
    "`list` must have at least 1 item, and has 0.",
  ],
  ["maxProperties", { limit: 2 }, {}, "schema/max-fields", "`list` must have at most 2 fields."],
  ["minProperties", { limit: 1 }, {}, "schema/min-fields", "`list` must have at least 1 field."],
  ["oneOf", {}, 5, "schema/any-of", "`list` has none of the forms that are allowed."],
  [
    "multipleOf",
    { multipleOf: 5 },
    3,
    "schema/invalid",
    "`list` is not valid: must be multiple of 5.",
  ],
])("a schema's %s is said in plain words", (keyword, params, value, code, message) => {
  const error = {
    instancePath: "/spec/list",
    schemaPath: "",
    keyword,
    params,
    message: "must be multiple of 5",
  };
  const said = complaint({ error, value, schema: {} });
  expect({ ...said, message: String(said.message) }).toMatchObject({ code, message });
});

test("a parser's complaint about the order of tags and anchors is said in plain words", () => {
  expect(
    syntaxProblem(text("a.yaml", "a: 1\n"), { code: "BAD_PROP_ORDER", message: "", pos: [0, 1] }),
  ).toMatchObject({
    code: "syntax/order",
    at: { line: 1 },
  });
});
