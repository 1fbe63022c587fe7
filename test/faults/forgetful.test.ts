import { rmSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Emulator, InjectedFault } from "../../src/emulator/emulator.ts";
import { memoryFolder } from "../crash/memory-folder.ts";
import { forget, publish } from "./fresh-clone.ts";
import { onEach, type Phase, recordBuilding, type Site } from "./phases.ts";
import { calm, demand, once, setUpEmulator, setUpEmulatedProject } from "./emulated-project.ts";

/** Every write and fault; otherwise every fifth write, each with another fault. */
const exhaustive = process.env.FAULTS === "all";
const faults: readonly InjectedFault[] = [
  { kind: "lost" },
  { kind: "reset" },
  { kind: "cut" },
  { kind: "status", status: 503, effect: true },
  { kind: "timeout", effect: true },
  { kind: "malformed" },
  { kind: "status", status: 500 },
];
const emulators: Emulator[] = [];
let building: Phase;
const counted = { runs: 0, clones: 0 };

interface Trial {
  readonly site: Site;
  readonly fault: InjectedFault;
}

beforeAll(async () => {
  process.env.PARTNERCTL_LEDGER_KEY = "a secret of this test alone, and of no other one";
  emulators.push(await setUpEmulator(), await setUpEmulator(), await setUpEmulator());
  building = (await recordBuilding(emulators[0] as Emulator)).phase;
});

afterAll(async () => {
  for (const emulator of emulators) await emulator.close();
  process.stderr.write(
    `faults: ${counted.runs} runs with the ledger in git, on ${counted.clones} fresh clones\n`,
  );
});

test("a ledger in git, and a fresh clone for every run: the account is as declared, and nothing happened twice", async () => {
  const trials = building.writes.flatMap((site, index) =>
    (exhaustive
      ? faults
      : faults.filter((_, turn) => index % 5 === 0 && turn === (index / 5) % faults.length)
    ).map((fault): Trial => ({ site, fault })),
  );
  expect(trials.length).toBeGreaterThan(5);
  await onEach(emulators, trials, tried);
}, 3_600_000);

async function tried(emulator: Emulator, { site, fault }: Trial): Promise<void> {
  const what = `git: ${JSON.stringify({ ...site, ...fault })}`;
  const beside = memoryFolder("partnerctl-remote-");
  const shop = await setUpEmulatedProject(emulator, building);
  const forgotten = async () => {
    await forget(shop, beside);
    counted.clones += 1;
  };
  try {
    await publish(shop, beside);
    emulator.control.addFault({ ...fault, ...site });
    await forgotten();
    await once(shop, { parallelism: 1, disturbed: true });
    expect(emulator.control.faults()[0]?.happened, `${what}: did not happen`).toBe(1);
    await calm(shop, emulator, { what, before: forgotten });
    await forgotten();
    await demand(shop, emulator, { composed: building.composed, what });
    counted.runs += 1;
  } finally {
    shop.end();
    rmSync(beside, { recursive: true, force: true });
  }
}
