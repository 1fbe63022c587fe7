import { describe, expect, test } from "vitest";
import { diagnostic } from "../../src/model/diagnostic.ts";
import { english, say, sentences } from "../../src/model/text/phrase.ts";
import { record, textOf, textsOf } from "../../src/model/text/recorded.ts";

describe("a phrase", () => {
  test("keeps its template and its values", () => {
    expect({ ...say`${"User/a"} takes ${3} of ${"them"}.` }).toEqual({
      template: "{0} takes {1} of {2}.",
      values: ["User/a", 3, "them"],
    });
  });

  test("is English wherever it is read as a string", () => {
    expect(`${say`It is ${say`a ${"name"}`}.`}`).toBe("It is a name.");
    expect([say`one`, say`two`].join("; ")).toBe("one; two");
  });

  test("puts a value in as it is, even if it looks like a place", () => {
    expect(english(say`${"{1}"} and ${"$&"}`)).toBe("{1} and $&");
  });

  test("has lists and counted nouns", () => {
    const names = ["a", "b", "c"];
    expect(english(say`${{ all: names }}`)).toBe("a, b and c");
    expect(english(say`${{ either: names }}`)).toBe("a, b or c");
    expect(english(say`${{ list: names }}`)).toBe("a, b, c");
    expect(english(say`${{ either: ["a"] }}${{ all: [] }}`)).toBe("a");
    expect(english(say`${{ count: 1, noun: "entry" }}`)).toBe("1 entry");
    expect(english(say`${{ count: 1200, noun: "entry" }}`)).toBe("1,200 entries");
  });

  test("joins sentences, each of which is translated by itself", () => {
    expect(String(sentences([say`a ${1}`, "b", say`c`]))).toBe("a 1; b; c");
    expect(sentences([])).toBeUndefined();
  });
});

describe("a record", () => {
  const quantity = say`It takes ${3} seats.`;

  test("is plain JSON in English, with the values of what has any beside it", () => {
    const made = diagnostic({
      severity: "error",
      code: "subscription/quantity-limit",
      message: quantity,
      hint: say`Take fewer.`,
    });
    expect(JSON.parse(JSON.stringify(made))).toEqual({
      severity: "error",
      code: "subscription/quantity-limit",
      message: "It takes 3 seats.",
      hint: "Take fewer.",
      values: { message: { template: "It takes {0} seats.", values: [3] } },
    });
  });

  test("leaves out what is undefined, and `values` where no text has any", () => {
    expect(record({ message: say`Plain.`, hint: undefined })).toEqual({ message: "Plain." });
  });

  test("keeps the values of a list by place", () => {
    const made = record({ steps: [say`Open it.`, quantity, "their own"] });
    expect(made.values).toEqual({
      steps: [null, { template: "It takes {0} seats.", values: [3] }, null],
    });
    expect(textsOf(made, "steps").map(english)).toEqual(made.steps);
    expect(textsOf(made, "steps")[1]).toMatchObject({ values: [3] });
  });

  test("is believed by its English: values that say something else are not shown", () => {
    const made = record({ message: quantity });
    expect(textOf(made, "message")).toMatchObject({ values: [3] });
    const other = { ...made, message: "It takes 4 seats." };
    expect(textOf(other, "message")).toBe("It takes 4 seats.");
  });
});
