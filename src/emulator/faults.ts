/** What can go wrong with a request; the ones with `effect` also exist without. */
export const faultKinds = ["reset", "lost", "status", "timeout", "expired-token", "etag", "slow", "malformed", "cut", "lag"] as const;

/**
 * A fault: what happens, to which requests, and when.
 *
 * reset: the connection ends before anything took effect. lost: after the effect, instead of the reply. status: `status` (503) is answered,
 * with or without `effect`. timeout: nothing is answered for `seconds` (for ever), with or without `effect`. expired-token: 401.
 * etag: somebody else changes the thing just before. slow: the body takes `seconds` (2). malformed: the body is not JSON.
 * cut: the connection ends in the middle of the body. lag: a list that is `seconds` (900) old.
 */
export interface InjectedFault {
  readonly kind: (typeof faultKinds)[number];
  readonly method?: string;
  /** A regular expression that the path and query match. */
  readonly path?: string;
  /** The first matching request that it happens to; 1 is the next. */
  readonly nth?: number;
  /** To how many it happens; 1 if not said, without end where there is a probability. */
  readonly times?: number;
  /** It happens to a matching request with this probability, drawn from the seed. */
  readonly probability?: number;
  readonly effect?: boolean;
  readonly status?: number;
  readonly code?: number;
  /** The Retry-After header of a `status`. */
  readonly retryAfter?: string;
  readonly seconds?: number;
}

/** The faults that wait for their request. */
export interface FaultQueue {
  add(fault: InjectedFault): void;
  list(): readonly (InjectedFault & { readonly matched: number; readonly happened: number })[];
  clear(): void;
  /** The fault that happens to this request, which counts as a match of every fault. */
  strike(method: string, url: string): InjectedFault | undefined;
}

interface Waiting {
  readonly fault: InjectedFault;
  readonly pattern: RegExp;
  matched: number;
  happened: number;
}

/** No faults yet; chance comes from `seed`. */
export function faults(seed: string): FaultQueue {
  const chance = random(seed);
  let waiting: Waiting[] = [];
  return {
    add: (fault) => {
      waiting.push({ fault, pattern: new RegExp(fault.path ?? "", "i"), matched: 0, happened: 0 });
    },
    list: () => waiting.map(({ fault, matched, happened }) => ({ ...fault, matched, happened })),
    clear: () => {
      waiting = [];
    },
    strike: (method, url) => {
      let struck: InjectedFault | undefined;
      for (const one of waiting) {
        if (!matches(one, method, url)) continue;
        one.matched += 1;
        if (struck !== undefined || !due(one, chance)) continue;
        one.happened += 1;
        struck = one.fault;
      }
      return struck;
    },
  };
}

function matches({ fault, pattern }: Waiting, method: string, url: string): boolean {
  return (fault.method === undefined || fault.method.toUpperCase() === method) && pattern.test(url);
}

function due({ fault, matched, happened }: Waiting, chance: () => number): boolean {
  if (fault.probability !== undefined) return happened < (fault.times ?? Number.POSITIVE_INFINITY) && chance() < fault.probability;
  return matched >= (fault.nth ?? 1) && happened < (fault.times ?? 1);
}

/** Numbers from 0 to 1 that look like chance and are the same for the same seed (mulberry32). */
function random(seed: string): () => number {
  let state = [...seed].reduce((sum, character) => (Math.imul(sum, 31) + (character.codePointAt(0) ?? 0)) | 0, 7);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
