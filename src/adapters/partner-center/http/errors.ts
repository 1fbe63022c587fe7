import { AdapterError, type Problem } from "../../../model/adapter.ts";
import { isSpec, type Json } from "../../../model/values/json.ts";
import { valueAt } from "../../../model/values/pointer.ts";
import { withoutSecrets } from "../../../model/text/secrets.ts";
import type { Response } from "./transport.ts";

/** By status and code, for the same code means different things under different statuses; what is not here goes by its status alone. */
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
  // An MPN id that is not valid or not there: the object it was meant for is.
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

/** What a reply of the service comes down to. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Json;
}

/** What stands between may answer with these in the service's place, whatever their body. */
const ambiguous: ReadonlySet<number> = new Set([408, 425, 499]);

/** Whether an answer proves that the service refused a request: its own documented error body, under a status that is a refusal. */
export function provesRefusal({ status, body }: Pick<Response, "status" | "body">): boolean {
  if (status < 400 || status >= 500 || ambiguous.has(status)) return false;
  const words = (pointer: string) => typeof valueAt(body, pointer) === "string";
  // Being throttled has a body of its own.
  if (status === 429 && valueAt(body, "/statusCode") === 429 && words("/message")) return true;
  const code = valueAt(body, "/code") ?? valueAt(body, "/error/code") ?? null;
  const coded = typeof code === "number" || (typeof code === "string" && code !== "");
  return coded && (words("/description") || words("/message") || words("/error/message"));
}

/** The code of a refusal, as text; empty where it has none. */
export function codeOf({ body }: Reply): string {
  const code = valueAt(body, "/code") ?? valueAt(body, "/error/code") ?? "";
  return typeof code === "number" || typeof code === "string" ? String(code) : "";
}

/** Whether the service refused: a status of 400 and up, or the service's own error under a status of success, which it is known to send. */
export function isRefusal({ status, body }: Reply): boolean {
  return status >= 400 || (isSpec(body) && body.code !== undefined && typeof body.description === "string" && body.source !== undefined);
}

/** A refusal as the trouble it means; the message holds what the service says, never more than 300 characters of it. */
export function refusal(reply: Reply, what: string): AdapterError {
  const { status } = reply;
  const code = codeOf(reply);
  const problem = byCode[`${status}/${code}`] ?? byStatus[status] ?? "rejected";
  const said = wordsOf(reply.body).slice(0, 300);
  return new AdapterError(problem, `${what}: ${said || "refused"} (${code === "" ? status : `${status}/${code}`})`);
}

/** Whether a reply says that there is no such object, or none that is this partner's. */
export function isAbsent(reply: Reply): boolean {
  return reply.status === 404 || (reply.status === 403 && codeOf(reply) === "20002");
}

function wordsOf(body: Json | undefined): string {
  const words = ["/description", "/error/message", "/message", "/errorMessageExtended"]
    .map((pointer) => valueAt(body, pointer))
    .find((one) => typeof one === "string" && one !== "");
  return typeof words === "string" ? withoutSecrets(reasonIn(words) ?? words) : "";
}

/** Address validation wraps another JSON document in its description. */
function reasonIn(words: string): string | undefined {
  if (!words.startsWith("{")) return undefined;
  try {
    const inner: Json = JSON.parse(words);
    return isSpec(inner) && typeof inner.reason === "string" ? inner.reason : undefined;
  } catch {
    return undefined;
  }
}
