import { rmSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { execa } from "execa";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Emulator } from "../../src/emulator/emulator.ts";
import { binary, plain } from "../cli/binary.ts";
import { onEach, type Phase, recordPhases, type Site } from "./phases.ts";
import { calm, demand, setUpEmulator, setUpEmulatedProject } from "./emulated-project.ts";

/** Every write, before it and after it; otherwise every seventh of these. */
const exhaustive = process.env.FAULTS === "all";
const emulators: Emulator[] = [];
const phases: Phase[] = [];
let kills = 0;

interface Trial {
  readonly phase: Phase;
  readonly site: Site;
  /** Whether the process dies after the service did the write, or before. */
  readonly effect: boolean;
}

beforeAll(async () => {
  emulators.push(await setUpEmulator(), await setUpEmulator());
  phases.push(...(await recordPhases(emulators[0] as Emulator)));
});

afterAll(async () => {
  for (const emulator of emulators) await emulator.close();
  for (const { from } of phases) rmSync(from.folder, { recursive: true, force: true });
  process.stderr.write(`faults: ${kills} processes killed while they waited for a write\n`);
});

test("killed before or after a write, and run again: the account is as declared, and nothing happened twice", async () => {
  const all = phases.flatMap((phase) =>
    phase.writes.flatMap((site) => [false, true].map((effect): Trial => ({ phase, site, effect }))),
  );
  await onEach(emulators, exhaustive ? all : all.filter((_, index) => index % 7 === 0), killed);
}, 3_600_000);

async function killed(emulator: Emulator, { phase, site, effect }: Trial): Promise<void> {
  const what = `${phase.name}: killed ${effect ? "after" : "before"} ${JSON.stringify(site)}`;
  const shop = await setUpEmulatedProject(emulator, phase);
  try {
    phase.prepare(shop);
    emulator.control.addFault({ kind: "timeout", effect, ...site });
    // It would wait half of a second only.
    shop.edit("partnerctl.yaml", ["timeoutSeconds: 1.5", "timeoutSeconds: 60"]);
    const args = [
      "apply",
      "--yes",
      "--allow",
      "irreversible",
      "--parallelism",
      "1",
      "--env",
      "emulator",
    ];
    const child = execa(process.execPath, [binary, ...args], { ...plain, cwd: shop.folder });
    const ended = child.then(({ stdout, stderr }) => `${stdout}\n${stderr}`);
    const stuck = () =>
      emulator.control
        .requests()
        .some(({ fault, status }) => fault === "timeout" && (!effect || status !== undefined));
    while (!stuck() && child.exitCode === null) await delay(5);
    child.kill("SIGKILL");
    expect((await child).signal, `${what}: ${await ended}`).toBe("SIGKILL");
    shop.edit("partnerctl.yaml", ["timeoutSeconds: 60", "timeoutSeconds: 1.5"]);
    await calm(shop, emulator, { what });
    await demand(shop, emulator, { composed: phase.composed, what });
    kills += 1;
  } finally {
    shop.end();
  }
}
