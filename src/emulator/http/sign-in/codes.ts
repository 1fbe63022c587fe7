import { createHash } from "node:crypto";
import { refuse } from "../../account/refusal.ts";
import type { Emulation } from "../../runtime.ts";
import { type Answer, type Exchange, ok, type Schema } from "../pipeline/route.ts";
import { object, text } from "../pipeline/schemas.ts";
import type { Form } from "./application.ts";
import { expectTenant } from "./discovery.ts";

const lifetime = 600;
const pause = 1;

/** The form of a request for a device code. */
export const deviceForm: Schema = object({ client_id: text(), scope: text() }, "client_id");

/** What a code holds, signed by the emulator. */
interface CodeClaims {
  readonly use?: "code" | "device";
  readonly iat: number;
  readonly redirect?: string;
  readonly challenge?: string;
}

/**
 * Grants consent without asking: redirects to the application with a code. Refuses (400) a missing
 * or malformed redirect_uri.
 */
export function giveConsent({ query, now }: Exchange, { tokens }: Emulation): Answer {
  const { redirect_uri: to, state, code_challenge: challenge } = query;
  if (to === undefined || !URL.canParse(to))
    return refuse(
      400,
      "invalid_request",
      "AADSTS900144: The request must contain the following parameter: 'redirect_uri'.",
    );
  const target = new URL(to);
  const claims = { use: "code", iat: now / 1000, redirect: to, ...(challenge && { challenge }) };
  target.searchParams.set("code", tokens.sign(claims));
  if (state !== undefined) target.searchParams.set("state", state);
  return { status: 302, headers: { Location: target.href } };
}

/** Refuses (400) an authorization code that is not valid for this redirect_uri and verifier. */
export function expectCode({ body, now }: Exchange, emulation: Emulation): void {
  const { code = "", redirect_uri: redirect, code_verifier: verifier = "" } = body as Form;
  const claims = claimsIn(code, emulation);
  if (claims?.use !== "code" || claims.iat + lifetime < now / 1000)
    refused("70008: The provided authorization code or refresh token has expired.");
  if (claims.redirect !== redirect)
    refused("50011: The redirect URI specified in the request does not match the code's.");
  const given = createHash("sha256").update(verifier).digest("base64url");
  if (claims.challenge !== undefined && claims.challenge !== given)
    refused("501481: The Code_Verifier does not match the code_challenge supplied.");
}

/** A device code, which the emulated user enters after a second. */
export function giveDeviceCode(exchange: Exchange, { tokens }: Emulation): Answer {
  const { now, origin } = exchange;
  expectTenant(exchange.parameter("tenant"));
  const [user_code, verification_uri] = ["EMULATOR9", `${origin}/deviceauth`];
  return ok({
    user_code,
    device_code: tokens.sign({ use: "device", iat: now / 1000 }),
    verification_uri,
    expires_in: lifetime,
    interval: pause,
    message: `To sign in, open the page ${verification_uri} and enter the code ${user_code}.`,
  });
}

/** Refuses (400) a device code that is not valid, or that was not entered yet. */
export function expectDeviceCode({ body, now }: Exchange, emulation: Emulation): void {
  const claims = claimsIn((body as Form).device_code ?? "", emulation);
  if (claims?.use !== "device") refused("70000: The provided device code is not valid.");
  const age = now / 1000 - claims.iat;
  if (age > lifetime)
    refuse(400, "expired_token", "AADSTS70020: The provided device code has expired.");
  if (age < pause)
    refuse(400, "authorization_pending", "AADSTS70016: The code was not entered yet.");
}

function claimsIn(code: string, { tokens }: Emulation): CodeClaims | undefined {
  const found: unknown = tokens.verify(code);
  return found as CodeClaims | undefined;
}

function refused(why: string): never {
  return refuse(400, "invalid_grant", `AADSTS${why}`);
}
