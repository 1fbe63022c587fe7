import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { firstSights } from "../../src/store/cache/first-sights.ts";
import { simulatedClock } from "../simulated-clock.ts";

function place(): string {
  const folder = mkdtempSync(join(tmpdir(), "partnerctl-sights-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, "first-seen.jsonl");
}

test("a first sight is kept, for every later process of the same boot", async () => {
  const path = place();
  const clock = simulatedClock();
  const began = clock.monotonic();
  const opened = (bootId?: string) => firstSights({ path, clock, bootId });
  const one = opened("boot-1");
  expect(one("lease a")).toBe(began);
  await clock.pass(5_000);
  expect([one("lease a"), opened("boot-1")("lease a"), opened("boot-1")("lease b")]).toEqual([
    began,
    began,
    began + 5_000,
  ]);
  await clock.pass(5_000);
  // Two processes at the same time keep what each of them saw.
  expect([one("lease c"), opened("boot-1")("lease b"), opened("boot-1")("lease c")]).toEqual([
    began + 10_000,
    began + 5_000,
    began + 10_000,
  ]);
});

test("another boot, or one that cannot be told, begins anew", async () => {
  const path = place();
  const clock = simulatedClock();
  firstSights({ path, clock, bootId: "boot-1" })("lease a");
  await clock.pass(5_000);
  const now = clock.monotonic();
  expect(firstSights({ path, clock, bootId: "boot-2" })("lease a")).toBe(now);
  const untold = firstSights({ path, clock, bootId: undefined });
  expect([untold("lease a"), untold("lease a")]).toEqual([now, now]);
});

test("what somebody else wrote, or what was changed, is not believed", async () => {
  const path = place();
  const clock = simulatedClock();
  const opened = () => firstSights({ path, clock, bootId: "boot-1" });
  opened()("lease a");
  await clock.pass(5_000);
  writeFileSync(path, readFileSync(path, "utf8").replace("1000000", "10"));
  expect(opened()("lease a")).toBe(clock.monotonic());
});
