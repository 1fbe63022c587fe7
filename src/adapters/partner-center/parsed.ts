import { say } from "../../model/say.ts";
import { NoReply, type Transport } from "./transport.ts";

/** Reads every body as JSON. A success that is not JSON is no whole reply; a refusal that is not is kept as text. */
export function parsed(transport: Transport): Transport {
  return async (request) => {
    const response = await transport(request);
    if (response.text.trim() === "") return response;
    try {
      return { ...response, body: JSON.parse(response.text) };
    } catch {
      if (response.status >= 300) return response;
      throw new NoReply(say`the reply of ${new URL(request.origin).host} to a ${request.method} is not JSON`, true);
    }
  };
}
