import { expect, test } from "vitest";
import { reconcile } from "../../../src/kinds/invoice/reconcile.ts";
import { handMade } from "./hand-made.ts";

test("there are ten", () => {
  expect(handMade).toHaveLength(10);
});

test.each(handMade.map((one) => [one.trouble, one] as const))("%s", (_, one) => {
  const { runs, bills, rounding = { of: "unit", how: "half-up" } } = one;
  const found = reconcile(bills, { runs, rounding, priceOn: () => undefined, minutesAhead: 480 });
  expect(
    found.lines.map(({ status, expected }) => (expected ? [status, expected] : [status])),
  ).toEqual(one.lines);
  expect(found.sums).toMatchObject(one.sums);
  expect(found.sums).toHaveLength(one.sums.length);
  expect(found.notBilled).toMatchObject(one.notBilled ?? []);
  expect(found.notBilled).toHaveLength(one.notBilled?.length ?? 0);
  expect(found.voided).toEqual(one.voided ?? []);
});
