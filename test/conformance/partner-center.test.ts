import { afterAll, describe, test } from "vitest";
import { partnerCenter } from "../../src/adapters/partner-center/partner-center.ts";
import { conformance, type Subject } from "../../src/conformance.ts";
import type { EmulatorOptions } from "../../src/emulator/emulator.ts";
import type { Spec } from "../../src/model/values/json.ts";
import { folder } from "../adapters/changes.ts";
import { emulatorOptions, start } from "../adapters/partner-center/emulated.ts";

const quick = {
  throttle: { perMinute: 1_000_000, per: "tenant" },
  accepted: { every: 2, seconds: 0.05 },
} as const;
const losing = ["POST", "PUT", "PATCH", "DELETE"].map(
  (method) => ({ kind: "lost", method, path: "^/v1", probability: 0.2 }) as const,
);
const settings: readonly (readonly [string, EmulatorOptions, Spec, Partial<Subject>])[] = [
  [
    "with its quirks, and featured offers",
    { quirks: { ...quick, beyond21Vianet: true } },
    { featuredOffers: true },
    {},
  ],
  [
    "losing replies after the effect",
    { quirks: quick, faults: losing, seed: "lost" },
    {},
    { patience: 8 },
  ],
  [
    "ordering by carts, and losing replies after the effect",
    { quirks: quick, faults: losing, seed: "carts" },
    { orders: "cart" },
    { patience: 8 },
  ],
  [
    "failing now and then, and throttling",
    {
      quirks: quick,
      seed: "failing",
      faults: [
        { kind: "status", status: 503, path: "^/v1", probability: 0.1 },
        { kind: "status", status: 429, retryAfter: "0.01", path: "^/v1", probability: 0.1 },
        { kind: "malformed", path: "^/v1", method: "GET", probability: 0.02 },
      ],
    },
    // So often that four failures in a row are to be expected in this many requests.
    { retry: { attempts: 8, seconds: 0.005 } },
    { patience: 8 },
  ],
  [
    "lagging, its lists without offers, its refresh tokens good for one use",
    {
      quirks: {
        ...quick,
        lag: { orders: 900, subscriptions: 0.1, customers: 0.1, users: 0.1 },
        listsWithoutOffers: true,
        oneTimeRefreshTokens: true,
      },
    },
    {
      capabilities: Object.fromEntries(
        ["User", "Customer", "Subscription"].map((kind) => [kind, { lag: 0.1 }]),
      ),
    },
    {},
  ],
];

for (const [name, emulator, options, more] of settings) {
  const running = await start(emulator);
  const root = folder();
  const steps = await conformance({
    adapter: async () => partnerCenter(emulatorOptions(running.url, options), { root }),
    userDomain: "contosopartner.partner.onmschina.cn",
    ...more,
  });
  describe(`partner-center over the emulator, ${name}`, () => {
    afterAll(() => running.close());
    for (const { title, notApplicable, run } of steps)
      test.skipIf(notApplicable)(notApplicable ? `${title} (${notApplicable})` : title, run);
  });
}
