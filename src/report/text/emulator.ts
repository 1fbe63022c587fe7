import type { EmulatorAccess } from "../document.ts";
import { languageOf } from "../language/language.ts";
import type { Style } from "../report.ts";

/** Where an emulator listens, and how to sign in. */
export function textEmulator(emulator: EmulatorAccess, style: Style): string {
  const language = languageOf(style);
  const { url, tenant, tenantId, clientId, clientSecret, refreshToken } = emulator;
  const lines = [
    language.say`A Partner Center listens on ${url} (sign-in, Partner Center and Graph alike). It is not Microsoft's.`,
    language.say`  tenant         ${tenant}`,
    language.say`  tenant id      ${tenantId}`,
    language.say`  client id      ${clientId}`,
    language.say`  client secret  ${clientSecret}`,
    language.say`  refresh token  ${refreshToken}`,
    language.say`  control        ${url}/_emulator/ (clock, faults, quirks, requests, account)`,
    language.say`Where adapters.partner-center names it as api, authority and graph, tokens go there with PARTNERCTL_ALLOWED_HOSTS=${new URL(url).host}.`,
  ];
  return `${lines.join("\n")}\n`;
}
