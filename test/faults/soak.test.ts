import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { memoryFolder } from "../crash/memory-folder.ts";
import { each } from "../crash/scene.ts";
import { patience } from "./draw-faults.ts";
import { retold, storyOf } from "./draw-story.ts";
import { publish } from "./fresh-clone.ts";
import { composition, recordsOf } from "./records.ts";
import { type StoryRun, runChapter } from "./run-chapter.ts";
import { setUpEmulator, setUpEmulatedProject } from "./emulated-project.ts";

/** How many stories, or for how many seconds; the story of a seed is the same every time. */
const seeds = Number(process.env.SEEDS ?? 8);
const seconds = process.env.SECONDS === undefined ? undefined : Number(process.env.SECONDS);
const first = Number(process.env.SEED ?? 1);
/** A story waits for its emulator half of the time. */
const atOnce = 4;

const counted = {
  stories: 0,
  withCarts: 0,
  applies: 0,
  deaths: 0,
  clones: 0,
  slips: 0,
  overtaken: 0,
  writes: 0,
  orders: 0,
  unknown: 0,
  lost: 0,
};
const faults = new Map<string, number>();
const failures: string[] = [];

test("whatever is declared and whatever goes wrong on the wire: running again gets there, and nothing happens twice", async () => {
  process.env.PARTNERCTL_LEDGER_KEY = "a secret of this test alone, and of no other one";
  const until = performance.now() + (seconds ?? 0) * 1000;
  const wanted = Array.from(
    { length: seconds === undefined ? seeds : 1_000_000 },
    (_, index) => first + index,
  );
  await each(wanted, atOnce, async (seed) => {
    if (seconds === undefined || performance.now() < until) await told(seed);
  });
  const kinds = [...faults].sort().map(([kind, count]) => `${count} ${kind}`);
  const {
    stories,
    withCarts,
    applies,
    writes,
    orders,
    unknown,
    lost,
    deaths,
    clones,
    slips,
    overtaken,
  } = counted;
  process.stderr.write(
    `soak: ${stories} stories from seed ${first} (${withCarts} order by carts), ${applies + deaths} runs (${deaths} died, ${clones} on a fresh clone, ${overtaken} overtaken by somebody else, ${slips} refused for a slip), ${writes} writes sent, ${orders} lines ordered, ${unknown} outcomes unknown at first, ${lost} credentials lost and named; faults: ${kinds.join(", ")}\n`,
  );
  if (failures.length > 0) throw new Error(failures.join("\n\n"));
  // So many stories meet every sort of fault.
  if (stories >= 40) expect(faults.size).toBe(10);
}, 86_400_000);

async function told(seed: number): Promise<void> {
  const story = storyOf(seed);
  const emulator = await setUpEmulator({ seed: String(seed) });
  emulator.control.setQuirks({
    provisioning: story.provisioning,
    lag: { orders: story.lag, subscriptions: story.lag, users: story.lag },
  });
  const shop = await setUpEmulatedProject(emulator, { lag: patience, orders: story.orders });
  // What the example's people decided for it is nothing to anybody else.
  rmSync(join(shop.folder, "policies"), { recursive: true, force: true });
  const beside = memoryFolder("partnerctl-remote-");
  const storyRun: StoryRun = {
    story,
    emulator,
    shop,
    beside,
    applications: [],
    others: new Set(),
    rivals: new Set(),
    pins: new Map(),
    counted,
    what: `SEED=${seed}`,
  };
  try {
    if (story.git) await publish(shop, beside);
    for (const [index, chapter] of story.chapters.entries())
      await runChapter(storyRun, chapter, index === story.chapters.length - 1);
    await demandSecrecy(storyRun);
    demandOneRequest(storyRun);
  } catch (error) {
    failures.push(
      `SEED=${seed} SEEDS=1 npm run soak\n${retold(story)}\n${error instanceof Error ? error.stack : String(error)}`,
    );
  } finally {
    count(storyRun);
    shop.end();
    rmSync(beside, { recursive: true, force: true });
    await emulator.close();
  }
}

/** What was handed out is nowhere but in the sink. */
async function demandSecrecy({ shop, applications, what }: StoryRun): Promise<void> {
  const told = JSON.stringify([await shop.entries(), applications]);
  for (const secret of await shop.secrets())
    expect(told.includes(secret), `${what}: a secret on record`).toBe(false);
}

/**
 * A customer whose reply was lost is asked for under the same request id, or the service would say
 * that its domain is taken.
 */
function demandOneRequest({ emulator, rivals, what }: StoryRun): void {
  const asked = emulator.control
    .requests()
    .filter(({ method, url }) => method === "POST" && /\/customers$/.test(url));
  const taken = asked.filter(({ status = 0 }) => [400, 409].includes(status));
  // After a 429 the id is a new one, which a second attempt at the whole change does not know of.
  const ours = rivals.size === 0 && !asked.some(({ status }) => status === 429);
  if (ours) expect(taken, `${what}: customers asked for again under another id`).toEqual([]);
}

function count({ story, emulator, applications }: StoryRun): void {
  const requests = emulator.control.requests();
  const results = applications.flatMap(({ receipt }) => receipt?.results ?? []);
  counted.stories += 1;
  counted.withCarts += story.orders === "cart" ? 1 : 0;
  counted.applies += applications.length;
  counted.writes += requests.filter(
    ({ method, url }) => method !== "GET" && !url.includes("/oauth2/"),
  ).length;
  counted.orders += composition(recordsOf(emulator.control.dump())).filter((line) =>
    line.startsWith("ordered "),
  ).length;
  counted.unknown += results.filter(({ status }) => status === "unknown").length;
  counted.lost += results.filter(({ credential }) => credential === "lost").length;
  for (const { fault } of requests)
    if (fault !== undefined) faults.set(fault, (faults.get(fault) ?? 0) + 1);
}
