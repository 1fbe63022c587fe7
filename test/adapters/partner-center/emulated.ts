import {
  defaultApplication,
  type EmulatorOptions,
  firstRefreshToken,
  startEmulator,
  tenant,
} from "../../../src/emulator/emulator.ts";
import type { Spec } from "../../../src/model/values/json.ts";

/** The options that lead to an emulator, whose host must be allowed. */
export function emulatorOptions(url: string, more: Spec = {}): Spec {
  process.env.PARTNERCTL_ALLOWED_HOSTS = new URL(url).host;
  return {
    tenant: tenant.id,
    clientId: defaultApplication.clientId,
    api: url,
    authority: url,
    graph: url,
    requestsPerMinute: 1_000_000,
    retry: { seconds: 0.01 },
    poll: { seconds: 0.02 },
    capabilities: { Subscription: { lag: 0 }, User: { lag: 0 } },
    secrets: { clientSecret: defaultApplication.clientSecret, refreshToken: firstRefreshToken },
    ...more,
  };
}

/** Starts one. */
export const start = (options: EmulatorOptions = {}) => startEmulator(options);
