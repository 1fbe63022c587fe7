import { describe, test } from "vitest";
import { local } from "../../src/adapters/local/local.ts";
import { conformance, type Subject } from "../../src/conformance.ts";
import type { Spec } from "../../src/model/values/json.ts";
import { folder } from "../adapters/changes.ts";

const settings: readonly (readonly [string, Spec, Partial<Subject>, Spec?])[] = [
  ["as it is", {}, {}],
  ["lagging", { lag: 0.02 }, {}],
  ["answering pending", { pending: 0.02 }, { patience: 30 }],
  ["failing before the effect", { failBefore: { every: 3 } }, { patience: 6 }],
  ["failing after the effect", { failAfter: { every: 3 } }, { patience: 6 }],
  ["losing replies", { lostReplies: { every: 3 } }, { patience: 6 }],
  ["lagging and losing replies", { lag: 0.02, lostReplies: { every: 4 } }, { patience: 6 }],
  [
    "ordering by carts and losing replies",
    { lostReplies: { every: 3 } },
    { patience: 6 },
    { orders: "cart" },
  ],
  [
    "without a way to feature offers and to write recovery contacts",
    { manual: ["CatalogCustomization", "User/recovery"] },
    {},
  ],
];

for (const [name, simulate, more, options] of settings) {
  const root = folder();
  const steps = await conformance({
    adapter: async () => local({ seed: name, simulate, ...options }, { root }),
    ...more,
  });
  describe(`local, ${name}`, () => {
    for (const { title, notApplicable, run } of steps)
      test.skipIf(notApplicable)(notApplicable ? `${title} (${notApplicable})` : title, run);
  });
}
