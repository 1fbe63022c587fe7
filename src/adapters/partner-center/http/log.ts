import type { Clock } from "../../../model/clock.ts";
import type { EventLog } from "../../event-log.ts";
import type { HttpRequest, Response, Transport } from "./transport.ts";

/** Logs each request: method, path, status, time and request id; no header, no body and no query. */
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

/** The method and the path, whose parts are words and ids: what may be somebody's name or address is left out. */
export function nameRequest({ method, path }: Pick<HttpRequest, "method" | "path">): string {
  const [own = ""] = path.split("?", 1);
  return `${method} ${own
    .split("/")
    .map((part) => (isPlain.test(part) ? part : "…"))
    .join("/")}`;
}
