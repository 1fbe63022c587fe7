import { setTimeout as delay } from "node:timers/promises";
import { type Access, type Response, retryAfter, type Transport } from "./transport.ts";

const minute = 60_000;
/** The share of the limit that being throttled never takes away. */
const floor = 0.25;
/** How much of a lowered limit a quiet minute gives back. */
const recovery = 1.25;

/** Lets through at most so many requests in any minute to each host, in the order they came; a 429 holds all of them back and lowers the limit for a while. */
export function rateLimit(transport: Transport, perMinute: number): Transport {
  const paces: Readonly<Record<Access["audience"], Pace>> = { api: pace(perMinute), graph: pace(perMinute) };
  return async (request) => {
    if (request.access === undefined) return transport(request);
    const own = paces[request.access.audience];
    await own.turn(request.signal);
    const reply = await transport(request);
    if (reply.status === 429) own.slowDown(reply);
    return reply;
  };
}

interface Pace {
  turn(signal: AbortSignal): Promise<void>;
  slowDown(reply: Response): void;
}

function pace(perMinute: number): Pace {
  const sent: number[] = [];
  let [head, limit, heldUntil, changedAt] = [0, perMinute, 0, 0];
  let last: Promise<void> = Promise.resolve();

  function recall(now: number): void {
    while (head < sent.length && (sent[head] ?? 0) <= now - minute) head += 1;
    if (head > perMinute) sent.splice(0, head);
    if (head > perMinute) head = 0;
    if (limit >= perMinute || now - changedAt < minute) return;
    limit = Math.min(perMinute, Math.ceil(limit * recovery));
    changedAt = now;
  }

  function wait(now: number): number {
    const full = sent.length - head >= limit;
    return Math.max(heldUntil - now, full ? (sent[sent.length - limit] ?? 0) + minute - now : 0);
  }

  async function enter(signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      const now = performance.now();
      recall(now);
      const left = wait(now);
      if (left <= 0) break;
      await delay(left, undefined, { signal });
    }
    sent.push(performance.now());
  }

  return {
    turn(signal) {
      const mine = last.then(() => enter(signal));
      last = mine.catch(() => {});
      return mine;
    },
    slowDown(reply) {
      const now = performance.now();
      recall(now);
      heldUntil = Math.max(heldUntil, now + (retryAfter(reply, Date.now()) ?? 0) * 1000);
      limit = Math.max(1, Math.ceil(perMinute * floor), Math.min(limit, Math.floor((sent.length - head) * 0.9)));
      changedAt = now;
    },
  };
}
