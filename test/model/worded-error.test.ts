import { expect, test } from "vitest";
import { AdapterError } from "../../src/model/adapter.ts";
import { diagnostic } from "../../src/model/diagnostic.ts";
import { LedgerBroken, LedgerRefused } from "../../src/model/ledger/ledger-errors.ts";
import { labelText, say } from "../../src/model/text/phrase.ts";
import { wordingOf } from "../../src/model/text/worded-error.ts";

const wording = say`Entry ${3} is not signed.`;

test("an error has its English as its message and keeps what it was made from", () => {
  const error = new LedgerBroken(wording, 3);
  expect(error.message).toBe("Entry 3 is not signed.");
  expect(wordingOf(error)).toBe(wording);
});

test("the text of an error keeps its values in another text and in a diagnostic", () => {
  const error = new AdapterError("rejected", wording, { hint: say`Sign ${3}.` });
  const one = diagnostic({
    severity: "error",
    code: "backend/rejected",
    message: labelText("The ledger", wordingOf(error)),
    hint: error.hint,
  });
  expect(one.message).toBe("The ledger: Entry 3 is not signed.");
  expect(one.values?.message).toEqual({
    template: "{0}: {1}",
    values: ["The ledger", { template: "Entry {0} is not signed.", values: [3] }],
  });
  expect(one.values?.hint).toEqual({ template: "Sign {0}.", values: [3] });
});

test("an error that carries a diagnostic has the diagnostic's text", () => {
  const one = diagnostic({ severity: "error", code: "ledger/moved", message: wording });
  expect(wordingOf(new LedgerRefused(one))).toEqual({ ...wording });
});

test("an error of a module is shown as it is, whatever its wording is", () => {
  const foreign = (said: unknown) => Object.assign(new Error("no seats"), { wording: said });
  expect(wordingOf(new Error("no seats"))).toBe("no seats");
  expect(wordingOf("no seats")).toBe("no seats");
  expect(wordingOf(foreign(say`Entry ${3} is not signed.`))).toBe("no seats");
  for (const said of [null, 5, "other", { template: 5, values: [] }, { template: "x" }])
    expect(wordingOf(foreign(said))).toBe("no seats");
  const told = { template: "no {0}", values: ["seats"] };
  expect(wordingOf(foreign(told))).toEqual(told);
});
