import { expect, test } from "vitest";
import { describeCode, registeredCodes } from "../../src/model/codes.ts";

test.each(registeredCodes())("%s has a sentence, and a page that fits it", (code) => {
  const { means, hint, page } = describeCode(code) ?? { means: "", page: "" };
  expect(means).toMatch(/^\S.{10,90}\.$/u);
  if (hint !== undefined) expect(hint).toMatch(/^\S.{4,90}[.…]$/u);
  expect(page).toMatch(/^(?:reference\/)?[\w-]+\.md(?:#[\w-]+)?$/u);
});

test("what a policy of the project finds is told as such, and nothing else is known", () => {
  expect(describeCode("policy/seat-limit")).toMatchObject({
    means: "A policy of this project found something.",
  });
  expect(describeCode("policy/untested")).toMatchObject({ means: "A policy has no tests." });
  for (const code of ["policy/", "guard/none", "toString", "constructor", ""]) {
    expect(describeCode(code)).toBeUndefined();
  }
});
