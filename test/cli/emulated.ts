import { defaultApplication, type Emulator, tenant } from "../../src/emulator/emulator.ts";

/** What the binary needs of the environment to use an emulator. */
export function environmentOf(
  { url }: Emulator,
  secret: string = defaultApplication.clientSecret,
): Readonly<Record<string, string>> {
  return { PARTNER_CENTER_CLIENT_SECRET: secret, PARTNERCTL_ALLOWED_HOSTS: new URL(url).host };
}

/** The options of `init --from-account` for an account on an emulator. */
export function optionsOf(
  { url }: Emulator,
  more: Readonly<Record<string, string>> = {},
): readonly string[] {
  return Object.entries({
    tenant: tenant.id,
    clientId: defaultApplication.clientId,
    ...{ api: url, authority: url, graph: url },
    ...more,
  }).flatMap(([name, value]) => ["--set", `${name}=${value}`]);
}
