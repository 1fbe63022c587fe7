import { readFileSync, rmSync } from "node:fs";
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
const tried = { steps: 0, kills: 0, runs: 0 };

beforeAll(async () => {
  place = await scratch();
  const folder = project(place, "reference");
  expect((await run(place, folder, { args: apply })).status).toBe(0);
  reference = {
    looked: await look(folder),
    composition: composition(join(folder, ".partnerctl/account")),
  };
});

afterAll(() => {
  place.end();
  process.stderr.write(
    `crash: ${tried.kills} kills at ${tried.steps} durable steps, ${tried.runs} runs\n`,
  );
});

/** Sixteen changes at once, as by default; one at a time there are more steps. */
const ways = exhaustive
  ? [
      ["--parallelism", "1"],
      ["--parallelism", "16"],
    ]
  : [["--parallelism", "16"]];

test.each(ways)(
  "killed at every sort of durable step, and run again (%s %s)",
  async (...way) => {
    const args = [...apply, ...way];
    const sorts = await steps(args);
    tried.steps += sorts.length;
    const all = sorts.map((_, index) => index + 1);
    // A step that is no write is not torn but done, so that the next one's "before" is this one's
    // "after".
    const kills = exhaustive
      ? all.flatMap((step) => [`kill-before:${step}`, `kill-torn:${step}`, `kill-after:${step}`])
      : spread(sorts).map((step, turn) =>
          turn % 2 === 0 ? `kill-before:${step}` : `kill-torn:${step}`,
        );
    const reached = new Set<string>();
    await each(kills, 3, async (sabotage) => void reached.add(await killed(sabotage, args)));
    expect(sorts.filter((sort) => !reached.has(sort))).toEqual([]);
  },
  3_600_000,
);

/** The first step of every sort, by its name, and every twentieth of all. */
function spread(sorts: readonly string[]): readonly (string | number)[] {
  return [
    ...new Set(sorts),
    ...sorts.map((_, index) => index + 1).filter((step) => step % 20 === 0),
  ];
}

async function steps(args: readonly string[]): Promise<readonly string[]> {
  const folder = project(place, "counted");
  const file = join(place.folder, "steps");
  expect((await run(place, folder, { args, sabotage: `count:${file}` })).status).toBe(0);
  rmSync(folder, { recursive: true });
  return stepsIn(file);
}

/** At what sort of step it was killed. */
async function killed(sabotage: string, args: readonly string[]): Promise<string> {
  const name = sabotage.replaceAll(/\W+/g, "-") + args.at(-1);
  const folder = project(place, name);
  const told = join(place.folder, `${name}.told`);
  const first = await run(place, folder, { args, sabotage, told });
  const { entries: before } = await ledgerOf(folder);
  demandIntents({ account: join(folder, ".partnerctl/account") }, before, sabotage);
  const second = await runToEnd(place, folder, { args });
  expect(second, sabotage).toMatchObject({ status: 0 });
  tried.kills += first.killed ? 1 : 0;
  tried.runs += 2;
  const kept = {
    account: join(folder, ".partnerctl/account"),
    sink: join(folder, ".partnerctl/credentials"),
  };
  await demandSame(place, reference, { kept, looked: await look(folder), before, what: sabotage });
  rmSync(folder, { recursive: true });
  return first.killed ? readFileSync(told, "utf8") : "";
}
