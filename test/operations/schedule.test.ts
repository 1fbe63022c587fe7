import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Address } from "../../src/model/address.ts";
import type { Change } from "../../src/model/plan/plan.ts";
import { eachOf, inOrder, laneOf } from "../../src/operations/apply/schedule.ts";

const change = (id: string, requires: readonly string[] = [], parent?: string): Change => ({
  id: `${id}#1`,
  address: id as Address,
  kind: "Toy",
  ...(parent !== undefined && { parent }),
  by: "adapter",
  reason: "declared",
  cause: "new",
  basedOn: [],
  fields: [],
  impact: { reversible: "yes" },
  requires: requires.map((one) => `${one}#1` as const),
  action: "create",
  key: id,
  desired: {},
});

/**
 * Works on every change and notes the order, and how many were at work at once, in all and in a
 * lane.
 */
async function work(changes: readonly Change[], parallelism: number, fail?: string) {
  const began: string[] = [];
  const ended: string[] = [];
  const atWork = new Map<string, number>();
  let [now, most, mostInLane] = [0, 0, 0];
  const done = inOrder(changes, parallelism, async (one) => {
    began.push(one.address);
    now += 1;
    atWork.set(laneOf(one), (atWork.get(laneOf(one)) ?? 0) + 1);
    most = Math.max(most, now);
    mostInLane = Math.max(mostInLane, atWork.get(laneOf(one)) ?? 0);
    await new Promise((resolve) => setImmediate(resolve));
    now -= 1;
    atWork.set(laneOf(one), (atWork.get(laneOf(one)) ?? 0) - 1);
    ended.push(one.address);
    if (one.address === fail) throw new Error(`${fail} broke`);
  });
  const failure = await done.then(() => undefined).catch((error: Error) => error.message);
  return { began, ended, most, mostInLane, failure };
}

describe("changes in order", () => {
  test("wait for what they require, and for nothing else", async () => {
    const { began } = await work(
      [
        change("d", ["b", "c"]),
        change("c", ["a"]),
        change("b", ["a"]),
        change("a"),
        change("e", ["elsewhere"]),
      ],
      1,
    );
    expect(began).toEqual(["a", "e", "c", "b", "d"]);
  });

  test("as many at once as allowed, but one in a lane: an object and all that lives in it", async () => {
    const children = (parent: string) =>
      Array.from({ length: 10 }, (_, index) => change(`${parent}/${index}`, [parent], parent));
    const changes = ["x", "y", "z"].flatMap((parent) => [change(parent), ...children(parent)]);
    expect(await work(changes, 16)).toMatchObject({ most: 3, mostInLane: 1 });
    expect(await work(changes, 2)).toMatchObject({ most: 2, mostInLane: 1 });
    const alone = Array.from({ length: 40 }, (_, index) => change(`alone-${index}`));
    expect(await work(alone, 16)).toMatchObject({ most: 16, mostInLane: 1 });
  });

  test("after a failure nothing new begins, and what had begun ends", async () => {
    const { began, ended, failure } = await work(
      Array.from({ length: 30 }, (_, index) => change(`c-${index}`)),
      4,
      "c-1",
    );
    expect(failure).toBe("c-1 broke");
    expect([...began].sort()).toEqual([...ended].sort());
    expect(began.length).toBeLessThan(10);
  });

  test("any order that the requirements allow is kept, whatever the lanes", async () => {
    const set = fc.integer({ min: 1, max: 40 }).chain((size) =>
      fc.tuple(
        ...Array.from({ length: size }, (_, index) =>
          fc.record({
            lane: fc.integer({ min: 0, max: 4 }),
            requires: fc.uniqueArray(fc.integer({ min: 0, max: Math.max(0, index - 1) }), {
              maxLength: index === 0 ? 0 : 3,
            }),
          }),
        ),
      ),
    );
    await fc.assert(
      fc.asyncProperty(set, fc.integer({ min: 1, max: 8 }), async (drafts, parallelism) => {
        const changes = drafts.map(({ lane, requires }, index) =>
          change(
            `c${index}`,
            requires.map((one) => `c${one}`),
            `lane-${lane}`,
          ),
        );
        const { began, most, mostInLane } = await work([...changes].reverse(), parallelism);
        expect(began).toHaveLength(changes.length);
        expect(most).toBeLessThanOrEqual(parallelism);
        expect(mostInLane).toBe(1);
        const place = new Map(began.map((address, index) => [`${address}#1`, index]));
        for (const { id, requires } of changes)
          for (const one of requires) expect(place.get(one)).toBeLessThan(place.get(id) ?? -1);
      }),
      { numRuns: 100 },
    );
  });

  test("costs in proportion to changes and requirements: each requirement is looked at a fixed number of times", async () => {
    const looks = async (size: number) => {
      let count = 0;
      const watched = Array.from({ length: size }, (_, index) => {
        const one = change(
          `c${index}`,
          index === 0 ? [] : [`c${index - 1}`],
          index % 2 === 0 ? "even" : "odd",
        );
        return new Proxy(one, {
          get: (target, field) => {
            count += 1;
            return Reflect.get(target, field);
          },
        });
      });
      await inOrder(watched, 8, async () => {});
      return count / size;
    };
    expect(await looks(4000)).toBeCloseTo(await looks(40), 0);
  });
});

describe("each of many", () => {
  test("so many at once, every one once, the first failure thrown when all that had begun has ended", async () => {
    const seen: number[] = [];
    let [now, most] = [0, 0];
    const run = eachOf(
      Array.from({ length: 20 }, (_, index) => index),
      3,
      async (item) => {
        now += 1;
        most = Math.max(most, now);
        await new Promise((resolve) => setImmediate(resolve));
        now -= 1;
        seen.push(item);
        if (item === 7) throw new Error("seven");
      },
    );
    await expect(run).rejects.toThrow("seven");
    expect([now, most]).toEqual([0, 3]);
    expect(seen.length).toBeLessThan(12);
    await eachOf([], 3, async () => {
      throw new Error("never");
    });
  });
});
