import fc from "fast-check";
import { afterAll, afterEach, test, vi } from "vitest";
import { expectOrdered, runStory, stories } from "./story-of-plans.ts";

const count = { stories: 0, orders: 0, stuck: new Map<string, number>() };

afterEach(() => {
  vi.useRealTimers();
});

afterAll(() => {
  const stuck = [...count.stuck].map(([code, number]) => `${number} × ${code}`).join(", ");
  process.stderr.write(
    `${count.stories} stories of saved plans, ${count.orders} orders; stuck at the end: ${stuck || "none"}\n`,
  );
});

test("whatever was planned, renamed, lost or late: as much is ordered as is declared", async () => {
  await fc.assert(
    fc.asyncProperty(stories, async (story) => {
      const told = await runStory(story);
      expectOrdered(story, told);
      count.stories += 1;
      count.orders += told.bought.length;
      for (const code of told.stuck) count.stuck.set(code, (count.stuck.get(code) ?? 0) + 1);
    }),
    { numRuns: 15, endOnFailure: true },
  );
}, 3_600_000);
