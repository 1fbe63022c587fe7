import { afterEach, expect, test, vi } from "vitest";
import type { HostSession } from "./desk.ts";
import { type Forgery, forgeries, isPlain, type Limit, type Story, storyOf } from "./draw-story.ts";
import { runStory } from "./play.ts";

// Each protection is taken away here, one at a time: the suite has to notice.

const off = vi.hoisted(() => ({ condition: false, review: false }));

vi.mock("../../src/operations/change/check-intent.ts", async (original) => {
  const real = await original<typeof import("../../src/operations/change/check-intent.ts")>();
  return {
    ...real,
    checkIntent: (...given: Parameters<typeof real.checkIntent>) =>
      off.condition ? undefined : real.checkIntent(...given),
  };
});

vi.mock("../../src/operations/plan/plan.ts", async (original) => {
  const real = await original<typeof import("../../src/operations/plan/plan.ts")>();
  const reviewAgain: typeof real.reviewAgain = async (project, view, given) => {
    const again = await real.reviewAgain(project, view, given);
    return off.review && again.ok
      ? { ...again, value: { ...again.value, plan: given.reviewed, dropped: new Map(), notes: [] } }
      : again;
  };
  return { ...real, reviewAgain };
});

afterEach(() => {
  off.condition = false;
  off.review = false;
});

/** So many of the suite's own stories, where something may go wrong that the protection is for. */
function stories(
  isFor: (story: Story) => boolean,
  count = Number(process.env.COLLISIONS_WITHOUT ?? 8),
): readonly Story[] {
  const found: Story[] = [];
  for (let seed = 1; seed <= 100 * count && found.length < count; seed += 1) {
    const story = storyOf(seed);
    if (story.ledger === "file" && isFor(story)) found.push(story);
  }
  return found;
}

/** What the suite notices in the first of these stories in which it notices something. */
async function noticed(
  of: readonly Story[],
  weaken?: (desk: HostSession) => HostSession,
): Promise<readonly string[]> {
  for (const story of of) {
    const { violations } = await runStory(story, weaken);
    if (violations.length > 0) return violations;
  }
  return [];
}

/** The lease is believed whatever has become of it. */
function trusting({ writers, ...desk }: HostSession): HostSession {
  const lease: typeof writers.lease = async (taking) => {
    const taken = await writers.lease(taking);
    return "heldBy" in taken ? taken : { ...taken, confirm: async () => Number.POSITIVE_INFINITY };
  };
  return { ...desk, writers: { ...writers, lease } };
}

test("without the ledger's condition, what another plan has done is not found done", async () => {
  const own = stories(isPlain);
  off.condition = true;
  expect(await noticed(own)).not.toEqual([]);
});

test("the ledger's condition keeps orders from being placed twice where there is no second judgement, and nothing else does", async () => {
  const own = stories((story) => isPlain(story) && story.lag > 0);
  const isOrderedTwice = async () => {
    for (const story of own)
      if ((await runStory(story)).violations.some((one) => one.includes("ordered 2 times")))
        return true;
    return false;
  };
  off.review = true;
  expect(await isOrderedTwice()).toBe(false);
  off.condition = true;
  expect(await isOrderedTwice()).toBe(true);
});

test("without the lease's last check, who slept orders what somebody else has ordered meanwhile", async () => {
  const own = stories(({ asleep }) => asleep?.settled === true && asleep.wakes);
  expect(await noticed(own, trusting)).not.toEqual([]);
});

test("without the second judgement, what nobody reviewed is ordered", async () => {
  const own = stories(({ plans }) => plans.some(({ forged }) => forged));
  off.review = true;
  expect(await noticed(own)).not.toEqual([]);
});

/** Two plans of which the first is forged; nothing else happens. */
function forgedStory(forged: Forgery, limit?: Limit): Story {
  const plan = { early: true, machine: 0, detached: false };
  return {
    ...{
      seed: 1,
      ledger: "file",
      backend: "local",
      rename: "none",
      renamedIn: 1,
      declared: true,
      lag: 0,
      tellsTime: true,
    },
    plans: [
      { ...plan, version: 0 },
      { ...plan, version: 1, forged },
    ],
    ...{
      order: [1, 0],
      skews: [0, 0, 0],
      jumps: [],
      pauses: [],
      ...(limit && { limit }),
      dearer: false,
      young: false,
      again: false,
      like: false,
    },
  };
}

const limits = ["seats", "money", "approval", undefined] as const;

test.each(forgeries)(
  "a plan with forged %s passes no limit and orders nothing that nobody declared",
  async (forged) => {
    for (const limit of limits)
      expect((await runStory(forgedStory(forged, limit))).violations).toEqual([]);
  },
);

test("without the second judgement, those that change what is sent or what stops it would", async () => {
  off.review = true;
  const harmful: Forgery[] = [];
  for (const forged of forgeries)
    if ((await noticed(limits.map((limit) => forgedStory(forged, limit)))).length > 0)
      harmful.push(forged);
  expect(harmful).toEqual(
    expect.arrayContaining(["tripped", "approvals", "refers", "desired", "one more"]),
  );
});
