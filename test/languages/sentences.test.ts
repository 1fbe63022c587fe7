import { expect, test } from "vitest";
import { parseAst } from "vitest/node";
import { findSentences, type Sentence } from "./sentence-places.ts";
import { type Node, sources } from "./source.ts";

/** A capital, a figure, code or a value; at the end a stop or a value, which may have its own. */
const sentence = /^(?![a-z])[\s\S]*[.?!}]$/;

function isWrong({ key }: Sentence): boolean {
  return !sentence.test(key);
}

function findIn(text: string): readonly Sentence[] {
  return findSentences({
    file: "a.ts",
    text,
    tree: parseAst(text, { lang: "ts" }) as unknown as Node,
  });
}

test("every message and every hint is a sentence", () => {
  const all = sources().flatMap(findSentences);
  const told = all
    .filter(isWrong)
    .map(({ key, where }) => `${where} ${JSON.stringify(key)}: a capital, and a full stop`);
  expect(told.join("\n")).toBe("");
  expect(all.length).toBeGreaterThan(800);
});

test.each([
  ["a field", "const a = { severity, message: say`It is wrong` }"],
  ["a field in lower case", "const a = { code, hint: say`mend it.` }"],
  ["a branch", "const a = { message: is ? say`It is right.` : say`it is wrong` }"],
  ["what is there instead", "const a = { hint: known ?? say`it has ${names}` }"],
  ["a refusal", "terminal.refuse(code, say`There is no file`, say`Write one.`)"],
  ["an error", "throw new AdapterError('denied', say`the sign-in was refused`)"],
  ["a variable", "const message = one ? say`1 object would be removed` : say`They would.`"],
  [
    "a function's result",
    "f({ message: why(a) }); function why(a) { return say`it is ${a} long` }",
  ],
  ["a short function's result", "const why = () => say`it is long`; f({ hint: why() })"],
])("%s without a capital or a full stop is found", (_, text) => {
  expect(findIn(text).filter(isWrong)).toHaveLength(1);
});

test.each([
  ["a value at the end", "const a = { message: say`The ledger is wrong: ${why}` }"],
  [
    "a value or code first",
    "f({ message: say`${name} is gone.`, hint: say`\\`init\\` makes one.` })",
  ],
  ["a part of a sentence", "const a = { message: say`It is ${say`a list`}.`, what: say`a list` }"],
  ["a condition", "const a = { message: say`code` === code ? one : other }"],
  ["another function's argument", "decline(change, say`has a problem of its own`)"],
])("%s is fine", (_, text) => {
  expect(findIn(text).filter(isWrong)).toEqual([]);
});
