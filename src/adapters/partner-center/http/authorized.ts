import { provesRefusal } from "./errors.ts";
import type { TokenSource } from "../sign-in/tokens.ts";
import type { HttpRequest, Transport } from "./transport.ts";

/** Puts the right token on every request; a 401 means the token ran out early, so it is fetched anew and the request sent once more; a purchase only where it is the service itself that says so. */
export function withAuthorization(transport: Transport, tokens: TokenSource): Transport {
  return async (request) => {
    const { access } = request;
    if (access === undefined) return transport(request);
    const token = await tokens.get(access);
    const reply = await transport(bearing(request, token.value));
    if (reply.status !== 401) return reply;
    tokens.forget(token);
    if (request.purchase && !provesRefusal(reply)) return reply;
    return transport(bearing(request, (await tokens.get(access)).value));
  };
}

function bearing(request: HttpRequest, token: string): HttpRequest {
  return { ...request, headers: { ...request.headers, Authorization: `Bearer ${token}` } };
}
