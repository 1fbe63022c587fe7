import type { Json } from "../../../model/values/json.ts";
import { say, type Wording } from "../../../model/text/phrase.ts";
import { NoReply, type Response, type Transport } from "./transport.ts";

/**
 * Parses each response body as JSON. Throws NoReply for a success that is not JSON. Otherwise keeps
 * the text; that of a web page is replaced by a description.
 */
export function withParsedBodies(transport: Transport): Transport {
  return async (request) => {
    const response = await transport(request);
    if (response.text.trim() === "") return response;
    const body = jsonIn(response.text);
    if (body !== undefined) return { ...response, body };
    if (response.status >= 300)
      return isPage(response)
        ? { ...response, text: "", page: described(response.text) }
        : response;
    if (isPage(response))
      throw new NoReply(
        say`${new URL(request.origin).host} answered with ${described(response.text)}.`,
        true,
      );
    throw new NoReply(
      say`The reply of ${new URL(request.origin).host} to a ${request.method} is not JSON.`,
      true,
    );
  };
}

/**
 * The maximum nesting depth. The service's bodies are not deeper; recursion over a deeper one could
 * overflow the stack.
 */
const deepest = 64;

function jsonIn(text: string): Json | undefined {
  try {
    const body: Json = JSON.parse(text);
    return isShallow(body, deepest) ? body : undefined;
  } catch {
    return undefined;
  }
}

function isShallow(value: Json, levels: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  return levels > 0 && Object.values(value).every((one: Json) => isShallow(one, levels - 1));
}

/** Whether the response is a web page. The service never sends one. */
function isPage({ headers, text }: Response): boolean {
  return (
    /\bhtml\b/.test(headers["content-type"] ?? "") || /^\s*<(!doctype|html|head|body)\b/i.test(text)
  );
}

function described(page: string): Wording {
  const title =
    /<title>([^<]*)/i
      .exec(page.slice(0, 10_000))?.[1]
      ?.replaceAll(/[\s\p{C}]+/gu, " ")
      .trim()
      .slice(0, 100) ?? "";
  const from = say`of a proxy, a firewall or a network's sign-in, and not with the service's own answer`;
  return title === "" ? say`a web page ${from}` : say`the web page "${title}" ${from}`;
}
