import { expect, test } from "vitest";
import { termFacts } from "../../../src/adapters/partner-center/subscription/term-facts.ts";
import { seenAs } from "../../../src/adapters/partner-center/subscription.ts";

const legacy = {
  id: "97B75A1F-70EA-542E-A916-A7AB718BD401",
  effectiveStartDate: "2024-05-02T00:00:00Z",
  commitmentEndDate: "2025-05-15T00:00:00Z",
  autoRenewEnabled: true,
};

test("what the service tells of a term is observed beside the spec", () => {
  const { facts, spec } = seenAs({ customer: "c", body: legacy, whole: true });
  expect(facts).toEqual({ startsOn: "2024-05-02", endsOn: "2025-05-15", autoRenew: true });
  expect(spec).not.toHaveProperty("renewal");
});

test("new commerce tells the window, the seats that can still be given back, and what is scheduled", () => {
  const told = termFacts({
    ...legacy,
    termDuration: "P1Y",
    cancellationAllowedUntilDate: "2025-05-22T08:00:00Z",
    refundableQuantity: {
      totalQuantity: 5,
      details: [{ quantity: 5, allowedUntilDateTime: "2025-05-20T08:00:00Z" }],
    },
    scheduledNextTermInstructions: {
      product: {
        productId: "CFQ7TTC0LDPB",
        skuId: "0001",
        billingCycle: "Annual",
        termDuration: "P3Y",
      },
      quantity: 4,
      customTermEndDate: "2026-06-30",
    },
  });
  expect(told).toMatchObject({
    term: "P1Y",
    cancellableUntil: "2025-05-22",
    refundable: [{ quantity: 5, until: "2025-05-20" }],
    scheduled: {
      quantity: 4,
      term: "P3Y",
      billingCycle: "annual",
      product: "CFQ7TTC0LDPB:0001",
      endsOn: "2026-06-30",
    },
  });
});

test("a value of another shape is left out, and fails no reading", () => {
  const odd = {
    commitmentEndDate: "soon",
    effectiveStartDate: { year: 2024 },
    autoRenewEnabled: "yes",
    refundableQuantity: { details: [{ quantity: "5" }, null] },
    scheduledNextTermInstructions: [1],
  };
  expect(termFacts(odd)).toBeUndefined();
});
