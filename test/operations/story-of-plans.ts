import fc from "fast-check";
import { expect } from "vitest";
import { type Plan, planDigest } from "../../src/model/plan/plan.ts";
import { newProject, type Project, type Version } from "./two-plans.ts";

/**
 * How the second version of the manifests differs from the first, which orders one subscription.
 */
type Rename = "none" | "object" | "customer" | "both";

/** Plans that are made from two versions of the manifests and applied in some order. */
export interface Story {
  readonly rename: Rename;
  /** Whether the second version says what things were called before. */
  readonly said: boolean;
  /** Whether the second version orders another one like it, beside the first. */
  readonly another: boolean;
  /** Which version each plan is made from; the last one is made when the first has been applied. */
  readonly plans: readonly ("first" | "second")[];
  readonly late: boolean;
  /** In which order they are applied. */
  readonly order: readonly number[];
  readonly lag: 0 | 600;
  readonly lost: boolean;
  /** Seconds from one apply to the next. */
  readonly pause: number;
}

/** Any of them. */
export const stories: fc.Arbitrary<Story> = fc
  .record({
    rename: fc.constantFrom<Rename>("none", "object", "customer", "both"),
    said: fc.boolean(),
    another: fc.boolean(),
    plans: fc.array(fc.constantFrom<"first" | "second">("first", "second"), {
      minLength: 2,
      maxLength: 3,
    }),
    late: fc.boolean(),
    lag: fc.constantFrom<0 | 600>(0, 600),
    lost: fc.boolean(),
    pause: fc.constantFrom(0, 60, 700),
  })
  .chain((story) =>
    fc
      .shuffledSubarray(
        story.plans.map((_, index) => index),
        { minLength: story.plans.length },
      )
      .map((order) => ({ ...story, order })),
  );

/** What the second version declares. */
export function secondOf({ rename, said, another }: Story): Version {
  const moved = rename === "customer" || rename === "both";
  const renamed = rename === "object" || rename === "both";
  return {
    ...(moved && { customer: "fab", ...(said && { customerBefore: ["fabrikam"] }) }),
    subscriptions: {
      [renamed ? "office-e3" : "office"]: renamed && said ? { previously: ["office"] } : {},
      ...(another && { branch: { allowDuplicate: true } }),
    },
  };
}

/** What came of a story. */
export interface StoryResult {
  readonly declared: number;
  readonly bought: readonly string[];
  /** How each plan's changes ended, in the order the plans were applied. */
  readonly ends: readonly (readonly string[])[];
  /** Codes of what is left in the way at the end. */
  readonly stuck: readonly string[];
}

/** Plays a story: the plans, then twice what planning anew gives, when everything shows. */
export async function runStory(story: Story): Promise<StoryResult> {
  const project = await newProject();
  try {
    return await told(project, story);
  } finally {
    project.shop.end();
  }
}

/** Plans of different days are different plans, though they hold the same. */
function on(index: number, { digest: _, ...plan }: Plan): Plan {
  const dated = { ...plan, asOf: `2026-11-${10 + index}` };
  return { ...dated, digest: planDigest(dated) };
}

async function told(project: Project, story: Story): Promise<StoryResult> {
  const versions = { first: { subscriptions: { office: {} } } as Version, second: secondOf(story) };
  const mishaps = story.lost ? { lostReplies: { kind: "Subscription", verb: "create" } } : {};
  project.shop.simulate({ ...(story.lag > 0 && { lag: story.lag }), ...mishaps });
  await project.apply({});
  project.later(story.lag + 1);
  const saved = new Map<number, Plan>();
  const last = story.order.at(-1);
  for (const [index, which] of story.plans.entries())
    if (!story.late || index !== last)
      saved.set(index, on(index, await project.plan(versions[which])));
  const ends: (readonly string[])[] = [];
  for (const index of story.order) {
    const version = versions[story.plans[index] ?? "first"];
    const plan = saved.get(index) ?? on(index, await project.plan(version));
    ends.push(project.ends(await project.apply(version, { plan })));
    project.later(story.pause);
  }
  for (let round = 0; round < 2; round += 1) {
    project.later(1300);
    await project.apply(versions.second);
  }
  project.later(1300);
  const left = await project.plan(versions.second);
  return {
    declared: Object.keys(versions.second.subscriptions ?? {}).length,
    bought: project.bought(),
    ends,
    stuck: left.problems.filter(({ severity }) => severity !== "note").map(({ code }) => code),
  };
}

/**
 * As many as are declared: never more, and fewer only where the plan says what is in the way. What
 * one plan did, another finds done.
 */
export function expectOrdered(story: Story, { declared, bought, stuck, ends }: StoryResult): void {
  expect(bought.length).toBeLessThanOrEqual(declared);
  if (stuck.length === 0) expect(bought.length).toBe(declared);
  const isPlain = story.rename === "none" && !story.another && !story.lost && !story.late;
  if (isPlain)
    expect(ends.slice(1).flat()).toEqual(
      ends.slice(1).map(() => "Subscription/fabrikam/office#1 done-earlier"),
    );
}
