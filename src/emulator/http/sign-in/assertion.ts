import { constants, verify, X509Certificate } from "node:crypto";
import { tenant } from "../../account/seed.ts";
import { refuse } from "../../account/refusal.ts";
import { signInHosts } from "./discovery.ts";

/** What a client assertion must match. */
export interface AssertionRules {
  readonly clientId: string;
  /** The application's certificates, in PEM. */
  readonly certificates: readonly string[];
  /** The scheme and host that the request was sent to. */
  readonly origin: string;
  readonly now: number;
}

/**
 * Refuses (401, invalid_client) a client assertion (RFC 7523) unless it is signed with the key of
 * one of the application's certificates, names the application and this authority, and is valid
 * now.
 */
export function expectAssertion(assertion: string, judging: AssertionRules): void {
  const [head = "", body = "", signature = ""] = assertion.split(".");
  const { iss, sub, aud, exp, nbf } = read(body);
  const header = read(head);
  const certificate = judging.certificates.find((one) => isMeant(new X509Certificate(one), header));
  if (certificate === undefined)
    refused(
      "700027: Client assertion contains an invalid signature. [Reason - The key was not found.]",
    );
  if (!isSigned(Buffer.from(`${head}.${body}`), { signature, certificate, algorithm: header.alg }))
    refused(
      "700027: Client assertion contains an invalid signature. [Reason - The key used is not the one of the certificate.]",
    );
  if (iss !== judging.clientId || sub !== judging.clientId)
    refused("700021: Client assertion application identifier doesn't match 'client_id' parameter.");
  if (!isHere(aud, judging.origin))
    refused("700023: Client assertion audience claim does not match Realm issuer.");
  // The client uses its own clock. The emulator's clock may be far ahead of it.
  const now = Math.min(judging.now, Date.now()) / 1000;
  if (
    typeof exp !== "number" ||
    exp < now ||
    (typeof nbf === "number" && nbf > Date.now() / 1000 + 300)
  )
    refused("700024: Client assertion is not within its valid time range.");
}

/** Whether the header names this certificate by its SHA-256 or SHA-1 thumbprint. */
function isMeant(
  { fingerprint256, fingerprint }: X509Certificate,
  header: Readonly<Record<string, unknown>>,
): boolean {
  const print = (hex: string): string =>
    Buffer.from(hex.replaceAll(":", ""), "hex").toString("base64url");
  return header["x5t#S256"] === print(fingerprint256) || header.x5t === print(fingerprint);
}

interface Signed {
  readonly signature: string;
  readonly certificate: string;
  readonly algorithm: unknown;
}

function isSigned(text: Buffer, { signature, certificate, algorithm }: Signed): boolean {
  const key = new X509Certificate(certificate).publicKey;
  const bytes = Buffer.from(signature, "base64url");
  if (algorithm === "RS256") return verify("sha256", text, key, bytes);
  return (
    algorithm === "PS256" &&
    verify("sha256", text, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }, bytes)
  );
}

/**
 * Whether the audience is the tenant's token endpoint or issuer (v1 or v2) on this host or another
 * host of the authority. The scheme may differ from the request's.
 */
function isHere(audience: unknown, origin: string): boolean {
  if (typeof audience !== "string" || !URL.canParse(audience)) return false;
  const { protocol, host, pathname } = new URL(audience);
  const [, name = "", ...rest] = pathname.toLowerCase().replace(/\/$/, "").split("/");
  const hosts = [new URL(origin).host, ...signInHosts];
  const paths = ["", "v2.0", "oauth2/token", "oauth2/v2.0/token"];
  const named = name === tenant.id || name === tenant.domain;
  return (
    /^https?:$/.test(protocol) && hosts.includes(host) && named && paths.includes(rest.join("/"))
  );
}

function read(part: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(Buffer.from(part, "base64url").toString()));
  } catch {
    refused("50027: JWT token is invalid or malformed.");
  }
}

function refused(why: string): never {
  return refuse(401, "invalid_client", `AADSTS${why}`);
}
