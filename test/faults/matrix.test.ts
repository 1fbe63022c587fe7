import { rmSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Emulator, InjectedFault } from "../../src/emulator/emulator.ts";
import { onEach, type Phase, recordBuilding, recordPhases, type Site } from "./phases.ts";
import { calm, demand, once, setUpEmulator, setUpEmulatedProject } from "./emulated-project.ts";

/**
 * Everything is tried; otherwise a spread in which every write, every reading and every fault has
 * its turns.
 */
const exhaustive = process.env.FAULTS === "all";
const seed = Number(process.env.SEED ?? 1);
const atOnce = 3;

/**
 * What befalls a write; 429 only without an effect, for it is a refusal (RFC 6585, and the
 * service's guidance to send it again). A client that waits half of a second sees a slow body
 * whole, and a silent one never.
 */
const ofWrites: readonly InjectedFault[] = [
  { kind: "lost" },
  { kind: "reset" },
  { kind: "status", status: 429, retryAfter: "0.01" },
  ...[500, 502, 503].flatMap((status) =>
    [false, true].map((effect) => ({ kind: "status", status, effect }) as const),
  ),
  { kind: "timeout" },
  { kind: "timeout", effect: true },
  { kind: "expired-token" },
  { kind: "etag" },
  { kind: "slow", seconds: 0.1 },
  { kind: "malformed" },
  { kind: "cut" },
];
/** What befalls a reading; a lagging list shows how things were before any of this. */
const ofReadings: readonly InjectedFault[] = [
  ...ofWrites.filter(({ kind, effect }) => !["lost", "etag"].includes(kind) && !effect),
  { kind: "lag", seconds: 900 },
];

interface Trial {
  readonly phase: Phase;
  readonly site: Site;
  readonly fault: InjectedFault;
}

const counted = { runs: 0, struck: 0, applies: 0, lost: 0, unknown: 0 };
const emulators: Emulator[] = [];
const phases: Phase[] = [];
/** The same with carts; without the changes of it, unless everything is tried. */
const withCarts: Phase[] = [];

beforeAll(async () => {
  for (let made = 0; made < atOnce; made += 1) emulators.push(await setUpEmulator());
  const [emulator, another] = emulators as [Emulator, Emulator];
  phases.push(...(await recordPhases(emulator)));
  withCarts.push(
    ...(exhaustive
      ? await recordPhases(another, "cart")
      : [(await recordBuilding(another, "cart")).phase]),
  );
});

afterAll(async () => {
  for (const emulator of emulators) await emulator.close();
  for (const { from } of [...phases, ...withCarts])
    rmSync(from.folder, { recursive: true, force: true });
  const sites = [...phases, ...withCarts]
    .map(({ writes }) => writes.length)
    .reduce((sum, count) => sum + count, 0);
  const { runs, struck, applies, lost, unknown } = counted;
  process.stderr.write(
    `faults: ${runs} runs of ${applies} applies, ${struck} faults struck among ${sites} writes, ${unknown} outcomes unknown at first, ${lost} credentials lost and named; 429 without effect only, for it is a refusal (see retry.ts of the adapter)\n`,
  );
});

test("each fault in each write, and then again without: the account is as declared, and nothing happened twice", async () => {
  const trials = phases.flatMap((phase) =>
    phase.writes.flatMap((site, index) =>
      some(ofWrites, index).map((fault) => ({ phase, site, fault })),
    ),
  );
  expect(trials.length).toBeGreaterThan(20);
  await onEach(emulators, trials, tried);
}, 3_600_000);

test("each fault in each sort of reading, and in signing in", async () => {
  const trials = phases.flatMap((phase) =>
    phase.readings.flatMap((site, index) =>
      some(ofReadings, index).map((fault) => ({ phase, site, fault })),
    ),
  );
  expect(trials.length).toBeGreaterThan(20);
  await onEach(emulators, trials, tried);
}, 3_600_000);

test("each fault in each request to a cart: what became of every order shows by reading, and nobody has to look", async () => {
  const trials = withCarts.flatMap((phase) => [
    ...ofCarts(phase.writes).flatMap((site, index) =>
      some(ofWrites, index).map((fault) => ({ phase, site, fault })),
    ),
    ...ofCarts(phase.readings).flatMap((site, index) =>
      some(ofReadings, index).map((fault) => ({ phase, site, fault })),
    ),
  ]);
  expect(trials.length).toBeGreaterThan(10);
  await onEach(emulators, trials, tried);
}, 3_600_000);

test.each([10, 15, 30])(
  "a customer whose reply is lost, and then 429 so often (%i): the credential arrives, or is called lost",
  async (times) => {
    const [phase] = phases;
    const made = phase?.writes.find(
      ({ method, path }) => method === "POST" && path.startsWith("^/v1/customers("),
    );
    if (!phase || !made) throw new Error("the example makes customers");
    const [emulator] = emulators as [Emulator];
    const shop = await setUpEmulatedProject(emulator, phase);
    try {
      emulator.control.addFault(
        { ...made, kind: "lost" },
        { ...made, kind: "status", status: 429, retryAfter: "0.01", nth: made.nth + 1, times },
      );
      await once(shop, { parallelism: 1, disturbed: true });
      expect(emulator.control.faults()[1]?.happened).toBeGreaterThanOrEqual(10);
      await calm(shop, emulator);
      await demand(shop, emulator, {
        composed: phase.composed,
        what: `lost, then ${times} times 429`,
      });
    } finally {
      shop.end();
    }
  },
);

test("a customer that was throttled and then lost is asked for under the id it was made under", async () => {
  const [phase] = phases;
  const made = phase?.writes.find(
    ({ method, path }) => method === "POST" && path.startsWith("^/v1/customers("),
  );
  if (!phase || !made) throw new Error("the example makes customers");
  const [emulator] = emulators as [Emulator];
  const shop = await setUpEmulatedProject(emulator, phase);
  try {
    const throttled: InjectedFault = {
      ...made,
      kind: "status",
      status: 429,
      retryAfter: "0.01",
      times: 2,
    };
    emulator.control.addFault(throttled, { ...made, kind: "lost", nth: made.nth + 2, times: 4 });
    await once(shop, { parallelism: 1, disturbed: true });
    expect(emulator.control.faults().map(({ happened }) => happened)).toEqual([2, 4]);
    const endings = (await shop.entries()).flatMap((one) =>
      one.type === "outcome" && one.address.startsWith("Customer/")
        ? [`${one.status} by ${one.by}`]
        : [],
    );
    expect(endings).toEqual(Array(endings.length).fill("done by reply"));
    await calm(shop, emulator);
    await demand(shop, emulator, { composed: phase.composed, what: "throttled, then lost" });
  } finally {
    shop.end();
  }
});

/** All of them, or one, another for each site and seed. */
function some(faults: readonly InjectedFault[], index: number): readonly InjectedFault[] {
  const at = (index + seed * 5) % faults.length;
  return exhaustive ? faults : faults.slice(at, at + 1);
}

/** What differs from the phase that orders directly, unless everything is tried. */
function ofCarts(sites: readonly Site[]): readonly Site[] {
  return exhaustive ? sites : sites.filter(({ path }) => /\/carts|provisioningstatus/.test(path));
}

async function tried(emulator: Emulator, { phase, site, fault }: Trial): Promise<void> {
  const what = `${phase.name} (${phase.orders}): ${JSON.stringify({ ...site, ...fault })}`;
  const shop = await setUpEmulatedProject(emulator, phase);
  try {
    phase.prepare(shop);
    emulator.control.addFault({ ...fault, ...site });
    const first = await once(shop, { parallelism: 1, disturbed: true }).catch((error: unknown) =>
      Promise.reject(new Error(what, { cause: error })),
    );
    const [struck] = emulator.control.faults();
    expect(struck?.happened, `${what}: did not happen`).toBe(1);
    const rounds = [first, ...(await calm(shop, emulator, { what }))];
    await demand(shop, emulator, { composed: phase.composed, what });
    const results = rounds.flatMap(({ receipt }) => receipt?.results ?? []);
    counted.runs += 1;
    counted.applies += rounds.length;
    counted.struck += struck?.happened ?? 0;
    counted.unknown += results.filter(({ status }) => status === "unknown").length;
    counted.lost += results.filter(({ credential }) => credential === "lost").length;
  } finally {
    shop.end();
  }
}
