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
  const sent = lastMinute();
  let [limit, heldUntil, changedAt] = [perMinute, 0, 0];
  let last: Promise<void> = Promise.resolve();

  function left(now: number): number {
    if (limit < perMinute && now - changedAt >= minute) {
      limit = Math.min(perMinute, Math.ceil(limit * recovery));
      changedAt = now;
    }
    return Math.max(heldUntil - now, sent.count(now) >= limit ? sent.backwards(limit) + minute - now : 0);
  }

  async function enter(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    for (let wait = left(performance.now()); wait > 0; wait = left(performance.now())) await delay(wait, undefined, { signal });
    sent.add(performance.now());
  }

  return {
    turn(signal) {
      const mine = last.then(() => enter(signal));
      last = mine.catch(() => {});
      return mine;
    },
    slowDown(reply) {
      const now = performance.now();
      heldUntil = Math.max(heldUntil, now + (retryAfter(reply, Date.now()) ?? 0) * 1000);
      limit = Math.max(1, Math.ceil(perMinute * floor), Math.min(limit, Math.floor(sent.count(now) * 0.9)));
      changedAt = now;
    },
  };
}

/** When the requests of the last minute were sent, oldest first. */
function lastMinute() {
  const times: number[] = [];
  let head = 0;
  return {
    add: (now: number) => void times.push(now),
    /** When the so-manieth from the end was sent. */
    backwards: (many: number) => times[times.length - many] ?? 0,
    count(now: number): number {
      while (head < times.length && (times[head] ?? 0) <= now - minute) head += 1;
      // What is past is let go of in large pieces, so that each time is moved once or twice at most.
      if (head > times.length / 2) {
        times.splice(0, head);
        head = 0;
      }
      return times.length - head;
    },
  };
}
