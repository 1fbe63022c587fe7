import { createHash } from "node:crypto";
import type { Clock } from "../../../model/clock.ts";
import type { EventLog } from "../../event-log.ts";
import { say } from "../../../model/text/say.ts";
import { provesRefusal } from "./errors.ts";
import { nameRequest } from "./log.ts";
import { NoReply, type HttpRequest, type Response, retryAfter, type Transport } from "./transport.ts";

/** How often, and after how many seconds, 3 times and 7 times as many, …, a request is sent again. */
export interface Patience {
  readonly attempts: number;
  readonly seconds: number;
  /** The longest the service may ask to wait, in seconds, before it is told to the user instead. */
  readonly longestSeconds: number;
}

/** What spreads the pauses of many clients, and who is told of a pause. */
export interface Retrying extends Patience {
  /** Numbers from 0 to below 1; a pause is longer by so much of its first length. */
  readonly random?: () => number;
  readonly log?: EventLog;
}

/** How often a request that was throttled is sent in all: being throttled is not its fault. */
const throttledAttempts = 10;

/**
 * Sends again what may be sent again: after 429 anything, for it was not done; after 5xx or no reply only what is repeatable, and what never
 * left. While the outcome is unknown the request id stays the same; after a definitive answer it is a new one.
 *
 * That a 429 is a refusal is what the throttling guidance says of it (wait as long as `Retry-After` says and send it again) and what the status
 * means (RFC 6585): requests are counted before anything is done. Were it taken for an unknown outcome instead, every throttled order would stay
 * open for the quarter of an hour a list may lag.
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
      if (full === undefined ? reply instanceof NoReply && reply.sent : passing.has(full.status)) doubt = reply;
      const pause = backoff(full?.status === 429 ? throttled : failed, patience);
      const wait = (full && waitOf(full, { pause, now: clock.now().getTime() })) ?? pause;
      const left = full?.status === 429 ? throttled < throttledAttempts : failed < patience.attempts;
      // Being throttled says nothing of an earlier try that may have been done: only the same id lets the service tell.
      if (!left || wait > patience.longestSeconds || !mayRepeat(request, reply))
        return ended(full?.status === 429 ? (doubt ?? reply) : reply);
      const spread = wait + (patience.random?.() ?? 0) * patience.seconds;
      patience.log?.("info", pauseLine(request, full?.status, spread));
      await clock.sleep(spread * 1000, request.signal);
      if (full?.status === 429 && doubt === undefined && !first.repeated) request = renewed(request);
    }
  };
}

function pauseLine(request: HttpRequest, status: number | undefined, seconds: number): string {
  const [what, left] = [nameRequest(request), seconds.toFixed(1)];
  if (status === undefined) return say`No reply came to ${what}; it is sent again in ${left} seconds.`;
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

/** The service's own kit waits 0.5, 1.5 and 3.5 seconds. */
function backoff(failed: number, { seconds }: Patience): number {
  return seconds * (2 ** failed - 1);
}

/** As long as the service asks; after a failure no shorter than our own pause. */
function waitOf(reply: Response, { pause, now }: { readonly pause: number; readonly now: number }): number {
  const asked = retryAfter(reply, now) ?? pause;
  return reply.status === 429 ? asked : Math.max(asked, pause);
}

const passing = new Set([500, 502, 503, 504]);

function mayRepeat(request: HttpRequest, reply: Response | NoReply): boolean {
  if (reply instanceof NoReply) return !reply.final && (request.repeatable || !reply.sent);
  if (reply.status === 429) return !request.purchase || provesRefusal(reply);
  return request.repeatable && passing.has(reply.status);
}

/** The same request under a new request id, made from the old one so that it is the same whoever makes it. */
function renewed(request: HttpRequest): HttpRequest {
  const id = request.headers["MS-RequestId"];
  return id === undefined ? request : { ...request, headers: { ...request.headers, "MS-RequestId": idAfter(id, "429") } };
}

/** The ids that a request may have gone on under after it was throttled, in this order. */
export function idsAfterThrottling(id: string): readonly string[] {
  const ids = [id];
  while (ids.length < throttledAttempts) ids.push(idAfter(ids.at(-1) ?? id, "429"));
  return ids.slice(1);
}

/** A UUID (version 8) made from another and a word, always the same. */
export function idAfter(id: string, word: string): string {
  const hex = createHash("sha256").update(`${id}\n${word}`).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
