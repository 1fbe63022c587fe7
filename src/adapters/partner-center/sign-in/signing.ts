import { resolve } from "node:path";
import type { Diagnostic } from "../../../model/diagnostic.ts";
import { say } from "../../../model/text/phrase.ts";
import type { AdapterContext } from "../../factory.ts";
import type { Transport } from "../http/transport.ts";
import type { Options } from "../options.ts";
import { readCertificate } from "./certificate.ts";
import { keptRefreshToken, type RefreshToken, refreshToken } from "./refresh-token.ts";
import type { Signing } from "./sign-in.ts";
import { record } from "../../../model/text/recorded.ts";

/** The certificate and the refresh token of the options. Throws AdapterUnusable. */
export function signingOf(options: Options, context: AdapterContext, send: Transport): Signing {
  const { certificate, secrets, signIns } = options;
  const { root, readFile } = context;
  const { privateKey = "" } = secrets;
  return {
    options,
    send,
    ...(certificate !== undefined && {
      certificate: readCertificate(resolve(root, certificate), privateKey, readFile),
    }),
    ...(signIns.includes("user") && { refreshToken: userToken(options, context) }),
  };
}

/**
 * The refresh token of the user. A new one is kept where the first one comes from; if that takes
 * none, in refreshTokenFile. Warns if neither lasts.
 */
export function userToken(options: Options, context: AdapterContext): RefreshToken {
  const { refreshToken: configured = "" } = options.secrets;
  const keeper = context.keeperOf?.("refreshToken");
  if (keeper) return keptRefreshToken(configured, keeper);
  const file = resolve(context.root, options.refreshTokenFile);
  const isLost = context.isWritable?.(file) === false;
  if (isLost || context.isEphemeral) context.warn?.(notKept(file, isLost));
  return isLost ? keptRefreshToken(configured) : refreshToken(file, configured, context.readFile);
}

function notKept(file: string, isLost: boolean): Diagnostic {
  const why = isLost
    ? say`${file} cannot be written`
    : say`${file} is lost with this pipeline's runner`;
  return record({
    severity: "warning",
    code: "secret/not-kept",
    message: say`Newer refresh tokens are not kept: ${why}. The one in secrets.refreshToken works until it expires.`,
    hint: say`Take it from a file that can be written, or from a command with keep; or renew it with partnerctl login before it expires.`,
  });
}
