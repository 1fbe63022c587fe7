import { AdapterError } from "../../../model/adapter.ts";
import { say } from "../../../model/text/phrase.ts";
import type { Transport } from "./transport.ts";

/** Rejects every method except GET and HEAD with AdapterError `denied`, before it is sent. */
export function readOnly(transport: Transport): Transport {
  return async (request) => {
    if (request.method === "GET" || request.method === "HEAD") return transport(request);
    throw new AdapterError("denied", say`This command only reads: it sends no ${request.method}.`);
  };
}
