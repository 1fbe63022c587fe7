import { expect, test } from "vitest";
import { each } from "../crash/scene.ts";
import { storyOf } from "./draw-story.ts";
import { runStory } from "./play.ts";

/** How many stories, from which seed; the story of a seed is the same every time. */
const stories = Number(process.env.COLLISIONS ?? 30);
const first = Number(process.env.SEED ?? 1);
/** A story waits for git and the emulator some of the time. */
const atOnce = 3;

const counts = { stories: 0, applies: 0, orders: 0, stuck: 0 };
const drawn = new Map<string, number>();
const reasons = new Map<string, number>();
const failures: string[] = [];

test(`${stories} stories of plans that collide: what was declared is ordered once`, async () => {
  const seeds = Array.from({ length: stories }, (_, index) => first + index);
  await each(seeds, atOnce, tell);
  const { applies, orders, stuck } = counts;
  process.stderr.write(
    `collisions: ${counts.stories} stories from seed ${first} (${listed(drawn)}), ${applies} applies, ${orders} orders in the end; ${stuck} stories stuck: ${listed(reasons)}\n`,
  );
  if (failures.length > 0) throw new Error(failures.join("\n\n"));
  expect(counts.stories).toBe(stories);
}, 86_400_000);

async function tell(seed: number): Promise<void> {
  const story = storyOf(seed);
  const again = `SEED=${seed} COLLISIONS=1 npm run collisions\n${JSON.stringify(story)}`;
  try {
    const { violations, applies, orders, stuck, mishaps, course } = await runStory(story);
    if (violations.length > 0) failures.push([again, ...violations, ...course].join("\n"));
    counts.stories += 1;
    counts.applies += applies;
    counts.orders += orders;
    if (counts.stories % 100 === 0)
      process.stderr.write(`${counts.stories} stories, ${failures.length} failures\n`);
    counts.stuck += stuck.length > 0 ? 1 : 0;
    for (const one of [story.ledger, story.backend, ...mishaps]) add(drawn, one);
    for (const one of stuck) add(reasons, one);
  } catch (error) {
    failures.push(`${again}\n${error instanceof Error ? error.stack : String(error)}`);
  }
}

function add(to: Map<string, number>, one: string): void {
  to.set(one, (to.get(one) ?? 0) + 1);
}

function listed(numbers: ReadonlyMap<string, number>): string {
  return [...numbers].map(([what, number]) => `${number} × ${what}`).join(", ") || "none";
}
