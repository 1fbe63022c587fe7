import { createServer } from "node:http";
import { AdapterError } from "../../../model/adapter.ts";
import { say } from "../../../model/text/phrase.ts";
import { AdapterUnusable } from "../../factory.ts";
import { untilAborted } from "./tokens.ts";
import { wordingOf } from "../../../model/text/worded-error.ts";

/** Waits for the browser that comes back from the authority. */
export interface CodeListener {
  /** The authorization code. Throws AdapterError `denied`, or the signal's reason. */
  code(signal: AbortSignal): Promise<string>;
  close(): void;
}

/**
 * Listens on this machine only, for a redirect with this state; others are refused. Throws
 * AdapterUnusable if the port is in use.
 */
export async function listenForCode(redirectUri: string, state: string): Promise<CodeListener> {
  const own = new URL(redirectUri);
  let take: (query: URLSearchParams) => void = () => {};
  const came = new Promise<URLSearchParams>((resolve) => (take = resolve));
  const server = createServer(({ url = "" }, response) => {
    const { pathname, searchParams } = new URL(url, own);
    const isMeant = pathname === own.pathname && searchParams.get("state") === state;
    response.writeHead(isMeant ? 200 : 400, { "Content-Type": "text/plain", Connection: "close" });
    response.end(isMeant ? say`Close this window and go on in the terminal.` : "");
    if (isMeant) take(searchParams);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(inUse(redirectUri, error)));
    server.listen(Number(own.port), "127.0.0.1", resolve);
  });
  return {
    code: async (signal) => codeIn(await untilAborted(came, signal)),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function codeIn(query: URLSearchParams): string {
  const code = query.get("code");
  if (code !== null && code !== "") return code;
  const why = (query.get("error_description") ?? query.get("error") ?? "").slice(0, 300);
  throw new AdapterError(
    "denied",
    say`The authority gave no code: ${why || say`no reason given`}.`,
  );
}

function inUse(redirectUri: string, error: Error): AdapterUnusable {
  return new AdapterUnusable(
    "login/port",
    say`Nothing can listen at ${redirectUri}: ${wordingOf(error)}.`,
    say`Set adapters.partner-center.login.redirectUri to a free port that the application names, too.`,
  );
}
