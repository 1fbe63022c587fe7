import { refuse } from "../../account/refusal.ts";
import type { Emulation } from "../../runtime.ts";
import type { Exchange, Schema } from "../pipeline/route.ts";
import { object, text } from "../pipeline/schemas.ts";
import { expectAssertion } from "./assertion.ts";

const assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/** The grant of a device code. A public client needs no secret for it. */
export const deviceGrant = "urn:ietf:params:oauth:grant-type:device_code";

/** The form of a token request. */
export const form: Schema = object(
  {
    grant_type: text(1),
    client_id: text(),
    client_secret: text(),
    client_assertion: text(0, 20_000),
    client_assertion_type: text(),
    resource: text(),
    scope: text(),
    refresh_token: text(0, 20_000),
    code: text(0, 20_000),
    code_verifier: text(),
    redirect_uri: text(),
    device_code: text(0, 20_000),
  },
  "grant_type",
);

/** The fields of a token request. */
export type Form = Readonly<Record<string, string | undefined>>;

/** Refuses a request unless it proves to be the application, by its secret or an assertion. */
export function expectApplication(
  { body, origin, now }: Exchange,
  { application, certificates }: Emulation,
): void {
  const { clientId, clientSecret } = application;
  const {
    grant_type: grant,
    client_id: id,
    client_secret: secret,
    client_assertion: assertion,
    client_assertion_type: type,
  } = body as Form;
  if (id?.toLowerCase() !== clientId)
    refuse(
      400,
      "unauthorized_client",
      `AADSTS700016: Application with identifier '${id}' was not found in the directory.`,
    );
  if (assertion === undefined) {
    if (grant === deviceGrant && secret === undefined) return;
    if (secret !== clientSecret)
      refuse(401, "invalid_client", "AADSTS7000215: Invalid client secret provided.");
    return;
  }
  if (type !== assertionType)
    refuse(
      400,
      "invalid_request",
      "AADSTS900144: The request body must contain the following parameter: 'client_assertion_type'.",
    );
  expectAssertion(assertion, { clientId, certificates: [...certificates], origin, now });
}
