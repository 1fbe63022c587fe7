import { say } from "../../model/say.ts";
import { NoReply, type Response, type Transport } from "./transport.ts";

/** Reads every body as JSON. A success that is not JSON is no whole reply; a refusal that is not is kept as text. */
export function parsed(transport: Transport): Transport {
  return async (request) => {
    const response = await transport(request);
    if (response.text.trim() === "") return response;
    try {
      return { ...response, body: JSON.parse(response.text) };
    } catch {
      if (response.status >= 300) return isPage(response) ? { ...response, text: described(response.text) } : response;
      if (isPage(response)) throw new NoReply(say`${new URL(request.origin).host} answered with ${described(response.text)}`, true);
      throw new NoReply(say`the reply of ${new URL(request.origin).host} to a ${request.method} is not JSON`, true);
    }
  };
}

/** A web page, which the service never answers with. */
function isPage({ headers, text }: Response): boolean {
  return /\bhtml\b/.test(headers["content-type"] ?? "") || /^\s*<(!doctype|html|head|body)\b/i.test(text);
}

function described(page: string): string {
  const title =
    /<title>([^<]*)/i
      .exec(page.slice(0, 10_000))?.[1]
      ?.replaceAll(/[\s\p{C}]+/gu, " ")
      .trim()
      .slice(0, 100) ?? "";
  const from = say`of a proxy, a firewall or a network's sign-in, and not with the service's own answer`;
  return title === "" ? say`a web page ${from}` : say`the web page "${title}" ${from}`;
}
