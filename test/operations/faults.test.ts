import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { lookAfterPurchases } from "../../src/conformance/look-after.ts";
import { demandCredentials, repostedWhileOpen } from "../crash/demands.ts";
import { composition, things } from "../crash/scene.ts";
import { factor } from "../seeded.ts";
import { change, type ProjectHarness, setUpProject } from "./project-harness.ts";

const seeds = 8 * factor;
const counted = { rounds: 0, faults: 0, unknown: 0 };

afterAll(() => {
  process.stderr.write(
    `faults: ${seeds} seeds, ${counted.rounds} applies, ${counted.faults} changes that did not end as done, ${counted.unknown} of them unknown\n`,
  );
});

const which = fc.oneof(
  fc.record({ chance: fc.constantFrom(0.1, 0.3, 0.6) }),
  fc.record({ every: fc.integer({ min: 1, max: 5 }) }),
  fc.record({
    kind: fc.constantFrom("User", "Customer", "Subscription"),
    verb: fc.constantFrom("create", "update", "upgrade", "remove"),
  }),
);
const simulation = fc.record(
  {
    lostReplies: which,
    failAfter: which,
    failBefore: which,
    lag: fc.constantFrom(0.02, 0.2),
    pending: fc.constantFrom(0, 0.05),
  },
  { requiredKeys: [] },
);
const story = fc.record({
  seed: fc.integer({ min: 1, max: 1e6 }),
  // What goes wrong while the account is built, and while it is changed.
  building: fc.array(simulation, { minLength: 1, maxLength: 2 }),
  changing: fc.array(simulation, { minLength: 1, maxLength: 2 }),
  parallelism: fc.constantFrom(1, 3, 16),
});

test("whatever fails, is lost or shows late: running again gets there, and nothing happens twice", async () => {
  const undisturbed = await undisturbedStory();
  await fc.assert(
    fc.asyncProperty(story, async ({ seed, building, changing, parallelism }) => {
      const shop = await setUpProject();
      try {
        // Until something is written, the account itself comes from the seed.
        for (const simulate of building) await round(shop, { simulate, seed, parallelism });
        await calm(shop, seed);
        change(shop);
        for (const [index, simulate] of changing.entries())
          await round(shop, { simulate, seed: seed + 10 + index, parallelism });
        await calm(shop, seed + 17);
        await demand(shop, undisturbed);
      } finally {
        shop.end();
      }
    }),
    { numRuns: 8, endOnFailure: true },
  );
}, 3_600_000);

async function undisturbedStory(): Promise<readonly string[]> {
  const shop = await setUpProject();
  await calm(shop, 1);
  change(shop);
  await calm(shop, 2);
  const made = composition(shop.kept.account);
  shop.end();
  return made;
}

async function round(
  shop: ProjectHarness,
  {
    simulate,
    seed,
    parallelism,
  }: { readonly simulate: object; readonly seed: number; readonly parallelism: number },
): Promise<void> {
  shop.simulate(simulate, seed);
  const { status, receipt, plan, diagnostics } = await shop.apply({ parallelism });
  const errors = [...(plan?.problems ?? []), ...diagnostics]
    .filter(({ severity }) => severity === "error")
    .map(({ code, message }) => `${code}: ${message}`);
  // While it is not known whether the contact was made, a profile that needs them cannot be judged.
  const waits =
    "lag" in simulate && errors.every((error) => error.startsWith("profile/primary-contact"));
  if (!waits)
    expect({ status, errors }).toEqual({
      status: expect.stringMatching(/applied|stale|nothing|unsettled/),
      errors: [],
    });
  counted.rounds += 1;
  for (const result of receipt?.results ?? []) {
    if (result.status !== "done") counted.faults += 1;
    if (result.status === "unknown") counted.unknown += 1;
  }
}

/**
 * Applies without mishaps until there is nothing left to do; twice is enough whatever happened
 * before, if a person looks after what was ordered.
 */
async function calm(shop: ProjectHarness, seed: number): Promise<void> {
  shop.simulate({}, seed);
  for (let tries = 0; tries < 2; tries += 1) {
    const { status, plan, diagnostics } = await shop.apply();
    const errors = [...(plan?.problems ?? []), ...diagnostics]
      .filter(({ severity }) => severity === "error")
      .map(({ code, message }) => `${code}: ${message}`);
    // Of a purchase that does not show only a person may say that it did not happen.
    const outcome = tries === 0 ? /applied|nothing|unsettled/ : /applied|nothing/;
    expect({ status, errors }).toEqual({ status: expect.stringMatching(outcome), errors: [] });
    await shop.at(lookAfterPurchases);
  }
  const { changes, problems } = await shop.plan();
  expect([changes.map(({ id }) => id), problems]).toEqual([[], []]);
}

async function demand(shop: ProjectHarness, undisturbed: readonly string[]): Promise<void> {
  const entries = await shop.entries();
  expect(composition(shop.kept.account)).toEqual(undisturbed);
  expect(await shop.consistent()).toBe(true);
  expect(repostedWhileOpen(entries)).toEqual([]);
  expect(things(shop.kept.account).filter(({ kind }) => kind === "Subscription")).toHaveLength(8);
  await demandCredentials(shop, shop.kept, { entries, what: "faults" });
}
