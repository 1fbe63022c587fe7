import { AdapterError, type Problem } from "../../../model/adapter.ts";
import { isSpec, type Json } from "../../../model/values/json.ts";
import { valueAt } from "../../../model/values/pointer.ts";
import { withoutSecrets } from "../../../model/text/secrets.ts";
import type { Response } from "./transport.ts";
import { say } from "../../../model/text/phrase.ts";
import { wordingOf } from "../../../model/text/worded-error.ts";

/**
 * Problems by status and error code: a code means different things under different statuses.
 * Combinations not listed are classified by status.
 */
const byCode: Readonly<Record<string, Problem>> = {
  "400/2055": "conflict",
  "400/2011": "missing",
  "403/2006": "rejected",
  "403/2030": "rejected",
  "403/2085": "rejected",
  "403/2091": "rejected",
  "403/800066": "rejected",
  "403/800067": "rejected",
  "403/800069": "rejected",
  "403/800073": "rejected",
  "403/800074": "rejected",
  "403/800075": "rejected",
  "403/600006": "rejected",
  // The MPN id is invalid or does not exist; the object itself exists.
  "404/2072": "rejected",
  "404/800015": "rejected",
  "409/27009": "rejected",
  "409/900278": "rejected",
};

const byStatus: Readonly<Record<number, Problem>> = {
  401: "denied",
  403: "denied",
  404: "missing",
  409: "conflict",
  412: "conflict",
  417: "conflict",
  429: "throttled",
};

/** A response with its body parsed. */
export interface Reply extends Pick<Response, "status" | "headers" | "body" | "page"> {}

/** Statuses that a proxy may send instead of the service, whatever the body. */
const ambiguous: ReadonlySet<number> = new Set([408, 425, 499]);

/**
 * Whether the response proves that the service refused the request: a 4xx status with the service's
 * documented error body.
 */
export function provesRefusal({ status, body }: Pick<Response, "status" | "body">): boolean {
  if (status < 400 || status >= 500 || ambiguous.has(status)) return false;
  const words = (pointer: string) => typeof valueAt(body, pointer) === "string";
  // Throttling has its own error body.
  if (status === 429 && valueAt(body, "/statusCode") === 429 && words("/message")) return true;
  const code = valueAt(body, "/code") ?? valueAt(body, "/error/code") ?? null;
  const coded = typeof code === "number" || (typeof code === "string" && code !== "");
  return coded && (words("/description") || words("/message") || words("/error/message"));
}

/** The error code of a reply as text. Empty if it has none. */
export function codeOf({ body }: Reply): string {
  const code = valueAt(body, "/code") ?? valueAt(body, "/error/code") ?? "";
  return typeof code === "number" || typeof code === "string" ? String(code) : "";
}

/**
 * Whether the service refused the request: a status of 400 or more, or the service's error body
 * under a success status, which also occurs.
 */
export function isRefusal({ status, body }: Reply): boolean {
  return (
    status >= 400 ||
    (isSpec(body) &&
      body.code !== undefined &&
      typeof body.description === "string" &&
      body.source !== undefined)
  );
}

/**
 * The AdapterError for a refusal. Its message includes at most 300 characters of the service's
 * message.
 */
export function refusal(reply: Reply, what: string): AdapterError {
  const { status } = reply;
  const code = codeOf(reply);
  const problem = byCode[`${status}/${code}`] ?? byStatus[status] ?? "rejected";
  const words = wordsOf(reply.body).slice(0, 300).replace(/\.$/u, "");
  const said = reply.page ?? (words || say`refused`);
  return new AdapterError(
    problem,
    say`${what}: ${said} (${code === "" ? String(status) : `${status}/${code}`}).`,
  );
}

/**
 * Marks an `unavailable` error as having occurred before the purchase was sent. Returns other
 * errors unchanged.
 */
export function nothingSent(error: unknown): unknown {
  if (!(error instanceof AdapterError) || error.problem !== "unavailable") return error;
  return new AdapterError("unavailable", wordingOf(error), { cause: error, unsent: true });
}

/** Whether the object does not exist or does not belong to this partner (403/20002). */
export function isAbsent(reply: Reply): boolean {
  return reply.status === 404 || (reply.status === 403 && codeOf(reply) === "20002");
}

function wordsOf(body: Json | undefined): string {
  const words = ["/description", "/error/message", "/message", "/errorMessageExtended"]
    .map((pointer) => valueAt(body, pointer))
    .find((one) => typeof one === "string" && one !== "");
  return typeof words === "string" ? withoutSecrets(reasonIn(words) ?? words) : "";
}

/** Address validation puts a JSON document into the description. */
function reasonIn(words: string): string | undefined {
  if (!words.startsWith("{")) return undefined;
  try {
    const inner: Json = JSON.parse(words);
    return isSpec(inner) && typeof inner.reason === "string" ? inner.reason : undefined;
  } catch {
    return undefined;
  }
}
