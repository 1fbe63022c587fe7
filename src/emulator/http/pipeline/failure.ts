import { ServiceRefusal } from "../../account/refusal.ts";
import type { Answer, Api } from "./route.ts";

/** The request's id and its time, which some error bodies contain. */
export interface ErrorContext {
  readonly requestId: string;
  readonly now: number;
}

/** A refusal in the error format of the API. */
export function failure(
  api: Api,
  { status, code, message }: ServiceRefusal,
  asked: ErrorContext,
): Answer {
  switch (api) {
    case "graph":
      return {
        status,
        body: {
          error: {
            code: String(code),
            message,
            innerError: {
              "request-id": asked.requestId,
              date: new Date(asked.now).toISOString().slice(0, 19),
            },
          },
        },
      };
    case "signIn":
      return {
        status,
        body: {
          error: code,
          error_description: message,
          error_codes: numbers(message),
          timestamp: new Date(asked.now).toISOString(),
          trace_id: asked.requestId,
          correlation_id: asked.requestId,
        },
      };
    case "partnerCenter":
      return { status, body: { code, description: message, data: [], source: "PartnerFD" } };
    case "control":
      return { status, body: { error: message } };
  }
}

/** A 429 response. Its body differs from that of other errors. */
export function throttledAnswer(seconds: number): Answer {
  return {
    status: 429,
    headers: { "Retry-After": String(seconds) },
    body: { statusCode: 429, message: `Rate limit is exceeded. Try again in ${seconds} seconds.` },
  };
}

/** Returns the refusal for a malformed request, or undefined if the error is the emulator's own. */
export function malformedAnswer(
  api: Api,
  error: { readonly statusCode?: number; readonly validation?: unknown; readonly message: string },
): ServiceRefusal | undefined {
  const { statusCode = 500, validation, message } = error;
  if (validation === undefined && statusCode >= 500) return undefined;
  const code = {
    graph: "Request_BadRequest",
    signIn: "invalid_request",
    partnerCenter: 800002,
    control: 400,
  }[api];
  return new ServiceRefusal(
    validation === undefined ? statusCode : 400,
    code,
    api === "partnerCenter" ? `Invalid input: ${message}` : message,
  );
}

function numbers(message: string): readonly number[] {
  const [, number] = /^AADSTS(\d+)/.exec(message) ?? [];
  return number === undefined ? [] : [Number(number)];
}
