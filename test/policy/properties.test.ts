import fc from "fast-check";
import { expect, test } from "vitest";
import type { Suppression } from "../../src/model/policy.ts";
import { english } from "../../src/model/text/phrase.ts";
import { exceptions } from "../../src/policy/exceptions.ts";
import { expression } from "../../src/policy/expression.ts";
import { language } from "../../src/policy/language.ts";
import { message } from "../../src/policy/message.ts";
import { changeRecord, value } from "../../src/policy/records.ts";

const place = { file: "a.yaml", line: 1, column: 1, endLine: 1, endColumn: 1, excerpt: "" };
const change = language("change");
const context = {
  change: changeRecord({ address: "Customer/a" as never, action: "create" }),
  resources: [],
  environment: "",
};

/** What looks like expressions, more or less. */
const words = [
  "change",
  ".action",
  ".impact",
  ".?money",
  "==",
  "&&",
  "(",
  ")",
  "[",
  "]",
  "'a'",
  "1",
  "has(",
  "all(x, x",
  ",",
  "!",
  "${",
  "}",
  " ",
  "\n",
];
const sources = fc.oneof(
  fc.string(),
  fc.array(fc.constantFrom(...words), { maxLength: 12 }).map((parts) => parts.join("")),
);

test("no text throws as an expression: it is one, or it is said which part of it is wrong", () => {
  fc.assert(
    fc.property(sources, (source) => {
      const compiled = expression(source, change, "value");
      if (typeof compiled === "function") expect(Object.keys(compiled(context)).length).toBe(1);
      else
        expect(
          compiled.stretch[0] >= 0 &&
            compiled.stretch[0] <= source.length &&
            english(compiled.message).length > 0,
        ).toBe(true);
    }),
    { numRuns: 400 },
  );
});

test("no text throws as a message, and one without holes says itself", () => {
  fc.assert(
    fc.property(sources, (text) => {
      const compiled = message(text, change);
      if (typeof compiled === "function") compiled(context);
      if (!text.includes("${"))
        expect(typeof compiled === "function" && compiled(context)).toBe(text);
    }),
    { numRuns: 400 },
  );
});

test("an address without an asterisk suppresses itself alone, with ** everything below its beginning", () => {
  const part = fc.stringMatching(/^[A-Za-z0-9.+()-]{1,8}$/);
  const addresses = fc.tuple(part, part, part).map((parts) => parts.join("/"));
  const covers = (address: string, other: string) => {
    const one: Suppression = {
      spec: { policy: "p", address, reason: "r", until: "2026-12-31" },
      locate: () => place,
    };
    return exceptions([one], "2026-11-05").covers("p", other);
  };
  fc.assert(
    fc.property(addresses, addresses, (one, other) => {
      expect(covers(one, other)).toBe(one === other);
      const [first, second, third] = one.split("/");
      expect(covers(`${first}/**`, one)).toBe(true);
      expect(covers(`${first}/*/${third}`, one)).toBe(true);
      expect(covers(`${first}/*`, one)).toBe(false);
      expect(covers(`*/${second}/*`, one)).toBe(true);
    }),
  );
});

test("whole numbers are ints, all others doubles, and nothing else changes", () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (json) => {
      const back = JSON.stringify(value(json as never), (_, one) =>
        typeof one === "bigint" ? Number(one) : one,
      );
      expect(JSON.parse(back)).toEqual(JSON.parse(JSON.stringify(json)));
    }),
  );
  expect([value(3), value(3.5), value(-0.1), value(2 ** 60)]).toEqual([3n, 3.5, -0.1, 2 ** 60]);
});
