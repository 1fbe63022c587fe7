import type { Clock } from "../../../model/clock.ts";
import {
  type Access,
  type HttpRequest,
  type Response,
  retryAfter,
  type Transport,
  throttledError,
} from "./transport.ts";

const minute = 60_000;
/** Throttling never lowers the limit below this fraction of the configured limit. */
const floor = 0.25;
/** The factor by which a lowered limit rises after a minute without throttling. */
const recovery = 1.25;

/**
 * `perMinute`: requests per minute to each host. `longest`: the longest pause to wait for, in
 * seconds.
 */
export interface RateLimits {
  readonly perMinute: number;
  readonly longest: number;
  readonly clock: Clock;
}

/**
 * Limits the requests per minute to each host and sends them in order. A 429 pauses all requests to
 * the same host and lowers its limit for a while. If the pause is longer than `longest`, waiting
 * and new requests to that host throw AdapterError `throttled` at once.
 */
export function rateLimit(transport: Transport, limits: RateLimits): Transport {
  const paces: Readonly<Record<Access["audience"], Pace>> = {
    api: pace(limits),
    graph: pace(limits),
  };
  return async (request) => {
    if (request.access === undefined) return transport(request);
    const own = paces[request.access.audience];
    await own.turn(request);
    const reply = await transport(request);
    if (reply.status === 429) own.slowDown(reply);
    return reply;
  };
}

interface Pace {
  turn(request: HttpRequest): Promise<void>;
  slowDown(reply: Response): void;
}

function pace({ perMinute, longest, clock }: RateLimits): Pace {
  const sent = lastMinute();
  let [limit, heldUntil, changedAt] = [perMinute, 0, 0];
  let last: Promise<void> = Promise.resolve();
  let held = new AbortController();

  function left(now: number): number {
    if (limit < perMinute && now - changedAt >= minute) {
      limit = Math.min(perMinute, Math.ceil(limit * recovery));
      changedAt = now;
    }
    return Math.max(
      heldUntil - now,
      sent.count(now) >= limit ? sent.backwards(limit) + minute - now : 0,
    );
  }

  function demandSoon({ method, path }: HttpRequest, now: number): void {
    const seconds = (heldUntil - now) / 1000;
    if (seconds > longest) throw throttledError(`${method} ${path.split("?", 1)[0]}`, seconds);
  }

  /** Waits until the time is over or a new pause begins. */
  async function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
    const either = AbortSignal.any([signal, held.signal]);
    await clock.sleep(milliseconds, either).catch(() => signal.throwIfAborted());
  }

  async function enter(request: HttpRequest): Promise<void> {
    request.signal.throwIfAborted();
    for (;;) {
      const now = clock.monotonic();
      demandSoon(request, now);
      const wait = left(now);
      if (wait <= 0) return sent.add(now);
      await rest(wait, request.signal);
    }
  }

  return {
    turn(request) {
      const mine = last.then(() => enter(request));
      last = mine.catch(() => {});
      return mine;
    },
    slowDown(reply) {
      const now = clock.monotonic();
      heldUntil = Math.max(heldUntil, now + (retryAfter(reply, clock.now().getTime()) ?? 0) * 1000);
      limit = Math.max(
        1,
        Math.ceil(perMinute * floor),
        Math.min(limit, Math.floor(sent.count(now) * 0.9)),
      );
      changedAt = now;
      held.abort();
      held = new AbortController();
    },
  };
}

/** The send times of the last minute, oldest first. */
function lastMinute() {
  const times: number[] = [];
  let head = 0;
  return {
    add: (now: number) => void times.push(now),
    /** When the nth most recent request was sent. */
    backwards: (many: number) => times[times.length - many] ?? 0,
    count(now: number): number {
      while (head < times.length && (times[head] ?? 0) <= now - minute) head += 1;
      // Old times are removed in large blocks, so each time is moved at most once or twice.
      if (head > times.length / 2) {
        times.splice(0, head);
        head = 0;
      }
      return times.length - head;
    },
  };
}
