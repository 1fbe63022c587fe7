import {
  defaultApplication,
  type Emulator,
  firstRefreshToken,
  tenant,
} from "../../src/emulator/emulator.ts";

/** What came back; the body without a byte order mark, parsed where it is JSON. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects to be there
  readonly body: any;
}

/** A request; the body is sent as JSON. */
export interface Send {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** Asks an emulator as somebody with a token. */
export type Client = (method: string, path: string, send?: Send) => Promise<Reply>;

const resources = {
  partnerCenter: "https://partner.partnercenterapi.microsoftonline.cn",
  graph: "https://microsoftgraph.chinacloudapi.cn",
} as const;

/** Signs in by the v1 endpoint. */
export async function signIn(
  { url }: Pick<Emulator, "url">,
  form: Readonly<Record<string, string>>,
): Promise<Reply> {
  const body = new URLSearchParams({
    client_id: defaultApplication.clientId,
    client_secret: defaultApplication.clientSecret,
    ...form,
  });
  return replyOf(await fetch(`${url}/${tenant.id}/oauth2/token`, { method: "POST", body }));
}

/** A client with an app-only or an app+user token, for Partner Center or for Graph. */
export async function client(
  emulator: Pick<Emulator, "url">,
  kind: "app" | "user",
  resource: keyof typeof resources = "partnerCenter",
): Promise<Client> {
  const grant: Readonly<Record<string, string>> =
    kind === "app"
      ? { grant_type: "client_credentials" }
      : { grant_type: "refresh_token", refresh_token: firstRefreshToken };
  const { body } = await signIn(emulator, { ...grant, resource: resources[resource] });
  return bearer(emulator, body.access_token);
}

/** A client with this token. */
export function bearer({ url }: Pick<Emulator, "url">, token: string): Client {
  return async (method, path, { body, headers, signal } = {}) =>
    replyOf(
      await fetch(`${url}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          accept: "application/json",
          ...(body !== undefined && { "content-type": "application/json" }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        ...(signal !== undefined && { signal }),
        redirect: "manual",
      }),
    );
}

async function replyOf(response: Response): Promise<Reply> {
  const bytes = Buffer.from(await response.arrayBuffer());
  const text = bytes.toString("utf8");
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: parsed(text.replace(/^\uFEFF/, "")),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
