import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { systemClock } from "../../../src/adapters/system-clock.ts";
import type { Clock } from "../../../src/model/clock.ts";
import { partnerCenter } from "../../../src/adapters/partner-center/partner-center.ts";
import type { Adapter } from "../../../src/model/adapter.ts";
import type { Json, Spec } from "../../../src/model/values/json.ts";

/** A request as it came over the wire. */
export interface Got {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: Json | undefined;
  readonly text: string;
}

/** What is answered; `undefined` cuts the connection. */
export type Answer =
  | {
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: Json;
      readonly text?: string;
    }
  | undefined;

/**
 * A server on this machine that keeps what it was asked. Token requests are answered by itself and
 * kept apart.
 */
export interface Server {
  readonly url: string;
  readonly got: readonly Got[];
  readonly tokenRequests: readonly Got[];
  close(): Promise<void>;
}

/** Starts one; `answer` is asked for everything but tokens, `token` for those. */
export async function serve(
  answer: (got: Got) => Answer | Promise<Answer>,
  token: (got: Got) => Answer | Promise<Answer> = () => tokenReply(),
): Promise<Server> {
  const got: Got[] = [];
  const tokenRequests: Got[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const one = await read(request);
      const isToken = one.path.includes("/oauth2/");
      (isToken ? tokenRequests : got).push(one);
      send(response, await (isToken ? token(one) : answer(one)));
    })();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    got,
    tokenRequests,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

async function read(request: IncomingMessage): Promise<Got> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  const text = Buffer.concat(pieces).toString("utf8");
  const isJson = request.headers["content-type"]?.includes("json") === true && text !== "";
  return {
    method: request.method ?? "",
    path: request.url ?? "",
    headers: request.headers,
    text,
    body: isJson ? JSON.parse(text) : undefined,
  };
}

function send(response: ServerResponse, answer: Answer): void {
  if (answer === undefined) {
    response.destroy();
    return;
  }
  const text = answer.text ?? (answer.body === undefined ? "" : JSON.stringify(answer.body));
  response.writeHead(answer.status, {
    ...(text !== "" && { "Content-Type": "application/json; charset=utf-8" }),
    ...answer.headers,
  });
  response.end(text);
}

/** A token such as the authority gives: a JWT that says whose it is. */
export function tokenReply(more: Readonly<Record<string, Json>> = {}, expiresIn = 3600): Answer {
  const claims = {
    tid: tenant,
    oid: "5408FE94-635E-53E8-8BF1-CD958206637E",
    exp: Math.floor(Date.now() / 1000) + expiresIn,
  };
  const part = (value: Json) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const token = `${part({ alg: "none" })}.${part(claims)}.signature${String(Math.random()).slice(2)}`;
  return {
    status: 200,
    body: {
      token_type: "Bearer",
      expires_in: expiresIn,
      ext_expires_in: expiresIn,
      access_token: token,
      ...more,
    },
  };
}

/** The tenant of every test. */
export const tenant = "4719d490-9b20-5e5e-b42d-099785562940";

/** The options that lead to a server, with a user's sign-in and no patience. */
export function options(url: string, more: Spec = {}): Spec {
  return {
    tenant,
    clientId: "6baccf25-558c-5fab-8c6e-3ce03d3ba3c7",
    api: url,
    authority: url,
    graph: url,
    requestsPerMinute: 1_000_000,
    retry: { seconds: 0.001 },
    poll: { seconds: 0.001, longestSeconds: 0.02 },
    provisioningSeconds: 0,
    secrets: { clientSecret: "canary-client-secret", refreshToken: "canary-refresh-token" },
    ...more,
  };
}

/** The adapter at a server; the server's host is allowed for as long as it opens. */
export function open(
  url: string,
  root: string,
  { access = "write", ...more }: Spec = {},
  clock: Clock = systemClock,
): Adapter & { close(): Promise<void> } {
  const before = process.env.PARTNERCTL_ALLOWED_HOSTS;
  process.env.PARTNERCTL_ALLOWED_HOSTS = new URL(url).host;
  try {
    return partnerCenter(options(url, more), {
      root,
      access: access === "read" ? "read" : "write",
      clock,
    });
  } finally {
    if (before === undefined) delete process.env.PARTNERCTL_ALLOWED_HOSTS;
    else process.env.PARTNERCTL_ALLOWED_HOSTS = before;
  }
}
