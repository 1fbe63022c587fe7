import { setTimeout as delay } from "node:timers/promises";
import type { Clock } from "../model/clock.ts";

/** No timer of Node's waits longer at a time: it would end at once. */
const longestTimer = 2 ** 31 - 1;

/** The clock of the machine this runs on. */
export const systemClock: Clock = {
  now: () => new Date(),
  monotonic: () => Number(process.hrtime.bigint() / 1000n) / 1000,
  async sleep(milliseconds, signal) {
    for (let left = milliseconds; left > 0; left -= longestTimer)
      await delay(Math.min(left, longestTimer), undefined, signal && { signal });
    signal?.throwIfAborted();
  },
};
