import fc from "fast-check";
import { expect, test } from "vitest";
import { type Emulator, type Fault, givenFaults } from "../../src/emulator/emulator.ts";
import { each } from "../crash/scene.ts";
import { change, type Workshop } from "../operations/workshop.ts";
import { calm, composition, demand, once, wire, wired } from "./wired.ts";

/** How many stories, or for how many seconds; the stories of a seed are the same every time. */
const seeds = Number(process.env.SEEDS ?? 16);
const seconds = process.env.SECONDS === undefined ? undefined : Number(process.env.SECONDS);
const first = Number(process.env.SEED ?? 1);
/** A story waits more than it works. */
const atOnce = 6;

/** The same fault without the waiting. */
const quick = (fault: Fault): Fault => ({
  ...fault,
  ...(fault.kind === "slow" && { seconds: 0.05 }),
  ...(fault.status === 429 && { retryAfter: "0.01" }),
});

/** How likely it is that something befalls a request. */
const chances = fc.constantFrom(0.02, 0.1, 0.3, 0.6);
const story = fc.record({
  // What goes wrong while the account is built, and while it is changed.
  building: fc.array(chances, { minLength: 1, maxLength: 3 }),
  changing: fc.array(chances, { minLength: 1, maxLength: 3 }),
  parallelism: fc.constantFrom(1, 3, 16),
});

interface Told {
  readonly emulator: Emulator;
  readonly shop: Workshop;
  readonly parallelism: number;
  readonly what: string;
}

const counted = { stories: 0, applies: 0, faults: 0, writes: 0 };

test("whatever goes wrong on the wire: running again gets there, and nothing happens twice", async () => {
  const ends = await undisturbed();
  const until = performance.now() + (seconds ?? 0) * 1000;
  const wanted = seconds === undefined ? seeds : 1_000_000;
  await each(
    Array.from({ length: wanted }, (_, index) => first + index),
    atOnce,
    async (seed) => {
      if (seconds === undefined || performance.now() < until) await told(seed, ends);
    },
  );
  process.stderr.write(
    `soak: ${counted.stories} stories from seed ${first}, ${counted.applies} applies, ${counted.faults} faults, ${counted.writes} writes sent\n`,
  );
  expect(counted.faults).toBeGreaterThan(counted.stories);
}, 86_400_000);

async function told(seed: number, [built, changed]: Ends): Promise<void> {
  const [one] = fc.sample(story, { seed, numRuns: 1 });
  if (!one) return;
  const emulator = await wire({ seed: String(seed) });
  const shop = await wired(emulator);
  const telling = { emulator, shop, parallelism: one.parallelism, what: `SEED=${seed} SEEDS=1` };
  try {
    await rounds(telling, one.building, built);
    change(shop);
    await rounds(telling, one.changing, changed);
    counted.stories += 1;
    counted.writes += emulator.control.requests().filter(({ method, url }) => method !== "GET" && !url.includes("/oauth2/")).length;
  } finally {
    shop.end();
    await emulator.close();
  }
}

async function rounds(
  { emulator, shop, parallelism, what }: Told,
  probabilities: readonly number[],
  composed: readonly string[],
): Promise<void> {
  for (const probability of probabilities) {
    emulator.control.clearFaults();
    emulator.control.addFault(...givenFaults(String(probability)).map(quick));
    await once(shop, parallelism, true);
    counted.faults += emulator.control.faults().reduce((sum, { happened }) => sum + happened, 0);
  }
  const calming = await calm(shop, emulator, { what });
  counted.applies += probabilities.length + calming.length;
  await demand(shop, emulator, { composed, what });
}

/** What undisturbed runs make of the account: first, and after the change. */
type Ends = readonly [built: readonly string[], changed: readonly string[]];

async function undisturbed(): Promise<Ends> {
  const emulator = await wire();
  const shop = await wired(emulator);
  const made = async (): Promise<readonly string[]> => {
    await calm(shop, emulator);
    return composition(emulator.control.dump());
  };
  const built = await made();
  change(shop);
  const changed = await made();
  shop.end();
  await emulator.close();
  return [built, changed];
}
