import { expect, test } from "vitest";
import { changeRow } from "../../src/report/html/changes.ts";
import type { Change } from "../../src/model/plan/plan.ts";
import { languageOf } from "../../src/report/language/language.ts";
import { verbs } from "../../src/report/wording/format.ts";
import { samplePlan } from "./html-samples.ts";

const language = languageOf({});

test("a row of a change says what is done, also where it shows an item instead of the verb", () => {
  const change = samplePlan(1).changes[0] ?? expect.fail();
  const item = { offer: "offer-1", quantity: 5 };
  const bought: Change = { ...change, impact: { ...change.impact, item } };
  const head = (names: Readonly<Record<string, string>>) =>
    changeRow(bought, "", { names, language }).head.markup;
  const verb = language.told(verbs[change.action]);
  expect(head({ "offer-1": "Office" })).toContain(
    `<span class="verb"><span class="hidden">${verb} </span>5 × Office</span>`,
  );
  expect(head({})).toContain(`<span class="verb">${verb}</span>`);
});
