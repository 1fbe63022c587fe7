import type { Clock } from "../../../model/clock.ts";
import type { EventLog } from "../../event-log.ts";
import type { HttpRequest, Response, Transport } from "./transport.ts";

/**
 * Logs each request: method, path, status, duration and request id. Never logs headers, bodies or
 * queries.
 */
export function withLog(transport: Transport, log: EventLog, clock: Clock): Transport {
  return async (request) => {
    const began = clock.monotonic();
    let reply: Response | undefined;
    try {
      reply = await transport(request);
      return reply;
    } finally {
      const id = request.headers["MS-RequestId"] ?? reply?.headers["request-id"] ?? "-";
      const took = `${Math.round(clock.monotonic() - began)}ms`;
      log("http", [nameRequest(request), reply?.status ?? "-", took, id].join(" "));
    }
  };
}

const isPlain = /^([A-Za-z$]+|v\d+(\.\d+)?|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?$/i;

/**
 * The method and path. Replaces each path segment that is not a plain word, version or GUID with
 * "…", because it may be personal data.
 */
export function nameRequest({ method, path }: Pick<HttpRequest, "method" | "path">): string {
  const [own = ""] = path.split("?", 1);
  return `${method} ${own
    .split("/")
    .map((part) => (isPlain.test(part) ? part : "…"))
    .join("/")}`;
}
