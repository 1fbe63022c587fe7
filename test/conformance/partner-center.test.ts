import { afterAll, describe, test } from "vitest";
import { partnerCenter } from "../../src/adapters/partner-center/partner-center.ts";
import { conformance, type Subject } from "../../src/conformance.ts";
import type { EmulatorOptions } from "../../src/emulator/emulator.ts";
import type { Spec } from "../../src/model/json.ts";
import { folder } from "../adapters/changes.ts";
import { emulatorOptions, start } from "../adapters/partner-center/emulated.ts";

const quick = { throttle: { perMinute: 1_000_000, per: "tenant" } } as const;
const settings: readonly (readonly [string, EmulatorOptions, Spec, Partial<Subject>])[] = [
  ["with its traps", { traps: { ...quick, accepted: { every: 2, seconds: 0.05 } } }, {}, {}],
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
