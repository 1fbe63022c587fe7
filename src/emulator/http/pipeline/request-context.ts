import { randomUUID } from "node:crypto";
import type { FastifyRequest } from "fastify";
import type { Emulation } from "../../runtime.ts";
import type { InjectedFault } from "../../faults.ts";
import type { LoggedRequest } from "../../request-log.ts";
import type { Api } from "./route.ts";
import type { Principal } from "../sign-in/tokens.ts";

/** What is known of a request before its body is read. */
export interface Visit {
  readonly entry: LoggedRequest;
  readonly requestId: string;
  readonly correlationId: string;
  readonly fault: InjectedFault | undefined;
  principal: Principal;
  headers(api: Api): Readonly<Record<string, string>>;
}

/** Logs a request and determines its fault. */
export function newVisit(
  emulation: Emulation,
  { method, url, originalUrl, headers }: FastifyRequest,
): Visit {
  const requestId = text(headers["ms-requestid"] ?? headers["client-request-id"]);
  const correlationId = text(headers["ms-correlationid"]);
  const entry = emulation.log.add({
    at: new Date(emulation.now()).toISOString(),
    method,
    url: originalUrl,
    ...(requestId !== undefined && { requestId }),
    ...(correlationId !== undefined && { correlationId }),
  });
  const fault = emulation.faults.strike(method, url);
  if (fault !== undefined) entry.fault = fault.kind;
  const ids = {
    requestId: requestId ?? randomUUID(),
    correlationId: correlationId ?? randomUUID(),
  };
  return {
    entry,
    ...ids,
    fault,
    principal: { kind: "app" },
    headers: (api): Readonly<Record<string, string>> => ({
      Date: new Date(emulation.now()).toUTCString(),
      ...(api === "partnerCenter"
        ? {
            "MS-RequestId": ids.requestId,
            "MS-CorrelationId": ids.correlationId,
            "MS-CV": `${entry.number}.0`,
            "MS-ServerId": "emulator",
          }
        : { "request-id": ids.requestId }),
    }),
  };
}

function text(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
