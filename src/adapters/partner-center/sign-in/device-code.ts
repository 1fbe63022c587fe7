import { AdapterError } from "../../../model/adapter.ts";
import type { Clock } from "../../../model/clock.ts";
import { say } from "../../../model/text/phrase.ts";
import { keepSecret, withoutSecrets } from "../../../model/text/secrets.ts";
import type { LoginDialog } from "../../factory.ts";
import { type Signing, scopeOf } from "./sign-in.ts";

type Fields = Readonly<Record<string, unknown>>;

const grant = "urn:ietf:params:oauth:grant-type:device_code";

/** Signs in with a code that the person enters in a browser (RFC 8628, at the v2 endpoint). */
export async function withDeviceCode(
  signing: Signing,
  { show, signal }: LoginDialog,
  clock: Clock,
): Promise<void> {
  const { clientId } = signing.options;
  const scope = scopeOf(signing.options);
  const offer = await ask(signing, "devicecode", { client_id: clientId, scope }, signal);
  if (typeof offer.device_code !== "string") throw refused(offer);
  keepSecret(offer.device_code);
  show(String(offer.verification_uri), String(offer.user_code));
  const { device_code } = offer;
  const form = { grant_type: grant, client_id: clientId, scope, device_code };
  for (let pause = Number(offer.interval ?? 5); ; ) {
    await clock.sleep(pause * 1000, signal);
    const answer = await ask(signing, "token", form, signal);
    if (typeof answer.refresh_token === "string")
      return signing.refreshToken?.keep(answer.refresh_token);
    if (answer.error === "slow_down") pause += 5;
    else if (answer.error !== "authorization_pending") throw refused(answer);
  }
}

async function ask(
  { options, send }: Signing,
  endpoint: string,
  form: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Fields> {
  const { body } = await send({
    method: "POST",
    origin: options.authority,
    path: `/${encodeURIComponent(options.tenant)}/oauth2/v2.0/${endpoint}`,
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams(form).toString(),
    repeatable: true,
    signal,
  });
  return Object(body);
}

function refused({ error, error_description: why }: Fields): AdapterError {
  const said = withoutSecrets(String(why ?? error ?? "")).slice(0, 300);
  return new AdapterError(
    "denied",
    say`The authority refused the device code: ${said || say`no reason given`}.`,
    { hint: say`Use adapters.partner-center.login.flow: code, which is documented for 21Vianet.` },
  );
}
