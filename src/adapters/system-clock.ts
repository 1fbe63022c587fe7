import { setTimeout as delay } from "node:timers/promises";
import type { Clock } from "../model/clock.ts";

/** The longest delay of a Node.js timer in milliseconds. A longer one would fire at once. */
const longestTimer = 2 ** 31 - 1;

/** The clock of this machine. */
export const systemClock: Clock = {
  now: () => new Date(),
  monotonic: () => Number(process.hrtime.bigint() / 1000n) / 1000,
  async sleep(milliseconds, signal) {
    for (let left = milliseconds; left > 0; left -= longestTimer)
      await delay(Math.min(left, longestTimer), undefined, signal && { signal });
    signal?.throwIfAborted();
  },
};
