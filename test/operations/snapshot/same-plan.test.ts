import fc from "fast-check";
import { expect, test } from "vitest";
import type { Plan } from "../../../src/model/plan/plan.ts";
import { planChanges } from "../../../src/operations/plan/plan.ts";
import { demand } from "../../engine-harness.ts";
import { anAccount } from "../../properties/accounts.ts";
import { act, reach, withEngine } from "../../properties/judged.ts";
import { runs } from "../../properties/runs.ts";
import { inOneFile } from "../../properties/texts.ts";
import { setUpSnapshot, withoutAges, withQueries } from "./remembered.ts";

test("a plan by a snapshot has the same bytes as one that reads everything", async () => {
  let idle = 0;
  const property = fc.asyncProperty(
    anAccount,
    fc.array(anAccount, { minLength: 1, maxLength: 2 }),
    async (first, later) =>
      withEngine(async (stage) => {
        const snapshot = setUpSnapshot();
        const { view, taken } = withQueries(stage);
        const compared = async (): Promise<Plan> => {
          const whole = await stage.plan();
          const remembered = demand(await planChanges(stage.project, view, { snapshot }));
          expect(JSON.stringify(withoutAges(remembered))).toBe(JSON.stringify(whole));
          return remembered;
        };
        await reach(stage, first);
        await compared();
        for (const documents of later) {
          await compared();
          taken();
          const { changes, problems } = await compared();
          if (changes.length + problems.length === 0) {
            expect(taken()).toEqual([]);
            idle += 1;
          }
          stage.declare(inOneFile(documents));
          const plan = await compared();
          if (plan.problems.length === 0) await act(stage, {});
        }
      }),
  );
  await fc.assert(property, runs(6));
  expect(idle).toBeGreaterThan(3);
});
