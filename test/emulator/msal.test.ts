import { createSign, generateKeyPairSync } from "node:crypto";
import { ConfidentialClientApplication, type INetworkModule, type NetworkRequestOptions } from "@azure/msal-node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { defaultApplication, type Emulator, firstRefreshToken, startEmulator, tenant } from "../../src/emulator/emulator.ts";
import { bearer, signIn } from "./client.ts";

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const certificate = publicKey.export({ type: "spki", format: "pem" }).toString();
const scopes = ["https://partner.partnercenterapi.microsoftonline.cn/.default"];
let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator({ application: { certificate } });
});

afterAll(() => emulator.close());

describe("the field's own client for sign-in", () => {
  test("gets a token for an application, after discovery, and Partner Center takes it", async () => {
    const result = await application().acquireTokenByClientCredential({ scopes });
    expect((await bearer(emulator, result?.accessToken ?? "")("GET", "/v1/offercategories?country=CN")).status).toBe(200);
    expect(emulator.control.requests().map(({ url }) => url)).toContainEqual(expect.stringContaining("openid-configuration"));
  });

  test("exchanges a refresh token", async () => {
    const result = await application().acquireTokenByRefreshToken({ scopes, refreshToken: firstRefreshToken });
    expect(result?.account?.username).toBe(tenant.principal);
    expect((await bearer(emulator, result?.accessToken ?? "")("GET", "/v1/profiles/billing")).status).toBe(200);
  });
});

describe("a certificate", () => {
  const grant = {
    grant_type: "client_credentials",
    resource: "https://microsoftgraph.chinacloudapi.cn",
    client_secret: "",
    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
  };
  const assertion = (exp: number, signature?: string): string => {
    const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
    const text = `${encode({ alg: "RS256", typ: "JWT" })}.${encode({ iss: defaultApplication.clientId, sub: defaultApplication.clientId, exp })}`;
    return `${text}.${signature ?? createSign("sha256").update(text).sign(privateKey, "base64url")}`;
  };
  const soon = Math.floor(Date.now() / 1000) + 300;

  test.each([
    ["that is the application's", assertion(soon), 200],
    ["that signed something else", assertion(soon, "AAAA"), 401],
    ["whose assertion is too old", assertion(soon - 3600), 401],
    ["that is no assertion", "nothing", 401],
  ])("%s", async (_, client_assertion, status) => {
    expect((await signIn(emulator, { ...grant, client_assertion })).status).toBe(status);
  });
});

function application(): ConfidentialClientApplication {
  const { host } = new URL(emulator.url);
  return new ConfidentialClientApplication({
    auth: {
      clientId: defaultApplication.clientId,
      clientSecret: defaultApplication.clientSecret,
      authority: `https://${host}/${tenant.id}`,
      knownAuthorities: [host],
    },
    system: { networkClient: plain },
  });
}

/** MSAL asks for https alone; the emulator listens on this machine, without. */
const plain: INetworkModule = {
  sendGetRequestAsync: (url, options) => request("GET", url, options),
  sendPostRequestAsync: (url, options) => request("POST", url, options),
};

async function request<T>(
  method: string,
  url: string,
  options?: NetworkRequestOptions,
): Promise<{ headers: Record<string, string>; body: T; status: number }> {
  const reply = await fetch(url.replace(/^https:/, "http:"), {
    method,
    ...(options?.headers && { headers: options.headers }),
    ...(options?.body !== undefined && { body: options.body }),
  });
  return { headers: Object.fromEntries(reply.headers), body: (await reply.json()) as T, status: reply.status };
}
