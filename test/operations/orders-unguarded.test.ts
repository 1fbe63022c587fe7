import fc from "fast-check";
import { afterEach, expect, test, vi } from "vitest";
import { expectOrdered, runStory, type Story, stories } from "./story-of-plans.ts";

// The ledger's condition is switched off here: the suite that counts orders has to notice.
vi.mock("../../src/operations/change/check-intent.ts", () => ({ checkIntent: () => undefined }));

afterEach(() => {
  vi.useRealTimers();
});

test("without the ledger's condition, what another plan did is not found done", async () => {
  const property = fc.asyncProperty(stories, async (story) =>
    expectOrdered(story, await runStory(story)),
  );
  const plain: Story = {
    rename: "none",
    said: false,
    another: false,
    plans: ["first", "first"],
    late: false,
    order: [0, 1],
    lag: 600,
    lost: false,
    pause: 0,
  };
  const found = await fc.check(property, { numRuns: 1, examples: [[plain]], endOnFailure: true });
  expect(found.failed).toBe(true);
});
