import { createHash } from "node:crypto";
import type { Clock } from "../../../model/clock.ts";
import type { EventLog } from "../../event-log.ts";
import { say, type Wording } from "../../../model/text/phrase.ts";
import { provesRefusal } from "./errors.ts";
import { nameRequest } from "./log.ts";
import {
  NoReply,
  type HttpRequest,
  type Response,
  retryAfter,
  type Transport,
} from "./transport.ts";

/** How to retry. Pauses are 1, 3, 7, … times `seconds`, for at most `attempts` attempts. */
export interface Patience {
  readonly attempts: number;
  readonly seconds: number;
  /** The longest pause in seconds. If a longer one would be needed, the request is not retried. */
  readonly longestSeconds: number;
}

/** Retry settings with jitter and a log. */
export interface Retrying extends Patience {
  /** Returns numbers in [0, 1). Each pause is longer by this fraction of `seconds`. */
  readonly random?: () => number;
  readonly log?: EventLog;
}

/** The maximum number of attempts for a throttled request. */
const throttledAttempts = 10;

/**
 * Retries requests: after 429 any request (a purchase only if the response proves the refusal);
 * after 500, 502, 503, 504 or no reply only repeatable requests and those that were never sent.
 * Keeps the request id, except after a 429 when no earlier outcome is unknown: then the next try
 * has a new id. A 429 counts as a refusal because the throttling guidance says to wait for
 * `Retry-After` and send the request again, and by RFC 6585: requests are counted before they are
 * processed. If it counted as an unknown outcome, every throttled order would stay open for the 15
 * minutes a list may lag.
 */
export function retry(transport: Transport, patience: Retrying, clock: Clock): Transport {
  return async (first) => {
    let request = first;
    let [failed, throttled] = [0, 0];
    let doubt: Response | NoReply | undefined;
    for (;;) {
      const reply = await transport(request).catch(lost);
      const full = reply instanceof NoReply ? undefined : reply;
      if (full?.status === 429) throttled += 1;
      else failed += 1;
      if (full === undefined ? reply instanceof NoReply && reply.sent : passing.has(full.status))
        doubt = reply;
      const pause = backoff(full?.status === 429 ? throttled : failed, patience);
      const wait = (full && waitOf(full, { pause, now: clock.now().getTime() })) ?? pause;
      const left =
        full?.status === 429 ? throttled < throttledAttempts : failed < patience.attempts;
      // A 429 does not settle an earlier try with an unknown outcome. Only the same request id lets
      // the service recognize that try.
      if (!left || wait > patience.longestSeconds || !mayRepeat(request, reply))
        return ended(full?.status === 429 ? (doubt ?? reply) : reply);
      const spread = wait + (patience.random?.() ?? 0) * patience.seconds;
      patience.log?.("info", pauseLine(request, full?.status, spread));
      await clock.sleep(spread * 1000, request.signal);
      if (full?.status === 429 && doubt === undefined && !first.repeated)
        request = renewed(request);
    }
  };
}

function pauseLine(request: HttpRequest, status: number | undefined, seconds: number): Wording {
  const [what, left] = [nameRequest(request), seconds.toFixed(1)];
  if (status === undefined)
    return say`No reply came to ${what}; it is sent again in ${left} seconds.`;
  return say`The service answered ${what} with ${status}; it is sent again in ${left} seconds.`;
}

function lost(error: unknown): NoReply {
  if (error instanceof NoReply) return error;
  throw error;
}

function ended(reply: Response | NoReply): Response {
  if (reply instanceof NoReply) throw reply;
  return reply;
}

/** The pause in seconds: with 0.5 seconds, 0.5, 1.5 and 3.5, as in the service's own SDK. */
function backoff(failed: number, { seconds }: Patience): number {
  return seconds * (2 ** failed - 1);
}

/** The pause the service asks for; after a failure at least our own pause. */
function waitOf(
  reply: Response,
  { pause, now }: { readonly pause: number; readonly now: number },
): number {
  const asked = retryAfter(reply, now) ?? pause;
  return reply.status === 429 ? asked : Math.max(asked, pause);
}

const passing = new Set([500, 502, 503, 504]);

function mayRepeat(request: HttpRequest, reply: Response | NoReply): boolean {
  if (reply instanceof NoReply) return !reply.final && (request.repeatable || !reply.sent);
  if (reply.status === 429) return !request.purchase || provesRefusal(reply);
  return request.repeatable && passing.has(reply.status);
}

/** The same request under a new request id, derived from the old one. */
function renewed(request: HttpRequest): HttpRequest {
  const id = request.headers["MS-RequestId"];
  return id === undefined
    ? request
    : { ...request, headers: { ...request.headers, "MS-RequestId": idAfter(id, "429") } };
}

/** The request ids that a request may have used after it was throttled, in order. */
export function idsAfterThrottling(id: string): readonly string[] {
  const ids = [id];
  while (ids.length < throttledAttempts) ids.push(idAfter(ids.at(-1) ?? id, "429"));
  return ids.slice(1);
}

/** A UUID (version 8) derived from an id and a word. The same input gives the same UUID. */
export function idAfter(id: string, word: string): string {
  const hex = createHash("sha256").update(`${id}\n${word}`).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
