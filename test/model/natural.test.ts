import fc from "fast-check";
import { expect, test } from "vitest";
import { compareNaturally } from "../../src/model/text/natural.ts";

test.each([
  [
    ["u10", "u2", "u1"],
    ["u1", "u2", "u10"],
  ],
  [
    ["User/u10", "User/u9", "Customer/z"],
    ["Customer/z", "User/u9", "User/u10"],
  ],
  [
    ["Subscription/c10/a", "Subscription/c9/b"],
    ["Subscription/c9/b", "Subscription/c10/a"],
  ],
  [
    ["a12b3", "a12b20", "a2"],
    ["a2", "a12b3", "a12b20"],
  ],
  [
    ["a1", "a01", "a001", "a2"],
    ["a001", "a01", "a1", "a2"],
  ],
  [
    ["v1.10", "v1.9", "v1"],
    ["v1", "v1.9", "v1.10"],
  ],
  [
    ["a-1", "a1", "a"],
    ["a", "a-1", "a1"],
  ],
  [
    ["99999999999999999999", "100000000000000000000"],
    ["99999999999999999999", "100000000000000000000"],
  ],
])("%j", (given, expected) => {
  expect(given.toSorted(compareNaturally)).toEqual(expected);
});

test("is a total order", () => {
  const name = fc.string({ unit: fc.constantFrom("0", "1", "9", "a", "-", "/"), maxLength: 6 });
  fc.assert(
    fc.property(name, name, name, (one, two, three) => {
      expect(Math.sign(compareNaturally(one, two))).toBe(
        -Math.sign(compareNaturally(two, one)) || 0,
      );
      expect(compareNaturally(one, two) === 0).toBe(one === two);
      if (compareNaturally(one, two) <= 0 && compareNaturally(two, three) <= 0)
        expect(compareNaturally(one, three)).toBeLessThanOrEqual(0);
    }),
    { numRuns: 5_000 },
  );
});
