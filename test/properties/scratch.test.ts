import fc from "fast-check";
import { expect, test } from "vitest";
import { setStage, newAccount } from "../stage.ts";
import { anAccount } from "./accounts.ts";
import { inOneFile } from "./texts.ts";
import { runs } from "./runs.ts";
test("apply", async () => {
  let changes = 0; let n = 0; 
  const t = Date.now();
  await fc.assert(fc.asyncProperty(anAccount, async (documents) => {
    const account = newAccount({ seed: "cases" });
    try {
      const stage = setStage(account.adapter);
      stage.declare(inOneFile(documents));
      const plan = await stage.plan();
      changes += plan.changes.length; n++;
      expect(plan.problems).toEqual([]);
      const done = await stage.apply();
      expect(done.receipt?.results.filter((one) => one.status !== "done") ?? []).toEqual([]);
      const again = await stage.plan();
      expect(again.problems).toEqual([]);
      expect(again.changes).toEqual([]);
    } finally { await account.close(); }
  }), runs(60));
  console.log(changes / n, (Date.now() - t) / n);
});
