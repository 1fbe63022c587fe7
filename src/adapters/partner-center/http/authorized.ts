import { provesRefusal } from "./errors.ts";
import type { TokenSource } from "../sign-in/tokens.ts";
import type { HttpRequest, Transport } from "./transport.ts";

/**
 * Adds the access token to each request. After a 401, gets a new token and sends the request once
 * more. Does not repeat a purchase unless the response proves that the service refused it.
 */
export function withAuthorization(transport: Transport, tokens: TokenSource): Transport {
  return async (request) => {
    const { access, signal } = request;
    if (access === undefined) return transport(request);
    const token = await tokens.get(access, signal);
    const reply = await transport(bearing(request, token.value));
    if (reply.status !== 401) return reply;
    tokens.forget(token);
    if (request.purchase && !provesRefusal(reply)) return reply;
    return transport(bearing(request, (await tokens.get(access, signal)).value));
  };
}

function bearing(request: HttpRequest, token: string): HttpRequest {
  return { ...request, headers: { ...request.headers, Authorization: `Bearer ${token}` } };
}
