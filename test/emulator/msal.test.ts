import { sign, X509Certificate } from "node:crypto";
import {
  ConfidentialClientApplication,
  type INetworkModule,
  type NetworkRequestOptions,
} from "@azure/msal-node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { selfSigned } from "../../src/emulator/certificate.ts";
import {
  defaultApplication,
  type Emulator,
  firstRefreshToken,
  startEmulator,
  tenant,
} from "../../src/emulator/emulator.ts";
import { bearer, signIn } from "./client.ts";

const { certificate, privateKey } = selfSigned({
  organization: "Contoso",
  commonName: "partnerctl",
});
const stranger = selfSigned({ organization: "Contoso", commonName: "stranger" });
const scopes = ["https://partner.partnercenterapi.microsoftonline.cn/.default"];
let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator({ application: { certificate } });
});

afterAll(() => emulator.close());

describe("the field's own client for sign-in", () => {
  test("gets a token for an application, after discovery, and Partner Center takes it", async () => {
    const result = await application().acquireTokenByClientCredential({ scopes });
    expect(
      (await bearer(emulator, result?.accessToken ?? "")("GET", "/v1/offercategories?country=CN"))
        .status,
    ).toBe(200);
    expect(emulator.control.requests().map(({ url }) => url)).toContainEqual(
      expect.stringContaining("openid-configuration"),
    );
  });

  test("exchanges a refresh token", async () => {
    const result = await application().acquireTokenByRefreshToken({
      scopes,
      refreshToken: firstRefreshToken,
    });
    expect(result?.account?.username).toBe(tenant.principal);
    expect(
      (await bearer(emulator, result?.accessToken ?? "")("GET", "/v1/profiles/billing")).status,
    ).toBe(200);
  });
});

describe("a certificate", () => {
  const grant = {
    grant_type: "client_credentials",
    resource: "https://microsoftgraph.chinacloudapi.cn",
    client_secret: "",
    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
  };
  const soon = Math.floor(Date.now() / 1000) + 300;
  const print = (hex: string) => Buffer.from(hex.replaceAll(":", ""), "hex").toString("base64url");
  const { fingerprint, fingerprint256 } = new X509Certificate(certificate);
  const head = { alg: "PS256", typ: "JWT", "x5t#S256": print(fingerprint256) };
  const { clientId } = defaultApplication;
  const claims = {
    iss: clientId,
    sub: clientId,
    exp: soon,
    nbf: soon - 300,
    aud: `https://login.partner.microsoftonline.cn/${tenant.id}/v2.0`,
  };
  const signed = (header: object, body: object, key = privateKey): string => {
    const encode = (value: object): string =>
      Buffer.from(JSON.stringify(value)).toString("base64url");
    const text = `${encode(header)}.${encode(body)}`;
    const padding = Object(header).alg === "PS256" ? { key, padding: 6, saltLength: 32 } : key;
    return `${text}.${sign("sha256", Buffer.from(text), padding).toString("base64url")}`;
  };

  test.each([
    ["that is the application's", signed(head, claims)],
    ["named by its older thumbprint", signed({ alg: "RS256", x5t: print(fingerprint) }, claims)],
    [
      "for the v1 endpoint",
      signed(head, {
        ...claims,
        aud: `https://login.chinacloudapi.cn/${tenant.domain}/oauth2/token`,
      }),
    ],
  ])("%s", async (_, client_assertion) => {
    expect((await signIn(emulator, { ...grant, client_assertion })).status).toBe(200);
  });

  test.each([
    [
      "that nobody registered",
      signed({ ...head, "x5t#S256": "AAAA" }, claims),
      "AADSTS700027: .*The key was not found",
    ],
    [
      "without a thumbprint",
      signed({ alg: "RS256" }, claims),
      "AADSTS700027: .*The key was not found",
    ],
    [
      "whose key somebody else does not have",
      signed(head, claims, stranger.privateKey),
      "AADSTS700027: .*not the one of the certificate",
    ],
    [
      "that signed something else",
      `${signed(head, claims).split(".", 2).join(".")}.AAAA`,
      "AADSTS700027: .*not the one of the certificate",
    ],
    ["with no algorithm", signed({ ...head, alg: "none" }, claims), "AADSTS700027"],
    ["whose assertion is too old", signed(head, { ...claims, exp: soon - 3600 }), "AADSTS700024"],
    ["whose assertion is for later", signed(head, { ...claims, nbf: soon + 3600 }), "AADSTS700024"],
    ["whose assertion never ends", signed(head, { ...claims, exp: undefined }), "AADSTS700024"],
    [
      "for another authority",
      signed(head, { ...claims, aud: `https://elsewhere.example/${tenant.id}/v2.0` }),
      "AADSTS700023",
    ],
    [
      "for another tenant",
      signed(head, { ...claims, aud: `https://login.chinacloudapi.cn/${clientId}/v2.0` }),
      "AADSTS700023",
    ],
    ["of another application", signed(head, { ...claims, iss: tenant.id }), "AADSTS700021"],
    ["for another subject", signed(head, { ...claims, sub: tenant.id }), "AADSTS700021"],
    ["that is no assertion", "nothing", "AADSTS50027"],
  ])("%s is refused", async (_, client_assertion, said) => {
    expect(await signIn(emulator, { ...grant, client_assertion })).toMatchObject({
      status: 401,
      body: { error: "invalid_client", error_description: expect.stringMatching(said) },
    });
  });

  test("says of which type its assertion is", async () => {
    const form = { ...grant, client_assertion: signed(head, claims), client_assertion_type: "" };
    expect(await signIn(emulator, form)).toMatchObject({
      status: 400,
      body: { error: "invalid_request" },
    });
  });
});

describe("each token endpoint has its own form", () => {
  const resource = "https://partner.partnercenterapi.microsoftonline.cn";
  const grant = {
    grant_type: "client_credentials",
    client_id: defaultApplication.clientId,
    client_secret: defaultApplication.clientSecret,
  };
  test.each([
    ["", { resource }, 200, undefined],
    ["", { scope: `${resource}/.default` }, 400, "AADSTS900144.*'resource'"],
    ["v2.0/", { scope: `${resource}/.default` }, 200, undefined],
    ["v2.0/", { scope: `${resource}/user_impersonation` }, 400, "AADSTS1002012"],
    ["v2.0/", { scope: "openid" }, 400, "AADSTS900144.*'scope'"],
    ["v2.0/", { resource, scope: `${resource}/.default` }, 400, "AADSTS901002"],
  ] as const)("oauth2/%stoken with %j", async (version, form, status, said) => {
    const url = `${emulator.url}/${tenant.id}/oauth2/${version}token`;
    const reply = await fetch(url, {
      method: "POST",
      body: new URLSearchParams({ ...grant, ...form }),
    });
    const body = Object(await reply.json());
    expect(reply.status).toBe(status);
    if (said !== undefined) expect(body.error_description).toMatch(new RegExp(said));
    else
      expect(
        (await bearer(emulator, body.access_token)("GET", "/v1/offercategories?country=CN")).status,
      ).toBe(200);
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
  return {
    headers: Object.fromEntries(reply.headers),
    body: (await reply.json()) as T,
    status: reply.status,
  };
}
