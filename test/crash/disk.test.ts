import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { demandIntents, demandSame, type Reference } from "./demands.ts";
import {
  apply,
  composition,
  each,
  exhaustive,
  ledgerOf,
  look,
  project,
  run,
  runToEnd,
  type Scratch,
  scratch,
  stepsIn,
} from "./scene.ts";

let place: Scratch;
let reference: Reference;
let steps: number;
const tried = { broken: 0, quiet: 0 };

beforeAll(async () => {
  place = await scratch();
  const folder = project(place, "reference");
  const file = join(place.folder, "steps");
  expect((await run(place, folder, { args: apply, sabotage: `count:${file}` })).status).toBe(0);
  steps = stepsIn(file).length;
  reference = {
    looked: await look(folder),
    composition: composition(join(folder, ".partnerctl/account")),
  };
});

afterAll(() => {
  place.end();
  process.stderr.write(
    `crash: ${tried.broken} runs on a disk that failed at one of ${steps} steps, ${tried.quiet} of them after all that matters was written\n`,
  );
});

test.each(["full", "readonly"])(
  "a %s disk from any write on: it says so, loses nothing, and the next run goes on",
  async (mode) => {
    const every = exhaustive ? 1 : 19;
    // The two modes take turns at the steps in between.
    const from = exhaustive ? 1 : mode === "full" ? 2 : 11;
    const at = Array.from({ length: steps }, (_, index) => index + 1).filter(
      (step) => step % every === from % every,
    );
    await each(at, 3, (step) => broken(mode, step));
  },
  3_600_000,
);

async function broken(mode: string, step: number): Promise<void> {
  const what = `${mode} from step ${step}`;
  const folder = project(place, `${mode}-${step}`);
  const { status, said } = await run(place, folder, { args: apply, sabotage: `${mode}:${step}` });
  const settledIn = status === 0;
  tried.broken += 1;
  tried.quiet += settledIn ? 1 : 0;
  expect([0, 1, 3], `${what}: ${said}`).toContain(status);
  // How writes are grouped varies a little, so that a late step may lie behind the last write that
  // matters.
  if (settledIn) expect((await look(folder)).plan.changes, `${what}: said to be done`).toEqual([]);
  else expect(said, what).toMatch(/the disk is full|ENOSPC|read-only|EROFS/);
  expect(said, what).not.toMatch(/^ +at |bug in partnerctl/m);
  const { entries: before } = await ledgerOf(folder);
  demandIntents({ account: join(folder, ".partnerctl/account") }, before, what);
  expect(await runToEnd(place, folder, { args: apply }), what).toMatchObject({ status: 0 });
  const kept = {
    account: join(folder, ".partnerctl/account"),
    sink: join(folder, ".partnerctl/credentials"),
  };
  await demandSame(place, reference, { kept, looked: await look(folder), before, what });
  rmSync(folder, { recursive: true });
}
