import { AdapterError } from "../../../model/adapter.ts";
import { say } from "../../../model/text/say.ts";
import type { Transport } from "./transport.ts";

/** A transport that reads and does nothing else: any method but GET and HEAD is refused before it is sent. */
export function readOnly(transport: Transport): Transport {
  return async (request) => {
    if (request.method === "GET" || request.method === "HEAD") return transport(request);
    throw new AdapterError("denied", say`this command only reads: it sends no ${request.method}`);
  };
}
