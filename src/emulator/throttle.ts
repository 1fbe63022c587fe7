import type { Quirks } from "./quirks.ts";

/**
 * Counts a request. Returns the seconds after which to retry if the limit is exceeded, else
 * undefined. `now` is in milliseconds.
 */
export type Throttle = (url: string, limit: Quirks["throttle"], now: number) => number | undefined;

const window = 60_000;

/**
 * Creates a counter with fixed windows of one minute. A window starts with the first request after
 * the previous one ended.
 */
export function throttle(): Throttle {
  const counted = new Map<string, { readonly since: number; count: number }>();
  return (url, { perMinute, per }, now) => {
    const family = familyOf(url);
    if (family === undefined || perMinute === 0) return undefined;
    const key = per === "tenant" ? "tenant" : family;
    let current = counted.get(key);
    if (current === undefined || now >= current.since + window) {
      current = { since: now, count: 0 };
      counted.set(key, current);
    }
    current.count += 1;
    return current.count > perMinute
      ? Math.max(1, Math.ceil((current.since + window - now) / 1000))
      : undefined;
  };
}

function familyOf(url: string): string | undefined {
  if (!/^\/v1\/customers\b/i.test(url)) return undefined;
  return /\/(orders|carts)\b/i.test(url)
    ? "order"
    : /\/subscriptions\b/i.test(url)
      ? "subscription"
      : "customer";
}
