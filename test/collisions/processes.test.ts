import { afterAll, beforeAll, expect, test } from "vitest";
import { type Scratch, scratch } from "../crash/scene.ts";
import { playProcesses } from "./processes.ts";

const first = Number(process.env.SEED ?? 1);
const stories = Number(process.env.COLLISIONS ?? 3);
let place: Scratch;

beforeAll(async () => {
  place = await scratch();
});

afterAll(() => place.end());

test(`${stories} stories of processes whose plans collide: what was declared is ordered once`, async () => {
  const failures: string[] = [];
  const counts = { orders: 0, stuck: 0 };
  for (let seed = first; seed < first + stories; seed += 1) {
    const { what, violations, orders, left, statuses } = await playProcesses(place, seed);
    counts.orders += orders;
    counts.stuck += left.length > 0 ? 1 : 0;
    if (left.length > 0) process.stderr.write(`SEED=${seed} ${what}: stuck: ${left.join(", ")}\n`);
    if (violations.length > 0)
      failures.push(
        `SEED=${seed} COLLISIONS=1 npm run collisions:processes\n${what} ${statuses}: ${violations.join("; ")}`,
      );
  }
  process.stderr.write(
    `collisions of processes: ${stories} stories, ${counts.orders} orders in the end, ${counts.stuck} stuck\n`,
  );
  expect(failures).toEqual([]);
}, 3_600_000);
