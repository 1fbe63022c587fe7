import type { OptionProblem } from "./unusable.ts";

/**
 * The kinds of faults. Of these, `status` and `timeout` can be set to occur with or without
 * `effect`.
 */
export const faultKinds = [
  "reset",
  "lost",
  "status",
  "timeout",
  "expired-token",
  "etag",
  "slow",
  "malformed",
  "cut",
  "lag",
] as const;

/**
 * A fault: what goes wrong, with which requests, and how often.
 *
 * - reset: the connection is closed before the request has an effect.
 * - lost: the request takes effect, then the connection is closed without a response.
 * - status: the response has `status` (default 503), with or without `effect`.
 * - timeout: there is no response for `seconds` (default: until the client gives up), with or
 *   without `effect`; then the connection is closed.
 * - expired-token: the response is 401.
 * - etag: another client changes the object just before the request.
 * - slow: the response body takes `seconds` (default 2).
 * - malformed: the response body is not valid JSON.
 * - cut: the connection is closed in the middle of the response body.
 * - lag: a list lacks the objects created in the last `seconds` (default 900).
 */
export interface InjectedFault {
  readonly kind: (typeof faultKinds)[number];
  readonly method?: string;
  /**
   * A regular expression (case-insensitive) that the path with its query must match. All paths if
   * omitted.
   */
  readonly path?: string;
  /**
   * The first matching request that the fault occurs on; 1 (default) is the next. Not used with
   * `probability`.
   */
  readonly nth?: number;
  /** How many requests the fault occurs on: 1 by default, unlimited with `probability`. */
  readonly times?: number;
  /**
   * The probability, from 0 to 1, that a matching request has the fault. Drawn from the emulator's
   * seed.
   */
  readonly probability?: number;
  readonly effect?: boolean;
  readonly status?: number;
  readonly code?: number;
  /** The Retry-After header of a `status` response. */
  readonly retryAfter?: string;
  readonly seconds?: number;
}

const fields: Readonly<Record<string, string>> = {
  ...{
    kind: "string",
    method: "string",
    path: "string",
    nth: "number",
    times: "number",
    probability: "number",
  },
  ...{
    effect: "boolean",
    status: "number",
    code: "number",
    retryAfter: "string",
    seconds: "number",
  },
};

/** The fields of a fault. */
export const faultFields: readonly string[] = Object.keys(fields);

/** Why a JSON value is not a fault; undefined if it is one. */
export function faultProblem(value: unknown): OptionProblem | undefined {
  const fault = Object(value);
  if (!faultKinds.some((kind) => kind === fault.kind))
    return {
      said: `is no fault; kind is one of ${faultKinds.join(", ")}`,
      name: { typed: String(fault.kind), known: faultKinds },
    };
  const wrong = Object.keys(fault).find((name) => typeof fault[name] !== fields[name]);
  if (wrong !== undefined && fields[wrong]) return { said: `: ${wrong} is a ${fields[wrong]}` };
  if (wrong !== undefined)
    return {
      said: `: there is no field ${wrong}`,
      name: { typed: wrong, known: faultFields },
    };
  try {
    new RegExp(fault.path ?? "", "i");
    return undefined;
  } catch {
    return { said: `: path is a regular expression, and ${fault.path} is none` };
  }
}

/** The faults that are set up, in the order they were added. */
export interface FaultQueue {
  add(fault: InjectedFault): void;
  list(): readonly (InjectedFault & { readonly matched: number; readonly happened: number })[];
  clear(): void;
  /**
   * Returns the first fault that is due for this request, or undefined. The request counts as
   * matched for every fault that it matches.
   */
  strike(method: string, url: string): InjectedFault | undefined;
}

interface Waiting {
  readonly fault: InjectedFault;
  readonly pattern: RegExp;
  matched: number;
  happened: number;
}

/** Creates an empty queue. Probabilities are drawn from `seed`. */
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
  if (fault.probability !== undefined)
    return happened < (fault.times ?? Number.POSITIVE_INFINITY) && chance() < fault.probability;
  return matched >= (fault.nth ?? 1) && happened < (fault.times ?? 1);
}

/** Pseudorandom numbers from 0 to 1 (mulberry32), the same for the same seed. */
function random(seed: string): () => number {
  let state = [...seed].reduce(
    (sum, character) => (Math.imul(sum, 31) + (character.codePointAt(0) ?? 0)) | 0,
    7,
  );
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
