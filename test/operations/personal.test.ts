import { expect, onTestFinished, test } from "vitest";
import { AdapterError } from "../../src/model/adapter.ts";
import { apply } from "../../src/operations/apply/apply.ts";
import { say } from "../../src/model/text/phrase.ts";
import { report } from "../../src/report/index.ts";
import { setUpProject } from "./project-harness.ts";

test("a receipt knows what a backend's words quote of what it was sent, shares none of it, and the ledger keeps no word", async () => {
  const shop = await setUpProject();
  onTestFinished(() => shop.end());
  const { receipt } = await shop.at(({ project, view, writers }) => {
    const adapter = {
      ...writers.adapter,
      write: async () => {
        throw new AdapterError(
          "rejected",
          say`refused: “${"Wang Fang"}” and ${"WANG.FANG@elsewhere.example"} are known`,
        );
      },
    };
    const options = {
      actor: "li.wei",
      allow: ["irreversible"],
      interactive: false,
      confirm: async () => true,
    };
    return apply(project, { ...view, reader: adapter }, { ...writers, adapter }, options);
  });
  if (!receipt) throw new Error("nothing was applied");
  const failed = receipt.results.filter(({ status }) => status === "failed");
  expect(failed.length).toBeGreaterThan(0);
  for (const result of failed) {
    expect(result.quotes).toEqual(["Fang", "Wang", "Wang Fang"]);
    expect(result.values?.because).toEqual({
      template: "refused: “{0}” and {1} are known",
      values: ["Wang Fang", "WANG.FANG@elsewhere.example"],
    });
  }
  const markdown = report("markdown").show(
    { kind: "receipt", receipt },
    { color: false, width: 100 },
  );
  expect(markdown).toContain("are known");
  expect(markdown).not.toMatch(/Wang Fang|WANG\.FANG/);
  expect(JSON.stringify(await shop.entries())).not.toMatch(/Wang Fang|WANG\.FANG|quotes/);
});
