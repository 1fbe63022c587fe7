import { expect, test } from "vitest";
import { stepsOf } from "./steps.ts";

function pairs(count: number): number {
  let found = 0;
  for (let one = 0; one < count; one += 1)
    for (let other = 0; other < count; other += 1) found += one === other ? 1 : 0;
  return found;
}

test("every turn of a loop is a step, so that quadratic work shows; the same work takes the same steps", async () => {
  const steps = (count: number) => stepsOf(() => expect(pairs(count)).toBe(count));
  const [few, many, again] = [await steps(100), await steps(1_000), await steps(1_000)];
  expect(few).toBeGreaterThan(100 * 100);
  expect(many).toBeGreaterThan(90 * few);
  expect(Math.abs(many - again)).toBeLessThan(0.001 * many);
});
